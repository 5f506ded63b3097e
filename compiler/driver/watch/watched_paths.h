#pragma once
// What a build read and wrote, as absolute paths: what a change has to touch to be worth another build.
#include <deque>
#include <set>
#include <string>

#include "driver/commands/session.h"

namespace isvcc {

struct WatchedPaths {
  std::set<std::string> files, folders, outputs;

  // Whether a changed path could alter the result: a file that was read, or one that may be a source, an ignore file or a folder.
  bool concern(const std::string& path) const;
};

WatchedPaths watched_paths(const std::deque<Session>& sessions);

// One path a line, behind a letter for what it is; paths with line breaks are left out.
std::string paths_text(const WatchedPaths& paths);
WatchedPaths read_paths(std::string_view text);

}  // namespace isvcc

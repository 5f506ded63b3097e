#pragma once
// What a build read, wrote and found: what a change has to touch to be worth another build, and what need not be told again.
#include <deque>
#include <set>
#include <string>

#include "driver/commands/session.h"

namespace isvcc {

struct Watched {
  std::set<std::string> files, folders, outputs;  // absolute paths
  std::set<std::string> settings;                 // of those files, what is read before it is known what to build
  std::set<std::string> findings;                 // of each, what names it wherever its line moves

  // Whether a changed path could alter the result: a file that was read, or one that may be a source, an ignore file or a folder.
  bool concern(const std::string& path) const;
  // Whether it is a file that was read, and that says what is built, not how.
  bool is_source(const std::string& path) const { return files.contains(path) && !settings.contains(path); }
};

Watched watched(const std::deque<Session>& sessions);

std::string finding_name(const Diagnostic& finding);

// One a line, behind a letter for what it is; paths with line breaks are left out.
std::string watched_text(const Watched& watched);
Watched read_watched(std::string_view text);

}  // namespace isvcc

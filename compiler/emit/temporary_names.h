#pragma once
// What isvcc leaves for a moment beside or inside an output folder; the next run knows it by these names.
#include <string>
#include <string_view>

#include "base/text.h"

namespace isvcc {

inline std::string stage_beside(std::string_view output) { return cat('.', output, ".isvcc-new"); }
inline std::string lock_beside(std::string_view output) { return cat('.', output, ".isvcc-lock"); }

inline constexpr std::string_view kOwnFolder = ".isvcc";
inline constexpr std::string_view kLockInside = ".isvcc/lock";
inline constexpr std::string_view kStageInside = ".isvcc/new";
inline constexpr std::string_view kJournal = ".isvcc/journal";
inline constexpr std::string_view kJournalDraft = ".isvcc/journal.new";

// A path inside the output that is none of the output.
inline bool is_temporary(std::string_view path) {
  if (!starts_with(path, kOwnFolder)) return false;
  return path == kLockInside || path == kStageInside || starts_with(path, cat(kStageInside, '/')) || path == kJournal || path == kJournalDraft;
}

}  // namespace isvcc

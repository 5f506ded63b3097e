#include "emit/output_in_place.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/char_set.h"
#include "base/sha256.h"
#include "base/text.h"
#include "emit/temporary_names.h"

namespace isvcc {

static constexpr std::string_view kFirstLine = "isvcc journal 1";
static constexpr size_t kLargestJournal = 256 << 20;

namespace {

struct Step {
  bool put = false;    // else: remove
  std::string what;    // put: number of the file in the stage; remove: hash of the file as it was
  std::string path;
};

using Journal = std::vector<Step>;

}  // namespace

static std::string print_journal(const Journal& journal) {
  std::string out = cat(kFirstLine, '\n');
  for (const Step& step : journal) out += cat(step.put ? "put " : "remove ", step.what, ' ', step.path, '\n');
  return out + "end\n";
}

static bool is_number(std::string_view text) { return !text.empty() && text.size() < 10 && kDecimalDigits.covers(text); }

static std::optional<Step> parse_step(std::string_view line) {
  const size_t first = line.find(' '), second = line.find(' ', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
  Step step{line.substr(0, first) == "put", std::string(line.substr(first + 1, second - first - 1)), std::string(line.substr(second + 1))};
  const bool known = step.put ? is_number(step.what) : line.substr(0, first) == "remove" && is_digest_hex(step.what);
  return known && is_safe_path(step.path) ? std::optional(step) : std::nullopt;
}

// Comes from a folder that others can change: anything unexpected spoils it whole.
static std::optional<Journal> parse_journal(std::string_view text) {
  std::vector<std::string_view> lines = split(text, '\n');
  if (lines.size() < 3 || lines[0] != kFirstLine || lines[lines.size() - 2] != "end" || !lines.back().empty()) return std::nullopt;
  Journal journal;
  for (size_t i = 1; i + 2 < lines.size(); ++i) {
    auto step = parse_step(lines[i]);
    if (!step) return std::nullopt;
    journal.push_back(std::move(*step));
  }
  return journal;
}

static bool fail(IoFailure& failure, const char* doing, const std::string& path) {
  failure = {errno, doing, path};
  return false;
}

// ---- Carrying out a journal: every step may have been done before.

static bool is_gone(int error) { return error == ENOENT || error == ENOTDIR || error == ELOOP; }

static void remove_emptied(int folder, const std::string& removed) {
  for (std::string path = folder_of(removed); !path.empty(); path = folder_of(path)) {
    const Fd above = open_folder_beneath(folder, folder_of(path));
    if (!above || !remove_empty_folder(above.get(), name_of(path))) return;
  }
}

static bool remove_owned(int folder, const Step& step, IoFailure& failure) {
  const std::string name = name_of(step.path);
  const Fd above = open_folder_beneath(folder, folder_of(step.path));
  if (!above) return is_gone(errno) || fail(failure, "open the folder of", step.path);
  std::string text;
  IoFailure reading;
  if (read_file(above.get(), name, kLargestFile, text, reading)) {
    if (sha256_hex(text) != step.what) return true;  // somebody's own by now
    if (!remove_file(above.get(), name)) return fail(failure, "remove", step.path);
  } else if (!is_gone(reading.error)) {
    failure = reading;
    return false;
  }
  remove_emptied(folder, step.path);
  return true;
}

static bool put_staged(int folder, const Step& step, IoFailure& failure) {
  if (!make_folders(folder, step.path, failure)) return false;
  const std::string staged = cat(kStageInside, '/', step.what), name = name_of(step.path);
  const Fd above = open_folder_beneath(folder, folder_of(step.path));
  if (!above) return fail(failure, "open the folder of", step.path);
  if (::renameat(folder, staged.c_str(), above.get(), name.c_str()) == 0) return true;
  if (errno == ENOENT) return true;  // done before
  // An empty folder may be in the way where --force was given.
  if (errno == EISDIR && remove_empty_folder(above.get(), name) && ::renameat(folder, staged.c_str(), above.get(), name.c_str()) == 0) return true;
  return fail(failure, "put in place", step.path);
}

static bool carry_out(int folder, const Journal& journal, IoFailure& failure) {
  for (const Step& step : journal)
    if (!(step.put ? put_staged(folder, step, failure) : remove_owned(folder, step, failure))) return false;
  if (!remove_file(folder, std::string(kJournal))) return fail(failure, "remove", std::string(kJournal));
  return remove_all(folder, std::string(kStageInside), failure);
}

// Tried again before giving up: halfway is the one state that must not last.
static bool carry_out_firmly(int folder, const Journal& journal, IoFailure& failure) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    failure = {};
    if (carry_out(folder, journal, failure)) return true;
  }
  return false;
}

bool recover_in_place(int folder, IoFailure& failure) {
  const mode_t own = status(folder, std::string(kOwnFolder)).st_mode;
  if (own == 0) return true;
  const Fd own_folder = open_folder(folder, std::string(kOwnFolder));
  if (!own_folder) return fail(failure, "open", std::string(kOwnFolder));
  if (status(folder, std::string(kJournal)).st_mode != 0) {
    std::string text;
    if (!read_file(own_folder.get(), name_of(kJournal), kLargestJournal, text, failure)) return false;
    const std::optional<Journal> journal = parse_journal(text);
    errno = EBADMSG;
    if (!journal) return fail(failure, "finish an earlier run by", std::string(kJournal));
    return carry_out_firmly(folder, *journal, failure);
  }
  return remove_all(folder, std::string(kJournalDraft), failure) && remove_all(folder, std::string(kStageInside), failure);
}

// ---- Making a journal

// What goes away, with its hash as it is now: --force gives up what was edited or is in the way.
static bool collect_removals(int folder, const OutputPlan& plan, Journal& journal, IoFailure& failure) {
  for (const std::vector<std::string>* paths : {&plan.stale, &plan.edited_stale, &plan.displaced})
    for (const std::string& path : *paths) {
      const Fd above = open_folder_beneath(folder, folder_of(path));
      std::string text;
      if (!above || !read_file(above.get(), name_of(path), kLargestFile, text, failure)) return fail(failure, "replace", path);
      journal.push_back({false, sha256_hex(text), path});
    }
  return true;
}

static bool make_journal(int folder, const OutputPlan& plan, Journal& journal, IoFailure& failure) {
  if (!collect_removals(folder, plan, journal, failure)) return false;
  for (size_t i = 0; i < plan.files.size(); ++i)
    if (plan.states[i] != FileState::Same) journal.push_back({true, cat(i), plan.files[i]->path});
  return true;
}

static InPlace stage_files(int folder, OutputPlan& plan, const StopSignals::Hold& hold, IoFailure& failure) {
  for (const std::string_view path : {kOwnFolder, kStageInside})
    if (::mkdirat(folder, std::string(path).c_str(), 0755) != 0 && errno != EEXIST) return fail(failure, "create the folder", std::string(path)), InPlace::Failed;
  const Fd stage = open_folder_beneath(folder, std::string(kStageInside));
  if (!stage) return fail(failure, "open", std::string(kStageInside)), InPlace::Failed;
  for (size_t i = 0; i < plan.files.size(); ++i) {
    if (plan.states[i] == FileState::Same) continue;
    if (hold.stop_requested()) return InPlace::Stopped;
    if (!write_new_file(stage.get(), cat(i), plan.files[i]->text, true, failure)) {
      failure.path = plan.files[i]->path;
      return InPlace::Failed;
    }
    if (!plan.seen.empty()) plan.seen[i] = stamp_of(status(stage.get(), cat(i)));
  }
  if (!plan.is_sound()) return InPlace::Failed;
  return InPlace::Done;
}

static bool write_journal(int folder, const Journal& journal, bool durable, IoFailure& failure) {
  const std::string draft(kJournalDraft);
  if (!write_new_file(folder, draft, print_journal(journal), true, failure)) return false;
  if (durable && ::syncfs(folder) != 0) return fail(failure, "flush", draft);
  return ::renameat(folder, draft.c_str(), folder, std::string(kJournal).c_str()) == 0 || fail(failure, "rename", draft);
}

static void take_back(int folder) {
  IoFailure ignored;  // the next run removes what is left
  remove_all(folder, std::string(kJournalDraft), ignored);
  remove_all(folder, std::string(kStageInside), ignored);
  remove_empty_folder(folder, std::string(kOwnFolder));
}

InPlace write_in_place(const OutputPlace& place, OutputPlan& plan, bool durable, const StopSignals::Hold& hold, IoFailure& failure) {
  const int folder = place.folder.get();
  InPlace result = stage_files(folder, plan, hold, failure);
  Journal journal;
  if (result == InPlace::Done && !(make_journal(folder, plan, journal, failure) && write_journal(folder, journal, durable, failure))) result = InPlace::Failed;
  if (result == InPlace::Done) return carry_out_firmly(folder, journal, failure) ? InPlace::Done : InPlace::Failed;
  take_back(folder);
  return result;
}

}  // namespace isvcc

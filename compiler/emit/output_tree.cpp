#include "emit/output_tree.h"

#include <algorithm>
#include <atomic>
#include <set>

#include "base/parallel.h"
#include "base/text.h"
#include "emit/output_in_place.h"
#include "emit/output_lock.h"
#include "emit/output_place.h"
#include "emit/output_plan.h"
#include "emit/output_stage.h"
#include "emit/temporary_names.h"

namespace isvcc {

static constexpr size_t kMostNamed = 20;  // paths named one by one in findings of one kind

namespace {

// One call of write_tree: what it is asked for, and where it reports.
class TreeWriter {
 public:
  TreeWriter(const std::vector<OutputFile>& files, const OutputOptions& options, Diagnostics& diags)
      : files_(files), options_(options), diags_(diags), hold_(options.stop) {}

  OutputResult run() {
    if (!check_paths()) return failed(OutputFailure::Refused);
    OutputProblem problem;
    place_ = find_place(options_, problem);
    if (problem) return report(problem);
    // Nothing is touched, not even a lock, where nothing is to be done.
    if (place_.folder && !has_leftovers() && !has_lock()) {
      if (options_.memory && all_as_remembered()) return unchanged();
      if (!plan(Lock::Open) && result_.failure != OutputFailure::None) return failed(result_.failure);
      if (plan_ && plan_->bad_indexes.empty() && plan_->nothing_to_do()) return succeed();
    }
    return write();
  }

  OutputResult replace() {
    plan_ = std::make_unique<OutputPlan>();
    const bool possible = finds_nobody_at_work() && plan_replacements(place_.folder.get(), files_, *options_.memory, *plan_);
    if (!possible || !is_small_change()) return failed(OutputFailure::Unsound);
    const size_t all = options_.memory->all().size();
    if (!plan_->nothing_to_do()) replace_locked();
    else if (all_look_as_left()) result_.ok = true;
    else return failed(OutputFailure::Unsound);
    result_.unchanged = all - result_.written;
    return result_;
  }

  // Nothing but what the last run left.
  bool is_as_left() { return finds_nobody_at_work() && all_look_as_left(); }

 private:
  // The output, where nobody writes it or was killed at that.
  bool finds_nobody_at_work() {
    OutputProblem problem;
    place_ = find_place(options_, problem);
    return !problem && place_.folder && !has_leftovers() && !has_lock();
  }

  // ---- Asked for

  struct Asked {
    std::string lower;
    const std::string* path;
    bool operator<(const Asked& other) const { return lower < other.lower; }
  };

  bool check_paths() {
    std::vector<Asked> asked;
    asked.reserve(files_.size());
    size_t bad = 0;
    for (const OutputFile& file : files_) {
      asked.push_back({to_lower(file.path), &file.path});
      const bool own = std::string_view(asked.back().lower).substr(0, file.path.find('/')) == kOwnFolder;
      if (!is_safe_path(file.path) || own) bad += complain(cat("the output file name ", quote(file.path, 1000), " is not safe"));
    }
    std::stable_sort(asked.begin(), asked.end());
    return bad + same_paths(asked) + files_above(asked) == 0;
  }

  size_t same_paths(const std::vector<Asked>& asked) {
    size_t bad = 0;
    for (size_t i = 1; i < asked.size(); ++i)
      if (asked[i].lower == asked[i - 1].lower)
        bad += complain(cat("the output file names ", quote(*asked[i - 1].path, 1000), " and ", quote(*asked[i].path, 1000), " are the same where case does not count"));
    return bad;
  }

  size_t files_above(const std::vector<Asked>& asked) {
    size_t bad = 0;
    std::string last;  // a folder without files above it
    for (const auto& [path, file] : asked) {
      const std::string folder = folder_of(path);
      if (folder == last) continue;
      const size_t before = bad;
      for (std::string above = folder; !above.empty(); above = folder_of(above))
        if (std::binary_search(asked.begin(), asked.end(), Asked{above, nullptr})) bad += complain(cat("the output file name ", quote(*file, 1000), " needs a folder where another file stands"));
      if (bad == before) last = folder;
    }
    return bad;
  }

  size_t complain(std::string message) {
    diags_.report(Code::UnsafeOutputPath, Stage::Output, Span{}, std::move(message));
    return 1;
  }

  bool has_beside(const std::string& name) const { return status(place_.parent.get(), name).st_mode != 0; }
  bool has_inside(std::string_view path) const { return status(place_.folder.get(), std::string(path)).st_mode != 0; }

  bool has_leftovers() const { return has_beside(stage_beside(place_.name)) || has_inside(kJournal) || has_inside(kJournalDraft) || has_inside(kStageInside); }

  // Of another writer, or of one that was killed: the lock will tell.
  bool has_lock() const { return has_beside(lock_beside(place_.name)) || has_inside(kLockInside); }

  enum class Lock { Open, Held };

  // While the lock is open another writer may take away what is looked at: there is no plan then, and nothing to report.
  bool plan(Lock lock) {
    plan_ = std::make_unique<OutputPlan>();
    IoFailure failure;
    const bool fine = plan_output(place_.folder ? place_.folder.get() : -1, files_, options_, hold_, *plan_, failure);
    if (hold_.stop_requested()) return failed(OutputFailure::Stopped), false;
    if (!plan_->is_sound()) return failed(OutputFailure::Unsound), false;
    if (!fine && lock == Lock::Held) report(failure);
    if (!fine) plan_.reset();
    seen_ = place_.info;
    return fine;
  }

  // ---- Remembering

  // Every file of the last run is wanted again, holds what is wanted and looks as it was left.
  bool all_as_remembered() const {
    const OutputMemory& memory = *options_.memory;
    const std::set<std::string> lists = lists_of_owned_files();
    auto holds_it = [&](const OutputFile& file) {
      const OutputMemory::Written* known = memory.find(file.path);
      return known && known->key == file.text.key();
    };
    return memory.all().size() == files_.size() + lists.size() && std::all_of(lists.begin(), lists.end(), [&](const std::string& list) { return memory.find(list); }) &&
           std::all_of(files_.begin(), files_.end(), holds_it) && all_look_as_left();
  }

  bool all_look_as_left() const {
    const std::vector<OutputMemory::Row>& all = options_.memory->all();
    const size_t threads = std::max<size_t>(options_.threads, 1);
    std::vector<std::string> paths(threads);  // room for one at a time
    std::atomic<bool> fine{true};
    parallel_for(all.size(), threads, [&](size_t worker, size_t i) {
      if (fine.load(std::memory_order_relaxed) && !looks_as_left(paths[worker].assign(all[i].path), all[i].written)) fine = false;
    });
    return fine;
  }

  bool looks_as_left(const std::string& path, const OutputMemory::Written& known) const {
    if (known.stamp.inode == 0) return holds(path, known.content);
    const struct stat info = status(place_.folder.get(), path);
    return S_ISREG(info.st_mode) && stamp_of(info) == known.stamp;
  }

  bool holds(const std::string& path, const Digest& content) const {
    std::string text;
    IoFailure failure;
    return read_file_beneath(place_.folder.get(), path, kLargestFile, text, failure) && sha256(text) == content;
  }

  std::set<std::string> lists_of_owned_files() const {
    std::set<std::string_view> parts = {""};
    for (const OutputFile& file : files_) parts.insert(file.part);
    std::set<std::string> paths;
    for (std::string_view part : parts) paths.insert(index_path(part));
    return paths;
  }

  OutputResult unchanged() {
    result_.ok = true;
    result_.unchanged = files_.size() + lists_of_owned_files().size();
    return result_;
  }

  // What is there now, where it still is what was compared or written.
  void note_output() {
    OutputMemory& memory = *options_.memory;
    for (const std::vector<std::string>* gone : {&plan_->stale, &plan_->edited_stale})
      for (const std::string& path : *gone) memory.forget(path);
    refresh_folder();
    std::vector<FileStamp> stamps(plan_->files.size());
    const int64_t looked_at = nanoseconds_now();
    parallel_for(stamps.size(), options_.threads, [&](size_t, size_t i) { stamps[i] = stamp_at(plan_->files[i]->path); });
    auto note = [&](size_t i) {
      const OutputFile& file = *plan_->files[i];
      const FileStamp &now = stamps[i], &ours = plan_->seen[i];
      const bool list = i >= plan_->keys.size();
      if (now.inode == 0 || now.inode != ours.inode || now.size != ours.size || now.modified != ours.modified) memory.forget(file.path);
      else memory.note(file.path, {list ? Digest() : plan_->keys[i], list ? file.text.digest() : plan_->contents[i], is_settled(now, looked_at) ? now : FileStamp{.size = now.size}});
    };
    const size_t files = plan_->keys.size();
    for (size_t i = files; i < stamps.size(); ++i) note(i);  // the lists are the first by path
    for (size_t i = 0; i < files; ++i) note(i);
  }

  FileStamp stamp_at(const std::string& path) const {
    const struct stat info = status(place_.folder.get(), path);
    return S_ISREG(info.st_mode) ? stamp_of(info) : FileStamp();
  }

  // An exchange has put another folder in the place.
  void refresh_folder() { place_.folder = open_folder(place_.parent.get(), place_.name); }

  // ---- Writing

  OutputResult write() {
    IoFailure failure;
    made_ = make_parents(place_, failure);
    if (failure) report(failure);
    else write_locked();
    if (!result_.ok) unmake_parents(made_);
    return result_;
  }

  void write_locked() {
    OutputLock lock;
    IoFailure failure;
    switch (lock.take(place_, options_.wait, hold_, failure)) {
      case Locking::Locked: break;
      case Locking::Busy: return report_busy();
      case Locking::Stopped: return void(failed(OutputFailure::Stopped));
      case Locking::Failed: return void(report(failure));
    }
    OutputProblem problem;
    refresh(place_, problem);
    if (problem) return void(report(problem));
    if (!clean_up(lock) || !plan_anew() || !check_edits()) return;
    carry_out(lock);
  }

  // Others may have been faster, or be at work: then everything has to be looked at.
  void replace_locked() {
    OutputLock lock;
    IoFailure failure;
    const Locking locking = lock.take(place_, options_.wait, hold_, failure);
    if (locking == Locking::Stopped) return void(failed(OutputFailure::Stopped));
    OutputProblem problem;
    if (locking == Locking::Locked) refresh(place_, problem);
    if (locking != Locking::Locked || problem || !place_.folder || has_leftovers() || !all_look_as_left()) return void(failed(OutputFailure::Unsound));
    carry_out(lock);
  }

  // Finishes or removes what a killed run left behind.
  bool clean_up(const OutputLock& lock) {
    IoFailure failure;
    const bool had = place_.folder && has_leftovers();
    if (!lock.inside() && !remove_stage(place_, failure)) return report(failure), false;
    if (place_.folder && !recover_in_place(place_.folder.get(), failure)) return report(failure), false;
    if (had) plan_.reset();
    return true;
  }

  // Another writer that was faster has put another folder in the place, or changed the list of files in it. The writer of another share
  // changes lists that are not looked at here.
  bool plan_anew() {
    if (plan_ && options_.shard.whole() && same_inode(place_.info, seen_) && place_.info.st_mtim.tv_sec == seen_.st_mtim.tv_sec && place_.info.st_mtim.tv_nsec == seen_.st_mtim.tv_nsec &&
        are_indexes_as_planned())
      return true;
    return plan(Lock::Held);
  }

  bool are_indexes_as_planned() const {
    return std::all_of(plan_->indexes.begin(), plan_->indexes.end(), [&](const OutputFile& index) {
      const auto planned = plan_->scan.files.find(index.path);
      const struct stat now = status(place_.folder.get(), index.path);
      return planned == plan_->scan.files.end() ? now.st_mode == 0 : now.st_ino == planned->second.inode;
    });
  }

  bool check_edits() {
    if (options_.force) return true;
    const size_t before = diags_.errors();
    for (const std::string& path : plan_->bad_indexes) diags_.report(Code::BadOutputIndex, Stage::Output, Span{}, cat("cannot read the list of owned files ", shown(path)));
    std::vector<std::string> edited = plan_->edited_stale, in_the_way;
    for (size_t i = 0; i < plan_->states.size(); ++i) {
      if (plan_->states[i] == FileState::Edited) edited.push_back(plan_->files[i]->path);
      if (plan_->states[i] == FileState::InTheWay) in_the_way.push_back(plan_->files[i]->path);
    }
    name_all(Code::OutputEdited, edited, " was edited by hand");
    if (plan_->bad_indexes.empty()) name_all(Code::OutputInTheWay, in_the_way, " would be overwritten, but isvcc did not write what is there");
    if (diags_.errors() != before) result_.failure = OutputFailure::Refused;
    return diags_.errors() == before;
  }

  void name_all(Code code, std::vector<std::string>& paths, std::string_view what) {
    std::sort(paths.begin(), paths.end());
    for (size_t i = 0; i < std::min(paths.size(), kMostNamed); ++i) diags_.report(code, Stage::Output, Span{}, cat(shown(paths[i]), what));
    if (paths.size() > kMostNamed) diags_.report(code, Stage::Output, Span{}, cat(paths.size() - kMostNamed, " more files: the same"));
  }

  void carry_out(const OutputLock& lock) {
    if (plan_->nothing_to_do() && plan_->displaced.empty()) return void(succeed());
    IoFailure failure;
    Staging staging = Staging::NotPossible;
    if (!lock.inside() && !is_small_change()) staging = stage_output(place_, *plan_, {options_.durable, options_.threads}, hold_, failure);
    if (staging == Staging::NotPossible) staging = in_place(failure);
    if (staging == Staging::Stopped) return void(failed(OutputFailure::Stopped));
    if (!plan_->is_sound()) return void(failed(OutputFailure::Unsound));
    if (staging == Staging::Failed) return void(report(failure));
    if (failure) diags_.report(Code::OutputLeftover, Stage::Output, Span{}, words(in_output(failure)));
    succeed();
  }

  // Linking ten thousand files for the sake of one takes longer than compiling it: a journal makes few changes safe as well.
  bool is_small_change() const {
    static constexpr size_t kFew = 16;
    return options_.memory && place_.folder && plan_->states.size() - plan_->count(FileState::Same) <= kFew &&
           plan_->stale.size() + plan_->edited_stale.size() + plan_->displaced.size() <= kFew;
  }

  Staging in_place(IoFailure& failure) {
    failure = {};
    switch (write_in_place(place_, *plan_, options_.durable, hold_, failure)) {
      case InPlace::Done: return Staging::Done;
      case InPlace::Stopped: return Staging::Stopped;
      case InPlace::Failed: break;
    }
    return Staging::Failed;
  }

  // ---- Telling

  std::string shown(const std::string& path) const { return quote(cat(options_.directory, '/', path), 1000); }

  IoFailure in_output(IoFailure failure) const {
    failure.path = cat(options_.directory, '/', failure.path);
    return failure;
  }

  OutputResult succeed() {
    if (options_.memory) note_output();
    result_.ok = true;
    result_.unchanged = plan_->count(FileState::Same);
    result_.written = plan_->states.size() - result_.unchanged;
    for (size_t i = 0; i < plan_->states.size() && result_.written_files.size() < kMostNamed; ++i)
      if (plan_->states[i] != FileState::Same && !starts_with(plan_->files[i]->path, kOwnFolder)) result_.written_files.push_back(plan_->files[i]->path);
    result_.removed_files.assign(plan_->stale.begin(), plan_->stale.begin() + static_cast<ptrdiff_t>(std::min(plan_->stale.size(), kMostNamed)));
    result_.removed = plan_->stale.size() + (options_.force ? plan_->edited_stale.size() + plan_->displaced.size() : 0);
    return result_;
  }

  OutputResult failed(OutputFailure failure) {
    result_.failure = failure;
    return result_;
  }

  OutputResult report(const IoFailure& failure) {
    diags_.report(Code::OutputError, Stage::Output, Span{}, words(in_output(failure)));
    return failed(OutputFailure::Io);
  }

  OutputResult report(const OutputProblem& problem) {
    if (problem.refusal.empty()) return report(problem.failure);
    diags_.report(Code::OutputRefused, Stage::Output, Span{}, problem.refusal).hinting(problem.hint);
    return failed(OutputFailure::Refused);
  }

  void report_busy() {
    diags_.report(Code::OutputBusy, Stage::Output, Span{}, cat("another isvcc writes ", quote(options_.directory, 1000)));
    failed(OutputFailure::Busy);
  }

  const std::vector<OutputFile>& files_;
  const OutputOptions& options_;
  Diagnostics& diags_;
  StopSignals::Hold hold_;
  OutputPlace place_;
  struct stat seen_ {};  // the output folder as it was planned
  std::unique_ptr<OutputPlan> plan_;
  std::vector<MadeFolder> made_;
  OutputResult result_;
};

}  // namespace

OutputResult write_tree(const std::vector<OutputFile>& files, const OutputOptions& options, Diagnostics& diags) {
  return TreeWriter(files, options, diags).run();
}

OutputResult replace_files(const std::vector<OutputFile>& files, const OutputOptions& options, Diagnostics& diags) { return TreeWriter(files, options, diags).replace(); }

bool is_as_left(const OutputOptions& options) {
  Diagnostics none;
  return TreeWriter({}, options, none).is_as_left();
}

}  // namespace isvcc

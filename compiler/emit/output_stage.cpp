#include "emit/output_stage.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <mutex>
#include <set>

#include "base/parallel.h"
#include "emit/temporary_names.h"

namespace isvcc {

bool remove_stage(const OutputPlace& place, IoFailure& failure) { return remove_all(place.parent.get(), stage_beside(place.name), failure); }

namespace {

class TreeStage {
 public:
  TreeStage(const OutputPlace& place, OutputPlan& plan, const StageOptions& options, const StopSignals::Hold& hold, IoFailure& failure)
      : place_(place), plan_(plan), options_(options), hold_(hold), failure_(failure), name_(stage_beside(place.name)) {}

  Staging run() {
    if (!suits()) return Staging::NotPossible;
    Staging result = make_root() && make_folders() ? fill() : Staging::Failed;
    if (result == Staging::Done) result = take_place();
    if (result != Staging::Done) {
      IoFailure ignored;  // the next run removes what is left
      stage_.reset();
      remove_stage(place_, ignored);
      return result;
    }
    remove_old();
    return result;
  }

 private:
  // Folders of others' making keep their owners, and what is mounted in the output cannot move.
  bool suits() const {
    if (place_.info.st_mode != 0 && place_.info.st_uid != ::geteuid()) return false;
    for (const auto& [path, folder] : plan_.scan.folders)
      if (!folder.ours) return false;
    return true;
  }

  bool fail(const char* doing, const std::string& path) {
    failure_ = {errno, doing, path};
    return false;
  }

  bool make_root() {
    if (::mkdirat(place_.parent.get(), name_.c_str(), 0755) != 0) return fail("create the folder", name_);
    stage_ = open_folder(place_.parent.get(), name_);
    struct stat info {};
    if (!stage_ || ::fstat(stage_.get(), &info) != 0) return fail("open", name_);
    fix_mode_ = (info.st_mode & 0777) != 0755;
    const mode_t mode = place_.info.st_mode != 0 ? place_.info.st_mode & 07777 : 0755;
    return (info.st_mode & 07777) == mode || ::fchmod(stage_.get(), mode) == 0 || fail("set the mode of", name_);
  }

  std::set<std::string> folders() const {
    std::set<std::string> all(plan_.foreign_folders.begin(), plan_.foreign_folders.end());
    auto add_above = [&](const std::string& path) {
      for (std::string above = folder_of(path); !above.empty() && all.insert(above).second;) above = folder_of(above);
    };
    for (const OutputFile* file : plan_.files) add_above(file->path);
    for (const std::string& path : plan_.foreign) add_above(path);
    for (const std::string& path : plan_.foreign_folders) add_above(path);
    return all;
  }

  // In order: a folder comes before what is in it.
  bool make_folders() {
    for (const std::string& path : folders()) {
      if (::mkdirat(stage_.get(), path.c_str(), 0755) != 0) return fail("create the folder", path);
      const auto old = plan_.scan.folders.find(path);
      const mode_t mode = old == plan_.scan.folders.end() ? 0755 : old->second.mode;
      if ((fix_mode_ || mode != 0755) && ::fchmodat(stage_.get(), path.c_str(), mode, 0) != 0) return fail("set the mode of", path);
    }
    return true;
  }

  Staging fill() {
    const size_t files = plan_.files.size();
    parallel_for(files + plan_.foreign.size(), options_.threads, [&](size_t, size_t i) {
      if (ended_ || hold_.stop_requested()) return;
      if (i < files) put(i);
      else keep(plan_.foreign[i - files]);
    });
    if (failure_ || !plan_.is_sound()) return Staging::Failed;
    if (hold_.stop_requested()) return Staging::Stopped;
    return cannot_link_ ? Staging::NotPossible : Staging::Done;
  }

  bool link(const std::string& path) { return ::linkat(place_.folder.get(), path.c_str(), stage_.get(), path.c_str(), 0) == 0; }

  // A file that cannot be linked is written again: its text is known.
  void put(size_t i) {
    const OutputFile& file = *plan_.files[i];
    if (plan_.states[i] == FileState::Same && link(file.path)) return;
    IoFailure failure;
    if (!write_new_file(stage_.get(), file.path, file.text, fix_mode_, failure)) return end_with(failure);
    if (!plan_.seen.empty()) plan_.seen[i] = stamp_of(status(stage_.get(), file.path));
  }

  void keep(const std::string& path) {
    if (link(path)) return;
    if (errno == EPERM || errno == EXDEV || errno == EMLINK || errno == EOPNOTSUPP || errno == EACCES) ended_ = cannot_link_ = true;
    else end_with({errno, "keep", path});
  }

  void end_with(const IoFailure& failure) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = failure;
    ended_ = true;
  }

  Staging take_place() {
    if (options_.durable && ::syncfs(stage_.get()) != 0) return fail("flush", name_), Staging::Failed;
    const unsigned how = place_.folder ? RENAME_EXCHANGE : RENAME_NOREPLACE;
    const int parent = place_.parent.get();
    if (::renameat2(parent, name_.c_str(), parent, place_.name.c_str(), how) == 0) return flush_parent(), Staging::Done;
    const bool unknown = errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP;
    if (unknown && !place_.folder && ::renameat(parent, name_.c_str(), parent, place_.name.c_str()) == 0) return Staging::Done;
    if (place_.folder && (unknown || errno == EXDEV || errno == EBUSY || errno == EPERM || errno == EACCES)) return Staging::NotPossible;
    return fail("exchange", place_.name), Staging::Failed;
  }

  void flush_parent() {
    if (!options_.durable) return;
    const Fd parent = open_folder(place_.parent.get(), ".");
    if (parent) ::fsync(parent.get());
  }

  // The old tree now has the name of the stage. What somebody put into it since it was looked at moves over.
  void remove_old() {
    if (!place_.folder) return;
    OutputScan late;
    IoFailure ignored;
    if (scan_output(place_.folder.get(), late, ignored))
      for (const auto& [path, file] : late.files) {
        const auto known = plan_.scan.files.find(path);
        if (known == plan_.scan.files.end() || known->second.inode != file.inode) move_over(path);
      }
    parallel_for(plan_.scan.files.size() / kShare + 1, options_.threads, [&](size_t, size_t share) { remove_share(share); });
    remove_stage(place_, failure_);
  }

  void move_over(const std::string& path) {
    IoFailure ignored;
    ::isvcc::make_folders(stage_.get(), path, ignored);
    ::renameat2(place_.folder.get(), path.c_str(), stage_.get(), path.c_str(), RENAME_NOREPLACE);
  }

  void remove_share(size_t share) {
    size_t i = 0;
    for (const auto& [path, file] : plan_.scan.files)
      if (i++ / kShare == share) ::unlinkat(place_.folder.get(), path.c_str(), 0);
  }

  static constexpr size_t kShare = 1024;

  const OutputPlace& place_;
  OutputPlan& plan_;
  const StageOptions& options_;
  const StopSignals::Hold& hold_;
  IoFailure& failure_;
  std::string name_;
  Fd stage_;
  bool fix_mode_ = false;
  std::atomic<bool> ended_{false}, cannot_link_{false};
  std::mutex mutex_;
};

}  // namespace

Staging stage_output(const OutputPlace& place, OutputPlan& plan, const StageOptions& options, const StopSignals::Hold& hold, IoFailure& failure) {
  return TreeStage(place, plan, options, hold, failure).run();
}

}  // namespace isvcc

#include "emit/output_plan.h"

#include <algorithm>
#include <cerrno>
#include <map>
#include <mutex>
#include <set>

#include "base/parallel.h"
#include "base/text.h"
#include "emit/temporary_names.h"

namespace isvcc {

static constexpr size_t kLargestIndex = 64 << 20;

size_t OutputPlan::count(FileState state) const { return static_cast<size_t>(std::count(states.begin(), states.end(), state)); }

bool OutputPlan::nothing_to_do() const { return count(FileState::Same) == states.size() && stale.empty() && edited_stale.empty(); }

namespace {

// The folder of the file looked at last, as files come in the order of their paths, and room for its text.
struct OpenFolder {
  std::string path = {};
  Fd fd = {};
  std::string text = {};
};

class Planner {
 public:
  Planner(int folder, const OutputOptions& options, const StopSignals::Hold& hold, OutputPlan& plan, IoFailure& failure)
      : folder_(folder), threads_(options.threads), shard_(options.shard), memory_(options.memory), sound_(options.sound), hold_(hold), plan_(plan), failure_(failure) {}

  bool run(const std::vector<OutputFile>& files) {
    plan_.sound = sound_;
    for (const OutputFile& file : files) plan_.files.push_back(&file);
    std::sort(plan_.files.begin(), plan_.files.end(), [](const OutputFile* a, const OutputFile* b) { return a->path < b->path; });
    if (folder_ >= 0 && (!scan_output(folder_, plan_.scan, failure_) || !read_indexes())) return false;
    compare_files();
    add_indexes();
    compare_stale();
    collect_foreign();
    return !failure_;
  }

 private:
  bool is_own_index(std::string_view path) const {
    const auto part = part_of_index(path);
    return part && shard_.has(*part);
  }

  bool read_indexes() {
    for (const auto& [path, found] : plan_.scan.files)
      if (is_own_index(path) && !read_index(path)) return false;
    return true;
  }

  bool read_index(const std::string& path) {
    const Fd folder = open_folder_beneath(folder_, folder_of(path));
    std::string text;
    if (!folder) return fail({errno, "read", path});
    IoFailure failure;
    if (!read_file(folder.get(), name_of(path), kLargestIndex, text, failure) && failure.error != EFBIG && failure.error != EINVAL) return fail(failure);
    auto index = failure ? std::nullopt : parse_index(text);
    if (index) owned_.merge(std::move(*index));
    else plan_.bad_indexes.push_back(path);
    return true;
  }

  // The hash of what is written is wanted for every file: it becomes the new index.
  void compare_files() {
    const size_t count = plan_.files.size();
    plan_.states.assign(count, FileState::New);
    plan_.contents.resize(count);
    if (memory_) plan_.keys.resize(count), plan_.seen.resize(count);
    std::vector<OpenFolder> folders(std::max<size_t>(threads_, 1));
    parallel_for(plan_.files.size(), threads_, [&](size_t worker, size_t i) {
      if (hold_.stop_requested()) return;
      if (memory_ && is_remembered(i)) return;
      const OutputFile& file = *plan_.files[i];
      plan_.contents[i] = file.text.digest();
      plan_.states[i] = state_of(file, folders[worker]);
    });
    new_indexes_.try_emplace("");  // says that the folder is ours, even if it lists nothing
    for (size_t i = 0; i < count; ++i) {
      const OutputFile& file = *plan_.files[i];
      const std::string hash = plan_.contents[i].hex();
      OwnedFiles& part = new_indexes_[file.part];
      part.emplace_hint(part.end(), file.path, hash);
      new_index_.emplace_hint(new_index_.end(), file.path, hash);
    }
  }

  // The stamp is taken before anything is read: what changes afterwards has another one.
  bool is_remembered(size_t i) {
    const OutputFile& file = *plan_.files[i];
    plan_.keys[i] = file.text.key();
    if (folder_ < 0) return false;
    const struct stat info = status(folder_, file.path);
    if (!S_ISREG(info.st_mode)) return false;
    plan_.seen[i] = stamp_of(info);
    const OutputMemory::Written* known = memory_->find(file.path);
    if (!known || known->key != plan_.keys[i] || known->stamp != plan_.seen[i]) return false;
    plan_.contents[i] = known->content;
    plan_.states[i] = FileState::Same;
    return true;
  }

  FileState state_of(const OutputFile& file, OpenFolder& opened) {
    const auto found = plan_.scan.files.find(file.path);
    if (found == plan_.scan.files.end()) return clashes_with_folders(file.path) ? FileState::InTheWay : FileState::New;
    if (!found->second.regular) return FileState::InTheWay;
    if (!read_output(file.path, opened)) return FileState::InTheWay;
    if (file.text == opened.text) return FileState::Same;
    const auto owner = owned_.find(file.path);
    if (owner == owned_.end()) return FileState::InTheWay;
    return sha256_hex(opened.text) == owner->second ? FileState::Changed : FileState::Edited;
  }

  // A folder where the file should be, or a file where one of its folders should be, unless it is ours and goes away.
  bool clashes_with_folders(const std::string& path) const {
    if (plan_.scan.folders.contains(path)) return !is_owned_folder(path);
    for (std::string above = folder_of(path); !above.empty(); above = folder_of(above))
      if (plan_.scan.files.contains(above)) return !owned_.contains(above);
    return false;
  }

  bool is_owned_folder(const std::string& path) const {
    const std::string below = path + "/";
    const auto first = plan_.scan.files.lower_bound(below);
    for (auto file = first; file != plan_.scan.files.end() && starts_with(file->first, below); ++file)
      if (!owned_.contains(file->first)) return false;
    return true;
  }

  bool read_output(const std::string& path, OpenFolder& opened) {
    if (std::string folder = folder_of(path); !opened.fd || opened.path != folder) {
      opened.fd = open_folder_beneath(folder_, folder);
      opened.path = std::move(folder);
    }
    IoFailure failure{errno, "read", path};
    if (opened.fd && read_file(opened.fd.get(), name_of(path), kLargestFile, opened.text, failure)) return true;
    const std::lock_guard lock(failure_mutex_);
    if (!failure_) failure_ = {failure.error, failure.doing, path};
    return false;
  }

  // The lists themselves are files like the others, but always ours.
  void add_indexes() {
    OpenFolder opened;
    for (const auto& [part, files] : new_indexes_) {
      plan_.files.push_back(&plan_.indexes.emplace_back(OutputFile{index_path(part), print_index(files), part}));
      if (memory_) plan_.seen.push_back(folder_ < 0 ? FileStamp() : stamp_of(status(folder_, plan_.indexes.back().path)));
      const FileState state = state_of(plan_.indexes.back(), opened);
      plan_.states.push_back(state == FileState::New || state == FileState::Same ? state : FileState::Changed);
    }
    for (const auto& [path, found] : plan_.scan.files)
      if (is_own_index(path) && !is_new_index(path)) plan_.stale.push_back(path);
  }

  bool is_new_index(std::string_view path) const {
    const auto part = part_of_index(path);
    return part && new_indexes_.contains(*part);
  }

  void compare_stale() {
    OpenFolder opened;
    for (const auto& [path, hash] : owned_) {
      const auto found = plan_.scan.files.find(path);
      if (new_index_.contains(path) || found == plan_.scan.files.end()) continue;
      const bool untouched = found->second.regular && read_output(path, opened) && sha256_hex(opened.text) == hash;
      (untouched ? plan_.stale : plan_.edited_stale).push_back(path);
    }
  }

  void collect_foreign() {
    for (const auto& [path, found] : plan_.scan.files)
      if (!new_index_.contains(path) && !owned_.contains(path) && !is_own_index(path)) (is_displaced(path) ? plan_.displaced : plan_.foreign).push_back(path);
    std::set<std::string, std::less<>> used = {std::string(kOwnFolder), folder_of(index_path("part"))};
    for (const auto& [path, hash] : owned_)
      for (std::string above = folder_of(path); !above.empty() && used.insert(above).second;) above = folder_of(above);
    for (const auto& [path, found] : plan_.scan.folders)
      if (!used.contains(path) && !is_displaced(path)) plan_.foreign_folders.push_back(path);
  }

  // A new file or folder has to stand at this place, or above it: only --force lets that happen to what is not ours.
  bool is_displaced(const std::string& path) const {
    for (std::string above = path; !above.empty(); above = folder_of(above))
      if (new_index_.contains(above)) return true;
    const std::string below = path + "/";
    const auto next = new_index_.lower_bound(below);
    return plan_.scan.files.contains(path) && next != new_index_.end() && starts_with(next->first, below);
  }

  bool fail(IoFailure failure) {
    failure_ = std::move(failure);
    return false;
  }

  int folder_;
  size_t threads_;
  Shard shard_;
  const OutputMemory* memory_;
  std::function<bool()> sound_;
  const StopSignals::Hold& hold_;
  OutputPlan& plan_;
  IoFailure& failure_;
  std::mutex failure_mutex_;
  OwnedFiles owned_, new_index_;
  std::map<std::string, OwnedFiles, std::less<>> new_indexes_;  // by part
};

}  // namespace

// The list of a part as it stands there.
static bool read_list(int folder, std::string_view part, OwnedFiles& files) {
  std::string text;
  IoFailure failure;
  std::optional<OwnedFiles> list = read_file_beneath(folder, index_path(part), kLargestIndex, text, failure) ? parse_index(text) : std::nullopt;
  if (list) files = std::move(*list);
  return list.has_value();
}

bool plan_replacements(int folder, const std::vector<OutputFile>& files, const OutputMemory& memory, OutputPlan& plan) {
  std::map<std::string, OwnedFiles> lists;
  for (const OutputFile& file : files) {
    const OutputMemory::Written* known = memory.find(file.path);
    if (!known) return false;
    if (known->key == file.text.key()) continue;
    plan.files.push_back(&file);
    plan.keys.push_back(file.text.key());
    plan.contents.push_back(file.text.digest());
    const auto [list, fresh] = lists.try_emplace(file.part);
    if (fresh && !read_list(folder, file.part, list->second)) return false;
    const auto listed = list->second.find(file.path);
    if (listed == list->second.end()) return false;
    listed->second = plan.contents.back().hex();
  }
  for (const auto& [part, list] : lists) plan.files.push_back(&plan.indexes.emplace_back(OutputFile{index_path(part), print_index(list), part}));
  plan.states.assign(plan.files.size(), FileState::Changed);
  plan.seen.resize(plan.files.size());
  return true;
}

bool plan_output(int folder, const std::vector<OutputFile>& files, const OutputOptions& options, const StopSignals::Hold& hold, OutputPlan& plan,
                 IoFailure& failure) {
  return Planner(folder, options, hold, plan, failure).run(files);
}

}  // namespace isvcc

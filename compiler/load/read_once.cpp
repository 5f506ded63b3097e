#include "load/read_once.h"

#include <map>
#include <mutex>

namespace isvcc {
namespace {

// Answers by path. Two threads that ask at the same time may both look; the first answer stays, for everybody.
template <class Answer>
class Memory {
 public:
  template <class Ask>
  Answer get(std::string_view path, const Ask& ask) const {
    {
      const std::lock_guard lock(mutex_);
      if (const auto known = answers_.find(path); known != answers_.end()) return known->second;
    }
    Answer answer = ask();
    const std::lock_guard lock(mutex_);
    return answers_.try_emplace(std::string(path), std::move(answer)).first->second;
  }

 private:
  mutable std::mutex mutex_;
  mutable std::map<std::string, Answer, std::less<>> answers_;
};

class ReadOnce : public FileSystem {
 public:
  explicit ReadOnce(std::shared_ptr<const FileSystem> files) : files_(std::move(files)) {}

  FileText read(std::string_view path, uint64_t max_bytes) const override {
    stamp(path);  // never newer than the text
    FileText file = texts_.get(path, [&] { return files_->read(path, max_bytes); });
    if (file.status == FileStatus::Good && file.text.size() > max_bytes) return {FileStatus::TooLarge, {}, {}};
    // Somebody else wanted less of it.
    return file.status == FileStatus::TooLarge ? files_->read(path, max_bytes) : file;
  }
  FolderList list(std::string_view folder) const override {
    return folders_.get(folder, [&] { return files_->list(folder); });
  }
  FilePlace locate(std::string_view path) const override {
    return places_.get(path, [&] { return files_->locate(path); });
  }
  std::optional<FileStamp> stamp(std::string_view path) const override {
    return stamps_.get(path, [&] { return files_->stamp(path); });
  }
  FileText read_input(uint64_t max_bytes) const override {
    return input_.get("", [&] { return files_->read_input(max_bytes); });
  }

 private:
  std::shared_ptr<const FileSystem> files_;
  Memory<FileText> texts_, input_;
  Memory<FolderList> folders_;
  Memory<FilePlace> places_;
  Memory<std::optional<FileStamp>> stamps_;
};

}  // namespace

std::shared_ptr<const FileSystem> read_once(std::shared_ptr<const FileSystem> files) { return std::make_shared<ReadOnce>(std::move(files)); }

}  // namespace isvcc

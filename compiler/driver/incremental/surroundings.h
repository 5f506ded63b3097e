#pragma once
// What services depend on besides their own file, as digests: two builds with equal digests give a service the same result.
#include <optional>
#include <unordered_map>

#include "driver/pipeline.h"

namespace isvcc {

// What the files of a run hold and who defines what. Files that were left out hold services only.
class Surroundings {
 public:
  explicit Surroundings(const Compilation& out);

  // Files with anything but services and runtimes, or with both: names and contents.
  Digest environment() const { return environment_; }
  // Of a file in `facts` or of a Jsonnet result; zero for what isvcc brings along.
  Digest content(FileId file) const;
  bool holds_only_services(FileId file) const { return kinds_of(file) == kServices; }
  bool holds_only_runtimes(FileId file) const { return kinds_of(file) == kRuntimes; }
  size_t documents(FileId file) const;

  // After runtimes are indexed: what selection asks of them, in order.
  static Digest selection(const RuntimeIndex& runtimes);
  // All runtimes with the contents of their files.
  Digest every_runtime(const RuntimeIndex& runtimes) const;

 private:
  enum : unsigned { kServices = 1, kRuntimes = 2, kOthers = 4 };
  struct File {
    unsigned kinds = 0;
    size_t documents = 0;
    Digest content;
  };
  unsigned kinds_of(FileId file) const;

  std::unordered_map<FileId, File> files_;
  Digest environment_;
};

}  // namespace isvcc

#include "driver/incremental/sources_now.h"

#include <algorithm>
#include <atomic>

#include "base/parallel.h"
#include "load/file_system.h"

namespace isvcc {

static constexpr size_t kMostUnknown = 64;  // files to read

std::shared_ptr<Walk> walk_in_advance(const LoadOptions& options) {
  std::string error;
  auto walk = std::make_shared<Walk>();
  walk->files = options.files ? options.files : open_folder(options.project_root, error);
  Diagnostics found;
  if (walk->files) walk->found = find_files(*walk->files, options, found, &walk->trace);
  return walk->files && found.all().empty() ? walk : nullptr;
}

namespace {

class Looker {
 public:
  Looker(const LoadOptions& options, Walk& walk) : options_(options), walk_(walk), contents_(walk.found.size()) { walk.stamps.resize(walk.found.size()); }

  bool run() {
    parallel_for(contents_.size(), options_.threads, [&](size_t, size_t i) {
      if (fine_.load(std::memory_order_relaxed) && !look(i)) fine_ = false;
    });
    return fine_;
  }
  std::vector<Digest> contents() { return std::move(contents_); }

 private:
  bool look(size_t i) {
    const FoundFile& file = walk_.found[i];
    walk_.stamps[i] = walk_.files->stamp(file.path);
    const Digest* known = walk_.stamps[i] ? options_.known->content_of(file.name, i, *walk_.stamps[i]) : nullptr;
    if (known) contents_[i] = *known;
    return known || read(i);
  }

  bool read(size_t i) {
    if (unknown_.fetch_add(1) >= kMostUnknown || walk_.stamps[i] == std::nullopt) return false;
    const FileText file = walk_.files->read(walk_.found[i].path, options_.limits.file_bytes);
    contents_[i] = sha256(file.text);
    return file.status == FileStatus::Good;
  }

  const LoadOptions& options_;
  Walk& walk_;
  std::vector<Digest> contents_;
  std::atomic<size_t> unknown_{0};
  std::atomic<bool> fine_{true};
};

}  // namespace

std::optional<std::vector<Digest>> contents_of_sources(const LoadOptions& options) {
  if (!options.walk || !std::all_of(options.walk->found.begin(), options.walk->found.end(), is_plain)) return std::nullopt;
  Looker looker(options, *options.walk);
  return looker.run() ? std::optional(looker.contents()) : std::nullopt;
}

}  // namespace isvcc

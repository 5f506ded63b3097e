#include "emit/output_scan.h"

#include <unistd.h>

#include <cerrno>

#include "emit/temporary_names.h"

namespace isvcc {

static constexpr size_t kMostEntries = 1'000'000;

namespace {

class Scan {
 public:
  Scan(int root, OutputScan& out, IoFailure& failure) : root_(root), out_(out), failure_(failure) {}

  bool run() {
    if (::fstat(root_, &top_) != 0) return fail("");
    std::vector<std::string> waiting = {""};
    while (!waiting.empty()) {
      const std::string folder = std::move(waiting.back());
      waiting.pop_back();
      if (!read(folder, waiting)) return false;
    }
    return true;
  }

 private:
  bool read(const std::string& folder, std::vector<std::string>& waiting) {
    Fd fd = open_folder_beneath(root_, folder);
    std::vector<DirectoryEntry> entries;
    if (!fd || !entries_of(fd.get(), entries)) return fail(folder);
    for (const DirectoryEntry& entry : entries) {
      const std::string path = folder.empty() ? entry.name : folder + "/" + entry.name;
      if (is_temporary(path)) continue;
      if (!S_ISDIR(entry.type)) out_.files[path] = {entry.inode, S_ISREG(entry.type)};
      else add_folder(path, status(fd.get(), entry.name), waiting);
      if (out_.files.size() + out_.folders.size() > kMostEntries) return fail(folder, ENFILE);
    }
    return true;
  }

  void add_folder(const std::string& path, const struct stat& info, std::vector<std::string>& waiting) {
    const bool mounted = info.st_dev != top_.st_dev;
    out_.folders[path] = {static_cast<mode_t>(info.st_mode & 07777), !mounted && info.st_uid == top_.st_uid && info.st_gid == top_.st_gid};
    if (!mounted) waiting.push_back(path);
  }

  bool fail(const std::string& folder, int error = errno) {
    failure_ = {error, "read the folder", folder.empty() ? "." : folder};
    return false;
  }

  int root_;
  struct stat top_ {};
  OutputScan& out_;
  IoFailure& failure_;
};

}  // namespace

bool scan_output(int folder, OutputScan& scan, IoFailure& failure) { return Scan(folder, scan, failure).run(); }

}  // namespace isvcc

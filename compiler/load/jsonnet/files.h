#pragma once
// The files of a Jsonnet run and where an import leads: beside the importing file, then the library paths, then the folders of a
// jsonnet-bundler project, then the library that is part of the binary. Names are never resolved outside the project or a library path.
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "load/jsonnet.h"

namespace isvcc::jsonnet {

// A root and a path below it. Roots: "" the project, an absolute library path, kBuiltIn.
struct Where {
  std::string root, path;
  bool operator==(const Where&) const = default;
  auto operator<=>(const Where&) const = default;
};
inline constexpr std::string_view kBuiltIn = "builtin:";

// As shown to people, as libjsonnet knows it, and unique: "lib/a.libsonnet", "/opt/lib/a.libsonnet", "builtin:/isvcc/a.libsonnet".
std::string name_of(const Where& where);

struct File {
  Where where;
  std::string name;
  std::string_view text;
  std::string hash;   // of the text
};

// The project of jsonnet-bundler or Tanka that an entry belongs to, and the entry's own folder. Without a project both stay unused.
struct Project {
  bool found = false;
  std::string root = {};   // folder of tkrc.yaml or jsonnetfile.json
  std::string own = {};    // folder of the entry

  std::string inside(const std::string& name) const { return root.empty() ? name : name.substr(root.size() + 1); }
};

struct Resolution {
  const File* file = nullptr;
  bool own = false;      // found in the entry's own folder: another entry may get another file
  bool fixed = false;    // found before the entry's own folder was looked at: every entry gets this file
  std::string problem;   // without a file: libjsonnet's words, or ours for one that is refused
};

class Files {
 public:
  // Texts are kept in `buffers`.
  Files(const JsonnetOptions& options, const ReadImport& read, const Limits& limits, std::deque<std::string>& buffers);

  const File& add(const JsonnetEntry& entry);
  // A text that is no file: a --tla-code.
  const File& add(std::string name, std::string text);
  Project project_of(const std::string& entry_name);
  // What `path` means in a file of folder `directory` (with a final '/', or empty). Safe to call from several threads.
  Resolution resolve(const std::string& directory, const std::string& path, const Project& project);

  const std::deque<File>& all() const { return files_; }

 private:
  struct Candidate {
    Where where;
    bool own, fixed;
  };
  struct Found {
    const File* file = nullptr;
    std::string refused;
  };
  std::vector<Candidate> candidates(const std::string& directory, const std::string& path, const Project& project, bool& escapes) const;
  Where split_name(const std::string& name) const;
  const Found& find(const Where& where);
  std::optional<std::string> folder_with(const std::string& name, std::string folder);
  Found read(const Where& where);
  const File* keep(Where where, std::string_view text);

  std::vector<std::string> libraries_;  // the first one is asked first
  const ReadImport& read_;
  uint64_t bytes_left_;
  std::deque<std::string>& buffers_;
  std::deque<File> files_;
  std::map<Where, Found> known_;
  std::map<std::string, bool> marked_folders_;  // by the path of tkrc.yaml or jsonnetfile.json: whether it is there
  std::mutex mutex_;
};

// The folder part of a name, with its final '/'.
std::string folder_of(std::string_view name);

}  // namespace isvcc::jsonnet

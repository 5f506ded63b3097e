#pragma once
// Sources of a project → documents: walks folders inside their roots, reads files once, evaluates Jsonnet.
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "load/known_files.h"
#include "load/reader.h"

namespace isvcc {

class FileSystem;
struct Walk;

struct Document {
  const Node* root = nullptr;
  FileId file = 0;
  std::string json_path;  // place inside a Jsonnet result or a List: "$.runtimes.base", "items[3]"
  std::string_view default_namespace = {};  // of a Tanka environment around it: for an object that names none
};

struct JsonnetOptions {
  std::vector<std::string> library_paths;  // -J, right-most wins; then JSONNET_PATH, left-most wins
  std::map<std::string, std::string> ext_vars, ext_codes, tla_vars, tla_codes;
  std::set<std::string, std::less<>> environments;  // names of the Tanka environments to read; empty: all
};

inline constexpr std::string_view kStandardInput = "<stdin>";  // how the source "-" is called

struct LoadOptions {
  std::string project_root;           // absolute; nothing outside it and the library paths is opened
  std::shared_ptr<const FileSystem> files;  // what to read instead of the folder project_root: a table in tests, a Git revision
  std::string name_prefix;            // put before the names that people see, for a root they call otherwise
  std::vector<std::string> sources;   // files or folders relative to the root, or "-" for stdin
  std::vector<std::string> ignore;    // gitignore-style patterns; .isvccignore files are read as well
  std::vector<std::string> exclude_dirs;  // never read: our own output folders, and the project file where it has another name
  YamlEngine engine = YamlEngine::LibYaml;
  JsonnetOptions jsonnet;
  std::map<std::string, std::string, std::less<>> template_values;  // parameters of OpenShift templates
  Limits limits;
  size_t threads = 1;
  std::string cache_dir;              // empty: no cache
  const KnownFiles* known = nullptr;  // what need not be read
  std::shared_ptr<Walk> walk;         // made already, with files of these names; null: load() makes it
};

// Everything that was loaded; owns the bytes that nodes point into.
struct Documents {
  std::vector<Document> all;          // by file name, then place in the file; Lists are taken apart
  std::deque<std::string> buffers;
  std::deque<std::string> evaluated;  // what Jsonnet gave; apart from the buffers, so that no short text moves
  std::deque<Arena> arenas;
  std::vector<std::string> read_files;  // every file that was read, imports included, sorted: for --depfile and impact
  std::vector<std::string> ignore_files, read_folders;  // what decided which files those are
  std::map<std::string, std::vector<std::string>> imports;  // Jsonnet entry → files it imported
  size_t files = 0;
  uint64_t bytes = 0;
  std::shared_ptr<const Walk> walk;   // that found the files
  std::vector<FileFacts> facts;       // of every YAML and JSON file, when LoadOptions.known is given
};

// Reads files that a run left out (numbers in `documents.facts`): their documents are appended.
void load_left_out(const LoadOptions& options, const std::vector<size_t>& files, Sources& sources, Documents& documents, Diagnostics& diags);

// The same without taking them apart: for those who show what is written there.
void read_left_out(const LoadOptions& options, const std::vector<size_t>& files, Sources& sources, Documents& documents);

Documents load(const LoadOptions& options, Sources& sources, Diagnostics& diags);

}  // namespace isvcc

#pragma once
// Sources of a project → the files to read, in one order that depends on names alone. Reads ignore files, nothing else.
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "load/file_system.h"
#include "load/load.h"

namespace isvcc {

enum class FileFormat : uint8_t { Yaml, Json, Jsonnet };

struct FoundFile {
  std::string name;   // as shown to people: the path by which it was found, "<stdin>" for standard input
  std::string path;   // without links; empty for standard input
  FileFormat format = FileFormat::Yaml;
  bool named = false; // a source itself, not found in a folder
};

// What it comes to is in its text alone: a Jsonnet file may import others, and standard input has no place.
inline bool is_plain(const FoundFile& file) { return file.format != FileFormat::Jsonnet && !file.path.empty(); }

// What a walk looked at besides the files it found: a change there may change the result.
struct WalkTrace {
  std::vector<std::string> ignore_files;
  std::vector<std::string> folders;  // "" is the project itself; without folders that an output is made in, for they change with each run
};

// A walk that was made before the files are loaded, with what tells each file from what it was.
struct Walk {
  std::shared_ptr<const FileSystem> files;
  std::vector<FoundFile> found;
  WalkTrace trace;
  std::vector<std::optional<FileStamp>> stamps;  // of each, where somebody asked for them
};

// Whether a file of this name, found in a folder, is a source or says which files are.
bool is_source_name(std::string_view name);

// Folders are walked without hidden entries, vendor, node_modules, folders with an isvcc.yaml of their own (other projects, unless they
// are a source themselves), what patterns ignore and options.exclude_dirs; files count, but for isvcc.yaml, when
// their extension is .yaml, .yml, .json or .jsonnet. Every file is found once, under its own name if it has one beside links to it.
// By name. What cannot be found or may not be read is reported.
std::vector<FoundFile> find_files(const FileSystem& files, const LoadOptions& options, Diagnostics& diags, WalkTrace* trace = nullptr);

// Reports that a file or folder could not be read. `where` may be empty.
void report_unreadable(std::string_view name, FileStatus status, std::string_view detail, const Limits& limits, Span where, Diagnostics& diags);

}  // namespace isvcc

#pragma once
// Jsonnet files → documents. libjsonnet never runs in this process: on input that a pull request may hold it crashes, hangs and eats
// memory. It runs in short-lived children (`isvcc --jsonnet-worker`) that may open nothing: whatever they import is read here, by the
// caller's function.
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "load/load.h"

namespace isvcc {

struct ImportAnswer {
  enum class Status { Found, Missing, Refused };
  Status status = Status::Missing;
  std::string text;    // Found
  std::string reason;  // Refused: ends a sentence that begins with the file's name: "is larger than 16777216 bytes"
};

// Reads the regular file `path` below `root`, following no link out of it. `root` is "" for the project, else an absolute library path;
// `path` is normalised: relative, '/' separated, no ".." and no ".". Called from one thread at a time.
using ReadImport = std::function<ImportAnswer(const std::string& root, const std::string& path)>;

struct JsonnetEntry {
  std::string name;       // relative to the project
  std::string_view text;  // outlives the run
  FileId file = 0;        // the source text in Sources
};

struct JsonnetInput {
  std::vector<JsonnetEntry> entries;
  JsonnetOptions options;
  ReadImport read;
  Limits limits;
  size_t threads = 1;
  std::string cache_dir;         // absolute; empty: no cache
  std::string worker = "/proc/self/exe";  // executed with --jsonnet-worker
};

struct JsonnetLoad {
  std::vector<std::vector<Document>> documents;   // one list for each entry, empty for one that failed
  std::vector<std::vector<std::string>> imports;  // one list for each entry: files of the project and the libraries that it reads
  std::deque<std::string> buffers;                // what nodes and sources point into
  std::deque<Arena> arenas;
};

// Evaluates every entry and takes the results apart: an object with a kind, lists and trees of them, kind: List. A failed entry is reported
// and yields nothing; the others go on. Documents have the JSON path of their place in the result.
JsonnetLoad load_jsonnet(const JsonnetInput& input, Sources& sources, Diagnostics& diags);

// Library paths in the order that JsonnetOptions wants, right-most first to be asked: JSONNET_PATH (left-most wins), then every -J.
std::vector<std::string> jsonnet_library_paths(std::string_view jsonnet_path, const std::vector<std::string>& dash_j);

// How std.native('manifestYamlFromJson') prints: given by the driver, for the printers are in a sibling folder.
using YamlPrinter = void (*)(std::string& out, View value);

// The child: serves one evaluation over the socket `fd` and returns the exit code of the process. It gives up its rights first.
int jsonnet_worker_main(int fd, YamlPrinter print_yaml = nullptr);

// The argument that makes isvcc a worker, and the descriptor that the worker then serves.
inline constexpr std::string_view kJsonnetWorkerFlag = "--jsonnet-worker";
inline constexpr int kJsonnetWorkerFd = 3;

}  // namespace isvcc

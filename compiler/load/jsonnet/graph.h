#pragma once
// What every Jsonnet file imports, and all that an entry needs: found by looking at the text, nothing is evaluated.
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "load/jsonnet/error.h"
#include "load/jsonnet/files.h"
#include "load/jsonnet/scan.h"

namespace isvcc::jsonnet {

struct Edge {
  ImportKind kind;
  Resolution target;
};

// Everything that one entry reaches.
struct Closure {
  std::vector<const File*> code;    // the entry first, then in the order of discovery
  std::vector<const File*> texts;   // importstr, importbin
  std::vector<std::string> missing;  // problems of imports that lead nowhere; they count only when they are evaluated
  bool own = false;                 // some import depends on the entry's own folder
  bool too_many = false;
};

class Graph {
 public:
  Graph(Files& files, uint64_t most_imports) : files_(files), most_imports_(most_imports) {}

  const Scan& scan_of(const File& file);
  // An empty one for a file that was not looked at.
  const Scan& known_scan(const File& file) const;
  // One edge for each import of the scan.
  std::vector<Edge> edges(const File& file, const Project& project);
  Closure closure(const File& entry, const Project& project);

  // A file that libjsonnet refuses before it evaluates anything.
  void mark_broken(const File& file, Failure failure) { broken_.emplace(&file, std::move(failure)); }
  const Failure* broken(const File& file) const;
  const Failure* broken(std::string_view name) const;

 private:
  Files& files_;
  uint64_t most_imports_;
  std::map<const File*, std::unique_ptr<Scan>> scans_;
  std::map<const File*, std::vector<Edge>> fixed_;
  std::map<const File*, Failure> broken_;
};

}  // namespace isvcc::jsonnet

#pragma once
// Results of earlier runs, by the content of everything that an entry reads. A file of the cache that is missing, damaged or cannot be
// written costs time, nothing else.
#include <optional>
#include <string>

#include "load/jsonnet/evaluator.h"

namespace isvcc::jsonnet {

class Cache {
 public:
  // An empty folder: no cache.
  Cache(std::string folder, const JsonnetOptions& options, Graph& graph);

  // The key of an entry, empty when its result may depend on more than its closure tells.
  std::string key(const EntryState& entry);
  std::optional<std::string> find(const std::string& key) const;
  void keep(const std::string& key, const std::string& json) const;

 private:
  std::string path(const std::string& key) const;

  std::string folder_;
  std::string options_;  // all that evaluation depends on besides files
  bool usable_;
  Graph& graph_;
};

}  // namespace isvcc::jsonnet

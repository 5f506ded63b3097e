#pragma once
// One Kubernetes object of the repository and the few things everybody reads from one.
#include <string_view>

#include "diag/diagnostic.h"
#include "tree/node.h"

namespace isvcc {

struct Object {
  const Node* node = nullptr;     // for KServe kinds, once admitted, as stored; else as written
  const Node* written = nullptr;  // as the author wrote it, with any status
  std::string_view api_version, kind, namespace_, name;  // namespace_ is filled in for namespaced kinds
  FileId file = 0;
  std::string_view json_path;
  bool speaks_to_isvcc = false;   // has annotations that are meant for isvcc alone

  View view() const { return node; }
  ObjectRef ref() const { return {std::string(kind), std::string(namespace_), std::string(name)}; }
};

inline View metadata(View object) { return object["metadata"]; }
inline View labels(View object) { return object["metadata"]["labels"]; }
inline View annotations(View object) { return object["metadata"]["annotations"]; }
inline View annotation(View object, std::string_view key) { return object["metadata"]["annotations"][key]; }
inline View label(View object, std::string_view key) { return object["metadata"]["labels"][key]; }

// The namespace an object names. An empty one is none, and `fallback` takes its place.
inline std::string_view namespace_or(View object, std::string_view fallback) {
  const std::string_view named = metadata(object)["namespace"].text();
  return named.empty() ? fallback : named;
}

}  // namespace isvcc

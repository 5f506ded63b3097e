#pragma once
// One side of a comparison: what a compiled repository, or a folder of rendered objects, comes to. Data only; views point into memory
// that the caller keeps.
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "schema/schema.h"

namespace isvcc::diff {

struct SideObject {
  const Node* node = nullptr;
  std::string_view api_version, kind, namespace_, name;
  ObjectRef owner;  // the InferenceService or InferenceGraph it was made for; no kind: nobody's

  ObjectRef ref() const { return {std::string(kind), std::string(namespace_), std::string(name)}; }
};

enum class ServiceState : uint8_t {
  Absent,
  Rendered,
  Broken,   // there, but refused or failed: what would run is not known
  Unknown,  // the file that held it on the other side cannot be read
};

struct SideService {
  ObjectRef ref;
  ServiceState state = ServiceState::Absent;
  std::string problem;                     // of a broken one, the first error
  std::string mode;                        // "Standard", "Knative"
  std::string runtime_kind, runtime_name;  // empty without a runtime
  bool automatic = false;                  // the runtime was selected, not named
  std::string file;                        // where it is written
  const Node* stored = nullptr;            // as the API server would store it
};

struct SideError {
  std::string code, message, hint, file;
  uint32_t line = 0, column = 0;
  ObjectRef object;
};

struct Side {
  std::string label;                  // "origin/main", "the work tree", a folder
  std::vector<SideObject> objects;    // by API group, kind, namespace, name
  std::vector<SideService> services;  // by kind, namespace, name
  std::vector<SideError> errors;      // by file and place
  const SchemaSet* schemas = nullptr;
};

}  // namespace isvcc::diff

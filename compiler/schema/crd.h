#pragma once
// CustomResourceDefinitions of the user → schemas that win over the built-in ones. Reads structural schemas of apiextensions.k8s.io/v1;
// does not judge whether the API server would accept the definition itself. The input is hostile: depth, size and patterns are bounded.
#include <memory>
#include <vector>

#include "diag/diagnostic.h"
#include "schema/schema.h"

namespace isvcc {

// A JSON schema of one kind, as kubeconform reads it.
struct JsonSchema {
  std::string api_version, kind;
  View schema;
};

// `builtin` plus every served version of `crds`, which must outlive the result, as must `builtin`. Where both know a kind, the
// definition says what is allowed and defaulted, and the built-in schema how Go encodes and merges it.
// A definition that cannot be used is reported (E0213) and left out.
// JSON schemas come after the definitions and win.
std::unique_ptr<SchemaSet> schemas_with(const SchemaSet& builtin, const std::vector<View>& crds, Diagnostics& diags,
                                        const std::vector<JsonSchema>& json_schemas = {});

}  // namespace isvcc

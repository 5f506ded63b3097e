#pragma once
// Objects in YAML, put through one operation each; results come back as compact JSON, findings as upstream texts.
#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "load/reader.h"
#include "ops/schema_ops.h"

namespace isvcc::test {

class Checked {
 public:
  explicit Checked(const SchemaSet& schemas = builtin_schemas("v0.20.0")) : schemas_(schemas) {}

  View yaml(const std::string& text) {
    texts_.push_back(text);
    return parse_yaml(texts_.back(), arena_);
  }

  // The schema of the object's own kind.
  const Schema& schema_of(View object) const { return *schemas_.kind(object["apiVersion"].text(), object["kind"].text()); }
  const Schema& type(std::string_view name) const { return *schemas_.type(name); }

  Scratch& scratch() { return scratch_; }
  const std::deque<Diagnostic>& findings() const { return diags_.all(); }

  std::vector<std::string> upstream_texts() const {
    std::vector<std::string> out;
    for (const Diagnostic& d : diags_.all()) out.push_back(d.upstream);
    std::sort(out.begin(), out.end());
    return out;
  }

  // The texts in one string, one a line.
  std::string upstream() const {
    std::string out;
    for (const std::string& text : upstream_texts()) out += (out.empty() ? "" : "\n") + text;
    return out;
  }

 private:
  const SchemaSet& schemas_;
  Arena arena_;
  Diagnostics diags_;
  Scratch scratch_{arena_, diags_};
  std::deque<std::string> texts_;
};

inline std::string json(View value) { return brief(value, 1 << 20); }

// A whole object around `spec`.
inline std::string runtime(const std::string& spec) {
  return "{apiVersion: serving.kserve.io/v1alpha1, kind: ClusterServingRuntime, metadata: {name: a}, spec: " + spec + "}";
}
inline std::string service(const std::string& spec) {
  return "{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: {name: a}, spec: " + spec + "}";
}
inline std::string graph(const std::string& spec) {
  return "{apiVersion: serving.kserve.io/v1alpha1, kind: InferenceGraph, metadata: {name: a}, spec: " + spec + "}";
}

// What the API server says about an object as it stands.
inline std::string refusal(const std::string& object, const SchemaSet& schemas = builtin_schemas("v0.20.0")) {
  Checked checked(schemas);
  const View root = checked.yaml(object);
  validate(root, checked.schema_of(root), checked.scratch());
  return checked.upstream();
}

}  // namespace isvcc::test

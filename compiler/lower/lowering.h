#pragma once
// What the targets of this folder share: where to read, how to make nodes, where objects go, and the shapes every object has.
// Internal to lower/; knows no target.
#include <span>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "lower/lower.h"

namespace isvcc {

struct Lowering {
  const Repository& repository;
  const Profile& profile;
  Scratch& scratch;
  const Object* owner;
  std::vector<Rendered>& out;
  Make make = scratch.make(Pass::Lowering);

  const Config& config() const { return profile.config; }
  const IngressConfig& ingress() const { return profile.config.ingress.value; }
  void emit(const Node* object, bool owned = true) { out.push_back({object, owner, owned}); }
  std::span<const Rendered> made_since(size_t count) const { return std::span<const Rendered>(out).subspan(count); }
  std::string_view keep(std::string_view text) const { return scratch.arena.copy(text); }
};

struct ObjectKind {
  std::string_view api_version, kind;
};

// Labels and annotations that are absent or empty are left out, as Go's omitempty does.
const Node* make_metadata(Make make, std::string_view namespace_, std::string_view name, const Node* labels, const Node* annotations);
const Node* make_object(Make make, ObjectKind kind, const Node* metadata, const Node* spec);

// The entries of a label or annotation map whose keys are not in `disallowed`; null when nothing is left.
const Node* allowed_entries(Make make, View map, const std::vector<std::string>& disallowed);

// A Map of texts; a null pointer when there are no entries.
const Node* or_null_when_empty(const Node* map);

// "<name>.<namespace>.svc.<cluster domain>" (network.GetServiceHostname).
std::string service_hostname(std::string_view name, std::string_view namespace_, const Profile& profile);

// ModelMesh without a transformer: KServe's controller makes nothing at all.
bool is_left_to_model_mesh(const ServicePlan& plan);

inline Failure failure(std::string message, View where = {}) { return Failure{"", std::move(message), where}; }
// Nothing when `error` is empty.
inline std::optional<Failure> failure_of(std::string_view prefix, const std::string& error, View where = {}) {
  if (error.empty()) return std::nullopt;
  return failure(starts_with(error, "panic: ") ? error : std::string(prefix) + error, where);  // nobody wraps a crash
}

}  // namespace isvcc

#include "lower/lowering.h"

#include "base/text.h"

namespace isvcc {

const Node* or_null_when_empty(const Node* map) { return map && map->size > 0 ? map : nullptr; }

const Node* make_metadata(Make make, std::string_view namespace_, std::string_view name, const Node* labels, const Node* annotations) {
  return make.map({{"name", make.borrowed(name)},
                   {"namespace", namespace_.empty() ? nullptr : make.borrowed(namespace_)},
                   {"labels", or_null_when_empty(labels)},
                   {"annotations", or_null_when_empty(annotations)}});
}

const Node* make_object(Make make, ObjectKind kind, const Node* metadata, const Node* spec) {
  return make.map({{"apiVersion", make.borrowed(kind.api_version)}, {"kind", make.borrowed(kind.kind)}, {"metadata", metadata}, {"spec", spec}});
}

const Node* allowed_entries(Make make, View map, const std::vector<std::string>& disallowed) {
  std::vector<Field> kept;
  kept.reserve(map.fields().size());
  for (const Field& f : map.fields())
    if (!is_disallowed(disallowed, f.key())) kept.push_back(f);
  if (kept.empty()) return nullptr;
  return kept.size() == map.size() ? map.node() : make.at(map).fields(kept);
}

std::string service_hostname(std::string_view name, std::string_view namespace_, const Profile& profile) {
  return cat(name, '.', namespace_, ".svc.", profile.cluster_domain);
}

bool is_left_to_model_mesh(const ServicePlan& plan) { return plan.mode == DeploymentMode::ModelMesh && !plan.component(Role::Transformer); }

}  // namespace isvcc

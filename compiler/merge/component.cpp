#include "base/text.h"
#include "kserve/implementation.h"
#include "merge/context.h"
#include "merge/metadata.h"

namespace isvcc {

ComponentPlan component_beside_predictor(const MergeContext& context, Role role, View component, const Node* own_annotations) {
  const Make make = context.scratch.make(Pass::Component);
  ComponentPlan out;
  out.role = role;
  out.name = make.arena().copy(cat(context.name(), '-', role_name(role)));
  out.namespace_ = context.namespace_();
  out.labels = component_labels(context, {context.metadata()["labels"], component["labels"]}, role);
  out.annotations = make.overlay({own_annotations, filtered_annotations(context, component["annotations"])});
  out.extension = component;
  out.storage_uris = component["storageUris"];
  // Upstream reads the predictor's `storage` for the downloads of every component.
  out.storage_spec = predictor_storage_spec(context.predictor());
  return out;
}

}  // namespace isvcc

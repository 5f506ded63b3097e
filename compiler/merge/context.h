#pragma once
// What the steps of one service's merge share. `isvc` is the object in the controller's memory: later steps see earlier steps' changes.
#include "merge/merge.h"

namespace isvcc {

struct MergeContext {
  const Object& service;
  const RuntimeIndex& index;
  const Repository& repository;
  const Profile& profile;
  Scratch& scratch;
  const Node* isvc = nullptr;  // Go encoded

  View metadata() const { return isvcc::metadata(isvc); }
  View predictor() const { return View(isvc).at("spec.predictor"); }
  std::string_view name() const { return service.name; }
  std::string_view namespace_() const { return service.namespace_; }
  bool disallowed_annotation(std::string_view key) const {
    return is_disallowed(profile.config.inference_service.value.annotation_disallowed, key);
  }
  void change(std::string_view path, const Node* value, Pass pass) { isvc = scratch.make(pass).with_path(isvc, scratch.arena.copy(path), value); }
};

// A predictor on its way into a ComponentPlan; canaries run the same steps on their own copy of the service.
std::optional<Failure> plan_predictor(MergeContext& context, bool multi_node, ComponentPlan& component, std::optional<RuntimeChoice>& choice);
std::optional<Failure> plan_canaries(MergeContext& context, ServicePlan& plan);
std::optional<Failure> plan_transformer(MergeContext& context, ServicePlan& plan);
std::optional<Failure> plan_explainer(MergeContext& context, ServicePlan& plan);

// Transformer and explainer: name, metadata and what later phases read, from the component and its own annotations. The pod is missing.
ComponentPlan component_beside_predictor(const MergeContext& context, Role role, View component, const Node* own_annotations);

// The worker of a multi-node predictor; also adds the head's environment to `component` (reconcileWorker, multiNodeProcess).
std::optional<Failure> plan_worker(MergeContext& context, View runtime_spec, ComponentPlan& component);

}  // namespace isvcc

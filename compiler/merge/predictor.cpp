#include "base/text.h"
#include "kserve/implementation.h"
#include "kserve/names.h"
#include "merge/context.h"
#include "merge/env.h"
#include "merge/metadata.h"
#include "merge/pod.h"
#include "merge/runtime_defaults.h"

namespace isvcc {

// reconcileModel: the runtime, and what it changes on the service in memory.
static std::optional<Failure> choose_runtime(MergeContext& context, bool multi_node, std::optional<RuntimeChoice>& choice, Selection& selection) {
  const Make make = context.scratch.make(Pass::Selection);
  if (auto failure = select_runtime(context.predictor(), context.namespace_(), multi_node, context.index, selection)) return failure;
  const Object& named = *selection.named->object;
  choice = RuntimeChoice{selection.runtime->object, named.kind, named.name, selection.automatic};
  if (selection.automatic) context.change("spec.predictor.model.runtime", make.borrowed(named.name), Pass::Selection);
  apply_runtime_defaults(context, annotations(named.view()));
  if (!context.predictor()["model"]["protocolVersion"])
    context.change("spec.predictor.model.protocolVersion", make.borrowed(protocol_of_class(selection.runtime->protocol_class)), Pass::Selection);
  return std::nullopt;
}

static std::optional<Failure> predictor_annotations(const MergeContext& context, MapBuilder& annotations) {
  const View predictor = context.predictor();
  const Make make = context.scratch.make(Pass::Component);
  add_logger_annotations(annotations, predictor["logger"], context.service.view()["spec"]["predictor"]["logger"], make);
  add_batcher_annotations(annotations, predictor["batcher"], make);
  add_storage_spec_annotations(annotations, predictor_storage_spec(predictor), make);
  add_agent_annotations(annotations, predictor, context.name(), make);
  if (const auto uri = predictor_storage_uri(predictor)) {
    const View where = predictor_storage_uri_node(predictor);
    if (annotations.has(names::kSourceUri)) return Failure{"", "must provide only one of storageUri and storage.path", where};
    if (auto failure = add_source_uri(annotations, *uri, where, predictor["storageContainerName"], context)) return failure;
  }
  if (context.profile.has(Feature::ConfidentialModels)) add_confidential_annotations(annotations, predictor, make);
  return std::nullopt;
}

static const Node* with_service_name(const MergeContext& context, View pod) {
  const Make make = context.scratch.make(Pass::Component);
  std::vector<const Node*> containers(pod["containers"].items().begin(), pod["containers"].items().end());
  for (size_t i = 0; i < containers.size(); ++i)
    add_env(containers, View(containers[i])["name"].text(), "INFERENCE_SERVICE_NAME", context.name(), make);
  return make.with(pod, "containers", make.list(containers));
}

// buildPredictorResources, then the worker of a multi-node predictor (reconcileWorker).
std::optional<Failure> plan_predictor(MergeContext& context, bool multi_node, ComponentPlan& component, std::optional<RuntimeChoice>& choice) {
  MapBuilder internal = service_annotations(context);
  if (auto failure = predictor_annotations(context, internal)) return failure;
  View runtime_spec;
  const Node* pod = nullptr;
  if (context.predictor()["model"]) {
    Selection selection;
    if (auto failure = choose_runtime(context, multi_node, choice, selection)) return failure;
    runtime_spec = selection.runtime->spec;
    if (auto failure = model_pod(context, runtime_spec, annotations(selection.named->object->view()), pod)) return failure;
  } else if (auto failure = custom_pod(context, pod)) {
    return failure;
  }
  const Make make = context.scratch.make(Pass::Metadata);
  const View predictor = context.predictor();
  component.name = make.arena().copy(predictor_name(context.isvc, context.name()));
  component.namespace_ = context.namespace_();
  component.labels = component_labels(context, {runtime_spec["labels"], context.metadata()["labels"], predictor["labels"]}, component.role);
  component.annotations = make.overlay({filtered_annotations(context, runtime_spec["annotations"]), internal.build(),
                                        filtered_annotations(context, predictor["annotations"])});
  component.pod.spec = with_service_name(context, pod);
  component.extension = predictor;
  component.storage_uris = predictor["storageUris"];
  component.storage_spec = predictor_storage_spec(predictor);
  if (context.profile.has(Feature::StorageContainerByName)) component.storage_container_name = predictor["storageContainerName"].text();
  if (!multi_node) return std::nullopt;
  WorkerPlan worker;
  worker.annotations = make.overlay({runtime_spec["workerSpec"]["annotations"], internal.build(), filtered_annotations(context, predictor["annotations"])});
  component.worker = worker;
  return plan_worker(context, runtime_spec, component);
}

}  // namespace isvcc

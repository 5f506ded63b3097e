#include "base/text.h"
#include "kserve/implementation.h"
#include "kserve/names.h"
#include "merge/arguments.h"
#include "merge/env.h"
#include "merge/metadata.h"
#include "merge/pod.h"

namespace isvcc {

// Only ModelMesh's own controller tells where the predictor is; until then KServe's makes nothing of the service.
static void wait_for_model_mesh(const MergeContext& context, View component, ServicePlan& plan) {
  plan.complete = false;
  context.scratch.diags.report(Code::TransformerWaits, Stage::Render, component, "the transformer waits until ModelMesh has made the predictor");
}

// CustomTransformer.GetContainer.
static const Node* transformer_arguments(const MergeContext& context, View container, View component) {
  Arguments args(container["args"], context.scratch.make(Pass::Component));
  std::string host = cat(predictor_name(context.isvc, context.name()), '.', context.namespace_());
  const View own = context.metadata()["annotations"];
  if (own[names::kDeploymentMode].text() == "ModelMesh") {
    host = own[names::kPredictorHost].text();
    args.add_pair_unless_present("--protocol", own[names::kPredictorProtocol].text());
  }
  args.add_pair_unless_present("--model_name", context.name());
  args.add_pair_unless_present("--predictor_host", host);
  args.add_pair_unless_present("--http_port", "8080");
  if (const auto workers = component["containerConcurrency"].integer()) args.add_pair_unless_present("--workers", cat(*workers));
  return context.scratch.make(Pass::Component).with(container, "args", args.list());
}

std::optional<Failure> plan_transformer(MergeContext& context, ServicePlan& plan) {
  const View component = View(context.isvc)["spec"]["transformer"];
  const Make make = context.scratch.make(Pass::Component);
  MapBuilder own = service_annotations(context);
  if (const auto uri = component_storage_uri(component))
    if (auto failure = add_source_uri(own, *uri, component["containers"].item(0), {}, context)) return failure;
  add_logger_annotations(own, component["logger"], context.service.view()["spec"]["transformer"]["logger"], make);
  add_batcher_annotations(own, component["batcher"], make);
  ComponentPlan out = component_beside_predictor(context, Role::Transformer, component, own.build());
  if (plan.mode == DeploymentMode::ModelMesh) return wait_for_model_mesh(context, component, plan), std::nullopt;
  std::vector<const Node*> containers(component["containers"].items().begin(), component["containers"].items().end());
  if (containers.empty()) return Failure{"", "panic: the transformer has no container", component};
  containers[0] = transformer_arguments(context, containers[0], component);
  add_env(containers, View(containers[0])["name"].text(), "INFERENCE_SERVICE_NAME", context.name(), make);
  out.pod.spec = make.with(pod_fields(component, context), "containers", make.list(containers));
  plan.components.push_back(out);
  return std::nullopt;
}

}  // namespace isvcc

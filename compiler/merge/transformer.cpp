#include "base/text.h"
#include "kserve/implementation.h"
#include "kserve/names.h"
#include "merge/arguments.h"
#include "merge/env.h"
#include "merge/metadata.h"
#include "merge/pod.h"

namespace isvcc {

// ModelMesh: where the transformer finds the predictor, from the observed predictor URL.
static std::optional<Failure> note_predictor_url(MergeContext& context, ServicePlan& plan) {
  const View url = View(context.service.written).at("status.components.predictor.url");
  const std::string_view text = url.text();
  const size_t scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos)
    return Failure{"", "the transformer waits for the predictor URL in status.components.predictor.url", plan.service->view()};
  const std::string_view scheme = text.substr(0, scheme_end), rest = text.substr(scheme_end + 3);
  const bool http = scheme == "http" || scheme == "https";
  if (!http && scheme != "grpc") return Failure{"", cat("Predictor URL Scheme not supported: ", scheme), url};
  const Make make = context.scratch.make(Pass::Component).at(url);
  MapBuilder annotations(make, context.metadata()["annotations"]);
  annotations.set(names::kPredictorHost, make.text(rest.substr(0, rest.find('/'))));
  annotations.set(names::kPredictorProtocol, make.borrowed(http ? "v2" : "grpc-v2"));
  context.isvc = make.with(context.isvc, "metadata", make.with(context.metadata(), "annotations", annotations.build()));
  return std::nullopt;
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
  const View component = View(context.isvc).at("spec.transformer");
  const Make make = context.scratch.make(Pass::Component);
  MapBuilder own = service_annotations(context);
  if (const auto uri = component_storage_uri(component))
    if (auto failure = add_source_uri(own, *uri, component["containers"].item(0), {}, context)) return failure;
  add_logger_annotations(own, component["logger"], context.service.view().at("spec.transformer.logger"), make);
  add_batcher_annotations(own, component["batcher"], make);
  ComponentPlan out = component_beside_predictor(context, Role::Transformer, component, own.build());
  if (plan.mode == DeploymentMode::ModelMesh)
    if (auto failure = note_predictor_url(context, plan)) return failure;
  std::vector<const Node*> containers(component["containers"].items().begin(), component["containers"].items().end());
  if (containers.empty()) return Failure{"", "panic: the transformer has no container", component};
  containers[0] = transformer_arguments(context, containers[0], component);
  add_env(containers, View(containers[0])["name"].text(), "INFERENCE_SERVICE_NAME", context.name(), make);
  out.pod.spec = make.with(pod_fields(component, context), "containers", make.list(containers));
  plan.components.push_back(std::move(out));
  return std::nullopt;
}

}  // namespace isvcc

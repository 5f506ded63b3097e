#include <algorithm>

#include "base/text.h"
#include "kserve/implementation.h"
#include "kserve/names.h"
#include "merge/arguments.h"
#include "merge/metadata.h"
#include "merge/pod.h"

namespace isvcc {

static std::string predictor_host(const MergeContext& context) {
  return cat(predictor_name(context.isvc, context.name()), '.', context.namespace_());
}

// CustomExplainer.GetContainer; --http_port is always appended.
static const Node* custom_container(const MergeContext& context, View container, View component) {
  const Make make = context.scratch.make(Pass::Component);
  Arguments args(container["args"], make);
  args.add_pair_unless_present("--model_name", context.name());
  args.add_pair_unless_present("--predictor_host", predictor_host(context));
  args.add_pair("--http_port", "8080");
  if (const auto workers = component["containerConcurrency"].integer()) args.add_pair_unless_present("--workers", cat(*workers));
  return make.with(container, "args", args.list());
}

static void add_art_config(Arguments& args, View config) {
  std::vector<std::string_view> keys;
  for (const Field& f : config.fields()) keys.push_back(f.key());
  std::sort(keys.begin(), keys.end());
  for (std::string_view key : keys) args.add_pair(cat("--", key), config[key].text());
}

// ARTExplainerSpec.GetContainer: the author's arguments appear twice, as upstream.
static const Node* art_container(const MergeContext& context, View art, View component) {
  const Make make = context.scratch.make(Pass::Component);
  const Arguments given(art["args"], make);
  Arguments args({}, make);
  args.add_pair("--model_name", context.name());
  args.add_pair("--http_port", "8080");
  if (!given.has("--predictor_host")) args.add_pair("--predictor_host", predictor_host(context));
  if (const auto workers = component["containerConcurrency"].integer(); workers && !given.has("--workers")) args.add_pair("--workers", cat(*workers));
  if (!art["storageUri"].text().empty()) args.add_pair("--storage_uri", names::kModelMountPath);
  args.add_pair("--adversary_type", art["type"].text());
  add_art_config(args, art["config"]);
  args.add_all(art["args"]);
  args.add_all(art["args"]);
  MapBuilder container(make, container_fields(art, context));
  if (art["image"].text().empty())
    container.set_text("image", cat(context.profile.config.inference_service.value.art_image, ':', art["runtimeVersion"].text()));
  container.set("name", make.borrowed(names::kKserveContainer));
  container.set("args", args.list());
  return container.build();
}

std::optional<Failure> plan_explainer(MergeContext& context, ServicePlan& plan) {
  const View component = View(context.isvc)["spec"]["explainer"];
  const Make make = context.scratch.make(Pass::Component);
  MapBuilder own = service_annotations(context);
  if (const auto uri = component_storage_uri(component))
    if (auto failure = add_source_uri(own, *uri, component["art"] ? component["art"]["storageUri"] : component["containers"].item(0), {}, context)) return failure;
  add_logger_annotations(own, component["logger"], context.service.view()["spec"]["explainer"]["logger"], make);
  ComponentPlan out = component_beside_predictor(context, Role::Explainer, component, own.build());
  std::vector<const Node*> containers(component["containers"].items().begin(), component["containers"].items().end());
  if (!component["art"] && containers.empty()) return Failure{"", "panic: the explainer has no container", component};
  const Node* main = component["art"] ? art_container(context, component["art"], component) : custom_container(context, containers[0], component);
  if (containers.empty()) containers.push_back(main);
  else containers[0] = main;
  out.pod.spec = make.with(pod_fields(component, context), "containers", make.list(containers));
  plan.components.push_back(out);
  return std::nullopt;
}

}  // namespace isvcc

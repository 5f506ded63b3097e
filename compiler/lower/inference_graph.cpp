// The router of an InferenceGraph, in Standard and in Knative mode (v1alpha1/inferencegraph, KServe v0.20.0).
#include "base/text.h"
#include "kserve/names.h"
#include "lower/graph_json.h"
#include "lower/graph_steps.h"
#include "lower/knative.h"
#include "lower/missing_kinds.h"
#include "lower/standard.h"
#include "ops/go_json.h"
#include "ops/quantity.h"
#include "plan/deployment_mode.h"

namespace isvcc {
namespace {

constexpr std::string_view kMoved[] = {kEnablePassthrough};

const Node* quantity(const std::string& text, Make make) { return make.text(Quantity::parse(text)->text()); }

const Node* amounts(const std::string& cpu, const std::string& memory, Make make) {
  return make.map({{"cpu", quantity(cpu, make)}, {"memory", quantity(memory, make)}});
}

// What the graph says about resources, else all of the router's own; claims are dropped.
const Node* make_resources(View given, View encoded, const ResourceTexts& router, Make make) {
  for (const std::string_view key : {"limits", "requests", "claims"})
    if (given[key] && !given[key].is_null()) return make.map({{"limits", encoded["limits"].node()}, {"requests", encoded["requests"].node()}});
  return make.map({{"limits", amounts(router.cpu_limit, router.memory_limit, make)}, {"requests", amounts(router.cpu_request, router.memory_request, make)}});
}

const Node* make_probe(Make make) {
  const Node* request = make.map({{"path", make.borrowed("/readyz")}, {"port", make.integer(8080)}, {"scheme", make.borrowed("HTTP")}});
  return make.map({{"httpGet", request},
                   {"initialDelaySeconds", make.integer(5)},
                   {"timeoutSeconds", make.integer(2)},
                   {"periodSeconds", make.integer(5)},
                   {"successThreshold", make.integer(1)},
                   {"failureThreshold", make.integer(3)}});
}

const Node* make_security_context(Make make) {
  return make.map({{"privileged", make.boolean(false)},
                   {"runAsNonRoot", make.boolean(true)},
                   {"readOnlyRootFilesystem", make.boolean(true)},
                   {"allowPrivilegeEscalation", make.boolean(false)},
                   {"capabilities", make.map({{"drop", make.texts({"ALL"})}})}});
}

// The variable exists whenever the configuration names headers, even none.
const Node* make_env(const RouterConfig& router, Make make) {
  if (!router.propagate_headers) return nullptr;
  const std::string value = join(*router.propagate_headers, ",");
  return make.list({make.map({{"name", make.borrowed("PROPAGATE_HEADERS")}, {"value", value.empty() ? nullptr : make.text(value)}})});
}

const Node* make_pull_secrets(const RouterConfig& router, Make make) {
  std::vector<const Node*> out;
  for (const std::string& name : router.image_pull_secrets) out.push_back(make.map({{"name", name.empty() ? make.borrowed("") : make.text(name)}}));
  return out.empty() ? nullptr : make.list(out);
}

const Node* text_or_nothing(const std::string& text, Make make) { return text.empty() ? nullptr : make.text(text); }

// Only Standard mode names the container.
const Node* make_pod(std::string_view container_name, View stored, View spec, const RouterConfig& router, Make make) {
  const Node* container = make.map({{"name", make.borrowed(container_name)},
                                    {"image", text_or_nothing(router.image, make)},
                                    {"imagePullPolicy", text_or_nothing(router.image_pull_policy, make)},
                                    {"args", make.list({make.borrowed("--graph-json"), make.text(go_json(spec))})},
                                    {"env", make_env(router, make)},
                                    {"resources", make_resources(stored["resources"], spec["resources"], router.resource, make)},
                                    {"readinessProbe", make_probe(make)},
                                    {"securityContext", make_security_context(make)}});
  return make.map({{"containers", make.list({container})},
                   {"affinity", spec["affinity"].node()},
                   {"tolerations", spec["tolerations"].node()},
                   {"nodeSelector", spec["nodeSelector"].node()},
                   {"nodeName", spec["nodeName"].node()},
                   {"serviceAccountName", spec["serviceAccountName"].node()},
                   {"automountServiceAccountToken", make.boolean(false)},
                   {"imagePullSecrets", make_pull_secrets(router, make)}});
}

std::optional<Failure> lower_standard_graph(const Object& graph, View spec, const PodWebhook& webhook, Lowering& lowering) {
  const Make& make = lowering.make;
  ComponentPlan router;
  router.role = Role::GraphRouter;
  router.name = graph.name;
  router.namespace_ = graph.namespace_;
  router.labels = make.with(labels(graph.view()), names::kInferenceGraph, make.borrowed(graph.name));
  router.annotations = annotations(graph.view()).node();
  router.pod.spec = default_pod_spec(make_pod(graph.name, graph.view()["spec"], spec, lowering.config().router.value, make), lowering.scratch);
  router.pod.labels = router.labels;
  router.pod.annotations = router.annotations;
  if (webhook) webhook(router.pod, false);
  router.extension = spec;
  const size_t before = lowering.out.size();
  if (auto failed = lower_standard_component(router, lowering)) return failed;
  return failure_of(reconcile_failure_prefix(router, graph), missing_kind_error(lowering.made_since(before), lowering.profile));
}

// strconv.Atoi of the annotation; Knative's own configuration decides whether zero is allowed.
bool is_usable_initial_scale(std::string_view text, bool zero_allowed) {
  if (starts_with(text, "+")) text.remove_prefix(1);
  const auto scale = parse_int(text);
  return scale && (zero_allowed || *scale != 0);
}

View usable_annotations(View all, const Lowering& lowering) {
  const View scale = all[names::kInitialScale];
  if (!scale || is_usable_initial_scale(scale.text(), lowering.profile.allow_zero_initial_scale)) return all;
  return lowering.make.without(all, names::kInitialScale);
}

// The two labels stand on the revisions only.
const Node* revision_labels(const Object& graph, Make make) {
  MapBuilder out(make, labels(graph.view()));
  out.erase(names::kKnativeVisibility);
  out.set(names::kInferenceGraph, make.borrowed(graph.name)).set("serving.kserve.io/kind", make.borrowed("InferenceGraph"));
  return out.build();
}

void lower_knative_graph(const Object& graph, View spec, const PodWebhook& webhook, Lowering& lowering) {
  const Make& make = lowering.make;
  const View own = usable_annotations(annotations(graph.view()), lowering);
  const SplitAnnotations split = split_annotations(with_scaling_annotations(own, spec, make), kMoved, make);
  const Node* spec_of_pod = make.with(make_pod("", graph.view()["spec"], spec, lowering.config().router.value, make), "timeoutSeconds", spec["timeout"].node());
  PodTemplate pod{revision_labels(graph, make), split.revision, spec_of_pod};
  if (webhook) webhook(pod, true);
  const Node* revision = make.map({{"metadata", make.map({{"labels", pod.labels}, {"annotations", pod.annotations}})}, {"spec", pod.spec}});
  const Node* metadata = make_metadata(make, graph.namespace_, graph.name, labels(graph.view()).node(), split.service);
  lowering.emit(make_object(make, kKnativeService, metadata, make.map({{"template", revision}})));
}

std::optional<Failure> check_configuration(const Config& config) {
  if (!config.router.ok()) return failure(config.router.message());
  return failure_of("fails to create DeployConfig: ", config.deploy.error);
}

}  // namespace

std::optional<Failure> lower_graph(const Object& graph, const Repository& repository, const Profile& profile, Scratch& scratch,
                                   std::vector<Rendered>& out, const std::set<const Object*>* failed, const PodWebhook& webhook) {
  if (auto failure = check_configuration(profile.config)) return failure;
  if (is_stopped(annotations(graph.view()))) return std::nullopt;
  Lowering lowering{repository, profile, scratch, &graph, out};
  ResolvedSteps steps = resolve_steps(graph, repository, profile, failed, lowering.make);
  if (steps.failed) return std::move(steps.failed);
  const View spec = encode_graph_spec(steps.spec, lowering.make);
  if (resolve_mode(annotation(graph.view(), names::kDeploymentMode), profile) == "Standard")
    return lower_standard_graph(graph, spec, webhook, lowering);
  if (auto failure = check_knative_config(repository)) return failure;
  lower_knative_graph(graph, spec, webhook, lowering);
  return std::nullopt;
}

}  // namespace isvcc

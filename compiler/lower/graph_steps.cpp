#include "lower/graph_steps.h"

#include "base/text.h"
#include "kserve/implementation.h"
#include "kserve/names.h"
#include "lower/host.h"
#include "plan/deployment_mode.h"

namespace isvcc {
namespace {

// The last --model_name of a list of arguments; a following argument wins over the text after `=`.
std::string_view model_name_in(View args) {
  std::string_view name;
  for (size_t i = 0; i < args.items().size(); ++i) {
    const std::string_view arg = args.item(i).text();
    if (!starts_with(arg, "--model_name")) continue;
    if (const auto parts = split(arg, '='); parts.size() == 2) name = parts[1];
    const View next = args.item(i + 1);
    if (next && !starts_with(next.text(), "--")) name = next.text();
  }
  return name;
}

View env_value(View container, std::string_view name) { return container["env"].named("name", name)["value"]; }

std::string_view model_name(const Object& service) {
  const View spec = service.view()["spec"], model = spec["predictor"]["model"];
  if (const auto name = model_name_in(spec["transformer"]["containers"].item(0)["args"]); !name.empty()) return name;
  if (model["env"].named("name", "MLSERVER_MODEL_NAME")) return env_value(model, "MLSERVER_MODEL_NAME").text();
  const View serving = model ? model : spec["predictor"]["containers"].item(0);
  const std::string_view name = model_name_in(serving["args"]);
  return name.empty() ? service.name : name;
}

std::string_view protocol_in(View container) {
  const View declared = container["env"].named("name", "PROTOCOL");
  return declared ? declared["value"].text() : "v1";
}

const Object* find_runtime(const Repository& repository, std::string_view namespace_, std::string_view name) {
  const Object* own = repository.find("ServingRuntime", namespace_, name);
  return own ? own : repository.find("ClusterServingRuntime", "", name);
}

struct Protocol {
  std::string_view name;
  std::string error;
};

// With a runtime named by the service, the runtime's list wins over the service's own protocolVersion.
Protocol model_protocol(View model, const Object& service, const Repository& repository) {
  const std::string_view own = model["protocolVersion"].text("v1"), runtime_name = model["runtime"].text();
  if (!model["runtime"]) return {own, {}};
  const Object* runtime = find_runtime(repository, service.namespace_, runtime_name);
  if (!runtime) return {{}, cat("No ServingRuntimes or ClusterServingRuntimes with the name: ", runtime_name)};
  const View listed = runtime->view()["spec"]["protocolVersions"];
  if (listed.items().empty()) return {own, {}};
  for (const View protocol : listed.items())
    if (protocol.text() == "v1" || protocol.text() == "v2") return {protocol.text(), {}};
  return {{}, "the runtime does not support a protocol compatible with Inference Graphs"};
}

// Empty for a multi-model service: the caller adds the model's path.
Protocol protocol_of(const Object& service, const Repository& repository) {
  const View spec = service.view()["spec"], predictor = spec["predictor"];
  if (spec["transformer"]) return {protocol_in(spec["transformer"]["containers"].item(0)), {}};
  if (is_multi_model(predictor)) return {};
  if (predictor["model"]) return model_protocol(predictor["model"], service, repository);
  const View collocated = predictor["containers"].named("name", names::kTransformerContainer);
  return {protocol_in(collocated ? collocated : predictor["containers"].item(0)), {}};
}

std::string path_of(std::string_view protocol, std::string_view model) {
  if (protocol == "v1") return cat("/v1/models/", model, ":predict");
  return protocol == "v2" ? cat("/v2/models/", model, "/infer") : "";
}

std::string entry_name(const Object& service) {
  return service.view()["spec"]["transformer"] ? cat(service.name, "-transformer") : predictor_name(service.view(), service.name);
}

// status.address.url of a ready service.
std::string address_of(const Object& service, const Profile& profile) {
  const Config& config = profile.config;
  const bool standard = deployment_mode_of(service, profile) == "Standard";
  const bool by_component = standard || config.ingress.value.disable_istio_virtual_host;
  const std::string host = service_hostname(by_component ? entry_name(service) : service.name, service.namespace_, profile);
  return cat("http://", host, standard && config.service_cluster_ip_none ? ":8080" : "");
}

// A stopped component never gets ready, and its service neither.
bool is_stopped_somewhere(const Object& service) {
  const View spec = service.view()["spec"];
  return is_stopped(annotations(service.view())) || is_stopped(spec["predictor"]["annotations"]) || is_stopped(spec["transformer"]["annotations"]) ||
         is_stopped(spec["explainer"]["annotations"]);
}

// Rewrites the steps of one graph.
class Resolver {
 public:
  Resolver(const Object& graph, const Repository& repository, const Profile& profile, const std::set<const Object*>* failed, Make make)
      : graph_(graph), repository_(repository), profile_(profile), failed_(failed), make_(make) {}

  ResolvedSteps run() {
    const View spec = graph_.view()["spec"];
    const auto given = spec["nodes"].fields();
    std::vector<Field> nodes(given.begin(), given.end());
    for (Field& f : nodes) f.value = node_of(f.value);
    if (failure_) return {nullptr, std::move(failure_)};
    return {make_.with(spec, "nodes", make_.fields(nodes)), std::nullopt};
  }

 private:
  const Node* node_of(View node) {
    if (node["steps"].items().empty()) return node.node();
    std::vector<const Node*> steps;
    for (const Node* step : node["steps"].items()) steps.push_back(step_of(step));
    return make_.with(node, "steps", make_.list(steps));
  }

  const Node* step_of(View step) {
    const View name = step["serviceName"];
    if (failure_ || name.text().empty()) return step.node();
    const Object* service = repository_.find("InferenceService", graph_.namespace_, name.text());
    if (!service)
      return fail(cat("Failed to find graph service ", name.text(), ": inferenceservices.serving.kserve.io \"", name.text(), "\" not found"), name);
    if (!step["serviceUrl"].text().empty()) return step.node();
    const Endpoint endpoint = is_ready(*service) ? predictor_endpoint(*service, repository_, profile_) : Endpoint{{}, cat("service ", name.text(), " is not ready")};
    if (!endpoint.error.empty()) return fail(cat("service ", name.text(), " is not ready: ", endpoint.error), name);
    return make_.with(step, "serviceUrl", make_.text(endpoint.url));
  }

  bool is_ready(const Object& service) const {
    if ((failed_ && failed_->count(&service)) || is_stopped_somewhere(service)) return false;
    const std::string_view mode = deployment_mode_of(service, profile_);
    if (mode == "ModelMesh") return false;
    const IngressConfig& ingress = profile_.config.ingress.value;
    if (mode == "Standard" || ingress.disable_istio_virtual_host) return true;
    // Without a path KServe makes no VirtualService, and only logs it.
    return generate_path(service.name, service.namespace_, ingress, make_.arena()).error.empty();
  }

  const Node* fail(std::string message, View where) {
    failure_ = failure(std::move(message), where);
    return nullptr;
  }

  const Object& graph_;
  const Repository& repository_;
  const Profile& profile_;
  const std::set<const Object*>* failed_;
  Make make_;
  std::optional<Failure> failure_;
};

}  // namespace

Endpoint predictor_endpoint(const Object& service, const Repository& repository, const Profile& profile) {
  const Protocol protocol = protocol_of(service, repository);
  if (!protocol.error.empty()) return {{}, protocol.error};
  return {cat(address_of(service, profile), path_of(protocol.name, model_name(service))), {}};
}

ResolvedSteps resolve_steps(const Object& graph, const Repository& repository, const Profile& profile, const std::set<const Object*>* failed, Make make) {
  return Resolver(graph, repository, profile, failed, make).run();
}

}  // namespace isvcc

// Istio VirtualService of a Knative service (createIngress, createHTTPMatchRequest, getServiceHost; KServe v0.20.0).
#include <algorithm>

#include "base/text.h"
#include "kserve/names.h"
#include "lower/host.h"
#include "lower/knative_domain.h"
#include "lower/routes.h"

namespace isvcc {
namespace {

constexpr ObjectKind kVirtualService{"networking.istio.io/v1beta1", "VirtualService"};
constexpr std::string_view kExplainPath = "^/v1/models/[\\w-]+:explain$", kPathBasedExplain = "(/v1/models/[\\w-]+:explain)$";

std::string without_first(std::string_view text, std::string_view part) {
  const size_t at = text.find(part);
  if (at == std::string_view::npos) return std::string(text);
  return cat(text.substr(0, at), text.substr(at + part.size()));
}

// The component's host without its role: found as text, wherever it stands first (getServiceHost).
std::string service_host(std::string_view component_host, std::string_view role) {
  const bool old_style = contains(component_host, "-default");
  return without_first(component_host, old_style ? cat('-', role, "-default") : cat('-', role));
}

// A host with or without a port, quoted as regexp.QuoteMeta does.
std::string host_pattern(std::string_view host) {
  std::string out = "^";
  for (const char c : host) {
    if (contains("\\.+*?()|[]{}^$", std::string_view(&c, 1))) out.push_back('\\');
    out.push_back(c);
  }
  return out += "(?::\\d{1,5})?$";
}

// Builds the object of one service.
class Builder {
 public:
  Builder(const ServicePlan& plan, Lowering& lowering)
      : plan_(plan), lowering_(lowering), make_(lowering.make), config_(lowering.ingress()), backends_(backends_of(plan)),
        inside_(service_hostname(plan.name(), plan.namespace_(), lowering.profile)) {
    outside_ = outside_host();
    internal_ = label(plan.isvc, names::kKnativeVisibility).text() == names::kClusterLocal || outside_ == inside_;
    if (!internal_) add_additional_hosts();
    local_gateways_ = make_.list({make_.text(config_.local_gateway), make_.borrowed("mesh")});
    ingress_gateway_ = make_.list({make_.text(config_.ingress_gateway)});
  }

  // Null when the path template cannot be rendered: upstream only logs that.
  const Node* build() {
    std::vector<const Node*> routes;
    if (backends_.explainer) routes.push_back(make_route(host_matches(kExplainPath), nullptr, explainer_name()));
    routes.push_back(make_route(host_matches({}), nullptr, entry_name()));
    if (!config_.path_template.empty() && !add_path_routes(routes)) return nullptr;
    const Node* spec = make_.map({{"hosts", make_hosts()}, {"gateways", make_gateways()}, {"http", make_.list(routes)}});
    const Node* annotations = allowed_entries(make_, isvcc::annotations(plan_.isvc), lowering_.config().inference_service.value.annotation_disallowed);
    return make_object(make_, kVirtualService, make_metadata(make_, plan_.namespace_(), plan_.name(), labels(plan_.isvc).node(), annotations), spec);
  }

 private:
  // In ModelMesh mode KServe makes no predictor, but routes to its name all the same.
  std::string predictor() const { return predictor_name(plan_.isvc, plan_.name()); }
  std::string entry_name() const { return backends_.transformer ? std::string(backends_.transformer->name) : predictor(); }
  std::string explainer_name() const { return std::string(backends_.explainer->name); }

  std::string outside_host() const {
    const ComponentPlan* entry = backends_.entry();
    const std::string host = knative_host(entry_name(), plan_.namespace_(), entry ? View(entry->labels) : View(), lowering_.repository,
                                          lowering_.profile, lowering_.scratch.arena);
    return service_host(host, backends_.transformer ? "transformer" : "predictor");
  }

  void add_additional_hosts() {
    additional_ = additional_hosts(knative_domains(lowering_.repository, lowering_.profile), outside_, config_);
  }

  const Node* make_match(const Node* uri, std::string_view host, const Node* gateways) const {
    return make_.map({{"uri", uri}, {"authority", make_.map({{"regex", make_.text(host_pattern(host))}})}, {"gateways", gateways}});
  }
  const Node* regex_uri(std::string_view pattern) const { return make_.map({{"regex", make_.text(pattern)}}); }

  // A path (none for all) on every host of the service; a host is matched once.
  const Node* host_matches(std::string_view path) const {
    const Node* uri = path.empty() ? nullptr : regex_uri(path);
    std::vector<const Node*> out{make_match(uri, inside_, local_gateways_)};
    if (internal_) return make_.list(out);
    out.push_back(make_match(uri, outside_, ingress_gateway_));
    for (const std::string& host : additional_)
      if (host != outside_) out.push_back(make_match(uri, host, ingress_gateway_));
    return make_.list(out);
  }

  const Node* make_route(const Node* matches, const Node* rewrite, std::string_view backend) const {
    const std::string& gateway = config_.knative_local_gateway_service;
    const Node* destination = make_.map({{"host", gateway.empty() ? nullptr : make_.text(gateway)}, {"port", make_.map({{"number", make_.integer(80)}})}});
    const Node* headers = make_.map({{"Host", make_.text(service_hostname(backend, plan_.namespace_(), lowering_.profile))},
                                     {"KServe-Isvc-Name", make_.borrowed(plan_.name())},
                                     {"KServe-Isvc-Namespace", make_.borrowed(plan_.namespace_())}});
    return make_.map({{"match", matches},
                      {"rewrite", rewrite},
                      {"route", make_.list({make_.map({{"destination", destination}, {"weight", make_.integer(100)}})})},
                      {"headers", make_.map({{"request", make_.map({{"set", headers}})}})}});
  }

  // They name the ingress gateway even when the service is internal.
  bool add_path_routes(std::vector<const Node*>& routes) const {
    const TemplateText rendered = generate_path(plan_.name(), plan_.namespace_(), config_, lowering_.scratch.arena);
    if (!rendered.error.empty()) return report_path(rendered.error);
    std::string_view path = rendered.text;
    if (ends_with(path, "/")) path.remove_suffix(1);
    if (backends_.explainer) routes.push_back(explain_path_route(cat(path, kPathBasedExplain)));
    const Node* prefix = make_match(make_.map({{"prefix", make_.text(cat(path, '/'))}}), config_.ingress_domain, ingress_gateway_);
    const Node* exact = make_match(make_.map({{"exact", make_.text(path)}}), config_.ingress_domain, ingress_gateway_);
    routes.push_back(make_route(make_.list({prefix, exact}), make_.map({{"uri", make_.borrowed("/")}}), entry_name()));
    return true;
  }

  const Node* explain_path_route(std::string_view pattern) const {
    const Node* rewrite = make_.map({{"uriRegexRewrite", make_.map({{"match", make_.text(pattern)}, {"rewrite", make_.borrowed("\\1")}})}});
    return make_route(make_.list({make_match(regex_uri(pattern), config_.ingress_domain, ingress_gateway_)}), rewrite, explainer_name());
  }

  bool report_path(const std::string& error) const {
    lowering_.scratch.diags.report(Code::PathTemplateFails, Stage::Render, plan_.isvc, cat("the path template gives ", plan_.name(), " no path: no VirtualService is made"))
        .upstream_says(error);
    return false;
  }

  const Node* make_gateways() const {
    return make_.list({make_.text(config_.local_gateway), make_.borrowed("mesh"), internal_ ? nullptr : make_.text(config_.ingress_gateway)});
  }

  const Node* make_hosts() const {
    std::vector<std::string> hosts{inside_};
    if (!internal_) hosts.push_back(outside_);
    if (!config_.path_template.empty()) hosts.push_back(config_.ingress_domain);
    const size_t own = hosts.size();
    for (const std::string& host : additional_)
      if (std::find(hosts.begin(), hosts.begin() + static_cast<long>(own), host) == hosts.begin() + static_cast<long>(own)) hosts.push_back(host);
    return make_.texts(hosts);
  }

  const ServicePlan& plan_;
  Lowering& lowering_;
  Make make_;
  const IngressConfig& config_;
  Backends backends_;
  std::string inside_, outside_;
  bool internal_ = false;
  std::vector<std::string> additional_;
  const Node* local_gateways_ = nullptr;
  const Node* ingress_gateway_ = nullptr;
};

// A missing predictor is ModelMesh's affair and counts as ready.
bool can_be_routed(const ServicePlan& plan) {
  const Backends b = backends_of(plan);
  for (const ComponentPlan* c : {b.predictor, b.transformer, b.explainer})
    if (c && is_stopped(c->annotations)) return false;
  return true;
}

}  // namespace

void lower_virtual_service(const ServicePlan& plan, Lowering& lowering) {
  if (!lowering.profile.installed("VirtualService") || !can_be_routed(plan)) return;
  if (const Node* made = Builder(plan, lowering).build()) lowering.emit(made);
}

}  // namespace isvcc

// Gateway API HTTPRoutes of a Standard service (httproute_reconciler.go, KServe v0.20.0).
#include <algorithm>

#include "base/text.h"
#include "kserve/names.h"
#include "lower/host.h"
#include "lower/routes.h"
#include "lower/standard.h"

namespace isvcc {
namespace {

constexpr ObjectKind kHttpRoute{"gateway.networking.k8s.io/v1", "HTTPRoute"};
constexpr std::string_view kAnyPath = "^/.*$", kGrpcPath = "^/inference\\.GRPCInferenceService/.*$";
constexpr std::string_view kExplainPath = "^/v1/models/[\\w-]+:explain$", kPathBasedExplain = "(/v1/models/[\\w-]+:explain)$";

// Builds all routes of one service; what they share is made once.
class RouteBuilder {
 public:
  RouteBuilder(const ServicePlan& plan, Lowering& lowering)
      : plan_(plan), lowering_(lowering), make_(lowering.make), backends_(backends_of(plan)), filters_(make_filters()), parents_(make_parents()) {
    const InferenceServiceConfig& config = lowering.config().inference_service.value;
    labels_ = allowed_entries(make_, isvcc::labels(plan.isvc), config.label_disallowed);
    annotations_ = allowed_entries(make_, isvcc::annotations(plan.isvc), config.annotation_disallowed);
  }

  std::optional<Failure> build() {
    for (const auto& [component, word] : {std::pair{backends_.predictor, "predictor"}, {backends_.transformer, "transformer"}, {backends_.explainer, "explainer"}})
      if (becomes_ready(component, lowering_.profile))
        if (auto failed = component_route(*component, word)) return failed;
    return everything_ready() ? service_route() : std::nullopt;
  }

 private:
  bool everything_ready() const {
    const auto ready = [&](const ComponentPlan* c) { return !c || becomes_ready(c, lowering_.profile); };
    return becomes_ready(backends_.predictor, lowering_.profile) && ready(backends_.transformer) && ready(backends_.explainer);
  }

  const Node* make_header(std::string_view name, std::string_view value) const {
    return make_.map({{"name", make_.borrowed(name)}, {"value", make_.borrowed(value)}});
  }

  const Node* make_filters() const {
    const Node* headers = make_.list({make_header("KServe-Isvc-Name", plan_.name()), make_header("KServe-Isvc-Namespace", plan_.namespace_())});
    return make_.list({make_.map({{"type", make_.borrowed("RequestHeaderModifier")}, {"requestHeaderModifier", make_.map({{"set", headers}})}})});
  }

  // The configuration was checked: two DNS labels.
  const Node* make_parents() const {
    const std::string_view gateway = lowering_.ingress().kserve_ingress_gateway;
    const size_t slash = std::min(gateway.find('/'), gateway.size() - 1);
    return make_.list({make_.map({{"group", make_.borrowed("gateway.networking.k8s.io")},
                                  {"kind", make_.borrowed("Gateway")},
                                  {"namespace", make_.text(gateway.substr(0, slash))},
                                  {"name", make_.text(gateway.substr(slash + 1))}})});
  }

  const Node* path_match(std::string_view pattern, const Node* headers = nullptr) const {
    const Node* path = make_.map({{"type", make_.borrowed("RegularExpression")}, {"value", make_.text(pattern)}});
    return make_.list({make_.map({{"path", path}, {"headers", headers}})});
  }

  const Node* grpc_match() const {
    return path_match(kGrpcPath, make_.list({make_.map({{"type", make_.borrowed("RegularExpression")},
                                                        {"name", make_.borrowed("content-type")},
                                                        {"value", make_.borrowed("^application/grpc.*")}})}));
  }

  const Node* timeouts(const ComponentPlan& c) const {
    if (lowering_.ingress().disable_http_route_timeout) return nullptr;
    const View given = c.extension["timeout"];
    return make_.map({{"request", make_.at(given).text(cat(given.integer().value_or(60), 's'))}});
  }

  const Node* make_rule(const Node* matches, const ComponentPlan& to, const Node* port) const {
    const Node* backend = make_.map({{"kind", make_.borrowed("Service")},
                                     {"name", make_.borrowed(to.name)},
                                     {"namespace", make_.borrowed(to.namespace_)},
                                     {"port", port}});
    return make_.map({{"matches", matches}, {"filters", filters_}, {"backendRefs", make_.list({backend})}, {"timeouts", timeouts(to)}});
  }
  const Node* make_rule(std::string_view pattern, const ComponentPlan& to) const { return make_rule(path_match(pattern), to, make_.integer(80)); }

  // A component that speaks both protocols on its Service gets a rule for each.
  void add_component_rules(const ComponentPlan& c, std::vector<const Node*>& rules) const {
    const View ports = default_service_ports(c, make_);
    const View grpc = first_port(ports, true), rest = first_port(ports, false);
    if (!grpc || !rest) return rules.push_back(make_rule(kAnyPath, c));
    rules.push_back(make_rule(grpc_match(), c, grpc.node()));
    rules.push_back(make_rule(path_match(kAnyPath), c, rest.node()));
  }

  static View first_port(View ports, bool grpc) {
    for (const View port : ports.items()) {
      const std::string name = to_lower(port["name"].text());
      const bool is_grpc = port["appProtocol"] || contains(name, "grpc") || contains(name, "h2c");
      if (is_grpc == grpc) return port["port"];
    }
    return {};
  }

  TemplateText host_of(std::string_view name) const {
    const HostSubject subject{plan_.namespace_(), isvcc::labels(plan_.isvc), isvcc::annotations(plan_.isvc)};
    return generate_host(name, subject, lowering_.ingress(), lowering_.scratch.arena);
  }

  void emit(std::string_view name, const std::vector<const Node*>& hosts, const std::vector<const Node*>& rules) {
    const Node* spec = make_.map({{"parentRefs", parents_}, {"hostnames", make_.list(hosts)}, {"rules", make_.list(rules)}});
    lowering_.emit(make_object(make_, kHttpRoute, make_metadata(make_, plan_.namespace_(), name, labels_, annotations_), spec));
  }

  std::optional<Failure> component_route(const ComponentPlan& c, std::string_view word) {
    const TemplateText host = host_of(c.name);
    if (!host.error.empty()) return failure(cat("fails to reconcile ingress: failed to generate ", word, " ingress host: ", host.error));
    std::vector<const Node*> rules;
    add_component_rules(c, rules);
    emit(c.name, {make_.text(host.text)}, rules);
    return std::nullopt;
  }

  void add_additional_hosts(const std::string& own, std::vector<const Node*>& hosts) const {
    for (const std::string& host : additional_hosts({lowering_.ingress().ingress_domain}, own, lowering_.ingress()))
      if (host != own) hosts.push_back(make_.text(host));
  }

  // Regular expressions without an anchor: the backend gets the path unchanged.
  void add_path_rules(std::string_view path, std::vector<const Node*>& rules) const {
    if (ends_with(path, "/")) path.remove_suffix(1);
    if (backends_.explainer) rules.push_back(make_rule(cat(path, kPathBasedExplain), *backends_.explainer));
    rules.push_back(make_rule(cat(path, '/'), *backends_.entry()));
  }

  std::optional<Failure> service_route() {
    const TemplateText host = host_of(plan_.name());
    if (!host.error.empty()) return failure(cat("fails to reconcile ingress: failed to generate top level ingress host: ", host.error));
    std::vector<const Node*> hosts{make_.text(host.text)}, rules;
    add_additional_hosts(host.text, hosts);
    if (backends_.explainer) rules.push_back(make_rule(kExplainPath, *backends_.explainer));
    add_component_rules(*backends_.entry(), rules);
    if (!lowering_.ingress().path_template.empty()) {
      const TemplateText path = generate_path(plan_.name(), plan_.namespace_(), lowering_.ingress(), lowering_.scratch.arena);
      if (!path.error.empty()) return failure(cat("fails to reconcile ingress: failed to generate URL from pathTemplate: ", path.error));
      hosts.push_back(make_.text(lowering_.ingress().ingress_domain));
      add_path_rules(path.text, rules);
    }
    emit(plan_.name(), hosts, rules);
    return std::nullopt;
  }

  const ServicePlan& plan_;
  Lowering& lowering_;
  Make make_;
  Backends backends_;
  const Node* filters_;
  const Node* parents_;
  const Node* labels_ = nullptr;
  const Node* annotations_ = nullptr;
};

}  // namespace

std::optional<Failure> lower_http_routes(const ServicePlan& plan, Lowering& lowering) { return RouteBuilder(plan, lowering).build(); }

}  // namespace isvcc

// Kubernetes Ingress of a Standard service (kube_ingress_reconciler.go, KServe v0.20.0). Its annotations are all of the service's.
#include "base/text.h"
#include "lower/host.h"
#include "lower/routes.h"

namespace isvcc {
namespace {

constexpr ObjectKind kIngress{"networking.k8s.io/v1", "Ingress"};

// Host of `host_of` (of the service when null) to the Service of `backend`.
struct Rule {
  const ComponentPlan* host_of;
  const ComponentPlan* backend;
  std::string_view what;  // upstream's word for the host in an error
};

// Two rows are upstream's mistakes: the transformer's host leads to the predictor, and with both a transformer and an explainer
// the explainer is given the transformer's host.
std::vector<Rule> rules_of(const Backends& b) {
  if (b.transformer && b.explainer)
    return {{b.transformer, b.explainer, "transformer"}, {nullptr, b.transformer, "top level transformer"},
            {b.transformer, b.predictor, "transformer"}, {b.predictor, b.predictor, "predictor"}};
  if (b.transformer)
    return {{nullptr, b.transformer, "top level transformer"}, {b.transformer, b.predictor, "transformer"}, {b.predictor, b.predictor, "predictor"}};
  if (b.explainer)
    return {{nullptr, b.predictor, "top level explainer"}, {b.explainer, b.explainer, "explainer"}, {b.predictor, b.predictor, "predictor"}};
  return {{nullptr, b.predictor, "top level predictor"}, {b.predictor, b.predictor, "predictor"}};
}

// An explainer beside a transformer is not waited for.
bool can_be_routed(const Backends& b, const Profile& profile) {
  if (!becomes_ready(b.predictor, profile)) return false;
  if (b.transformer) return becomes_ready(b.transformer, profile);
  return !b.explainer || becomes_ready(b.explainer, profile);
}

const Node* make_rule(Make make, std::string_view host, std::string_view service) {
  const Node* backend =
      make.map({{"service", make.map({{"name", make.borrowed(service)}, {"port", make.map({{"number", make.integer(80)}})}})}});
  const Node* path = make.map({{"path", make.borrowed("/")}, {"pathType", make.borrowed("Prefix")}, {"backend", backend}});
  return make.map({{"host", make.text(host)}, {"http", make.map({{"paths", make.list({path})}})}});
}

std::optional<Failure> host_failure(const Rule& rule, const TemplateText& host) {
  if (host.error.empty()) return std::nullopt;
  return failure(cat("fails to reconcile ingress: failed creating ", rule.what, " ingress host: ", host.error));
}

}  // namespace

std::optional<Failure> lower_ingress(const ServicePlan& plan, Lowering& lowering) {
  const Backends backends = backends_of(plan);
  if (!can_be_routed(backends, lowering.profile)) return std::nullopt;
  const Make& make = lowering.make;
  const HostSubject subject{plan.namespace_(), labels(plan.isvc), annotations(plan.isvc)};
  std::vector<const Node*> rules;
  for (const Rule& rule : rules_of(backends)) {
    const TemplateText host = generate_host(rule.host_of ? rule.host_of->name : plan.name(), subject, lowering.ingress(), lowering.scratch.arena);
    if (auto failed = host_failure(rule, host)) return failed;
    rules.push_back(make_rule(make, host.text, rule.backend->name));
  }
  const auto& ingress_class = lowering.ingress().ingress_class_name;
  const Node* spec = make.map({{"ingressClassName", ingress_class ? make.text(*ingress_class) : nullptr}, {"rules", make.list(rules)}});
  const Node* metadata = make_metadata(make, plan.namespace_(), plan.name(), nullptr, annotations(plan.isvc).node());
  lowering.emit(make_object(make, kIngress, metadata, spec));
  return std::nullopt;
}

}  // namespace isvcc

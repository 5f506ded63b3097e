// Names of Secrets, ConfigMaps, ServiceAccounts and volume claims that a pod needs and nobody defines.
#include <algorithm>

#include "base/edit_distance.h"
#include "base/text.h"
#include "lint/checks.h"

namespace isvcc {
namespace {

struct Reference {
  std::string_view kind;
  View name;      // the text that names it
  View optional;  // the object that may say `optional: true`
};

void add(std::vector<Reference>& out, std::string_view kind, View holder, std::string_view field) {
  if (!holder[field].text().empty() && !holder["optional"].is_true()) out.push_back({kind, holder[field], holder});
}

void add_env(std::vector<Reference>& out, View container) {
  for (const Node* entry : container["env"].items()) {
    const View from = View(entry)["valueFrom"];
    add(out, "Secret", from["secretKeyRef"], "name");
    add(out, "ConfigMap", from["configMapKeyRef"], "name");
  }
  for (const Node* entry : container["envFrom"].items()) {
    add(out, "Secret", View(entry)["secretRef"], "name");
    add(out, "ConfigMap", View(entry)["configMapRef"], "name");
  }
}

void add_volumes(std::vector<Reference>& out, View pod) {
  for (const Node* node : pod["volumes"].items()) {
    const View volume = node;
    add(out, "Secret", volume["secret"], "secretName");
    add(out, "ConfigMap", volume["configMap"], "name");
    add(out, "PersistentVolumeClaim", volume["persistentVolumeClaim"], "claimName");
    for (const Node* source : volume["projected"]["sources"].items()) {
      add(out, "Secret", View(source)["secret"], "name");
      add(out, "ConfigMap", View(source)["configMap"], "name");
    }
  }
}

std::vector<Reference> references_of(const RenderedPod& pod) {
  std::vector<Reference> out;
  for (const View container : pod.containers) add_env(out, container);
  add_volumes(out, pod.spec);
  for (const Node* secret : pod.spec["imagePullSecrets"].items()) add(out, "Secret", secret, "name");
  return out;
}

bool is_rendered(const Reference& r, std::span<const Manifest> manifests) {
  return std::any_of(manifests.begin(), manifests.end(), [&](const Manifest& m) { return m.kind == r.kind && m.name == r.name.text(); });
}

Code code_for(std::string_view kind) {
  if (kind == "Secret") return Code::UnknownSecret;
  if (kind == "ConfigMap") return Code::UnknownConfigMap;
  return Code::UnknownClaim;
}

void report(const Reference& r, const ServicePlan& plan, const LintContext& context, Scratch& scratch) {
  std::vector<std::string_view> known;
  for (const Object* o : context.repository.in_namespace(r.kind, plan.namespace_())) known.push_back(o->name);
  const View where = span_of(r.name).file ? r.name : metadata(plan.service->view())["name"];
  Diagnostic& d = scratch.diags.report(code_for(r.kind), Stage::Reference, where,
                                       cat("no ", r.kind, " named ", quote(r.name.text()), " in namespace ", quote(plan.namespace_()), " among the sources"));
  if (!context.repository.has_kind(r.kind)) d.as(Severity::Note);
  if (const std::string_view near = nearest(r.name.text(), known); !near.empty()) d.hinting(cat("did you mean ", quote(near), "?"));
}

}  // namespace

void check_references(const LintedService& service, const LintContext& context, Scratch& scratch) {
  const ServicePlan& plan = service.plan;
  std::vector<std::pair<std::string_view, std::string_view>> seen;
  for (const RenderedPod& pod : service.pods)
    for (const Reference& r : references_of(pod)) {
      const std::pair id(r.kind, r.name.text());
      if (std::find(seen.begin(), seen.end(), id) != seen.end()) continue;
      seen.push_back(id);
      if (plan.multi_model && r.name.text() == cat("modelconfig-", plan.name(), "-0")) continue;  // rendered with the TrainedModels
      if (!is_rendered(r, service.manifests) && !context.repository.find(r.kind, plan.namespace_(), r.name.text())) report(r, plan, context, scratch);
    }
}

}  // namespace isvcc

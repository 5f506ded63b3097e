#include "lint/api_rules.h"

#include <charconv>
#include <climits>

#include "base/seen_texts.h"
#include "base/text.h"
#include "lint/api_breaches.h"
#include "ops/field_error.h"

namespace isvcc {
namespace {

const Path kRoot;

// ---- workloads

// Every label the selector asks for is on the pods.
void check_selector(View object, const Path& template_path, const Breaches& out) {
  const View wanted = object["spec"]["selector"]["matchLabels"], labels = object["spec"]["template"]["metadata"]["labels"];
  if (wanted.fields().empty() && object["spec"]["selector"]["matchExpressions"].items().empty()) return;
  for (const Field& f : wanted.fields())
    if (labels[f.key()].text() != View(f.value).text() || !labels[f.key()])
      return out.invalid(labels ? labels : object["spec"]["template"], template_path.key("metadata").key("labels"), field_error::shown(labels),
                         "`selector` does not match template `labels`", cat("the selector asks for ", f.key(), '=', View(f.value).text(), ", which the pods' labels do not have"));
}

void check_workload(View object, const Breaches& out) {
  const View spec = object["spec"];
  const Path path = kRoot.key("spec"), template_ = path.key("template");
  if (!spec["selector"]) out.required(spec ? spec : object, path.key("selector"));
  out.not_negative(spec["replicas"], path.key("replicas"));
  check_selector(object, template_, out);
  out.labels(spec["template"]["metadata"], template_);
  out.annotations(spec["template"]["metadata"], template_);
  check_pod(spec["template"]["spec"], template_.key("spec"), {"Always"}, out, spec["volumeClaimTemplates"]);
}

// Of "25%"; the API server's own words check the form.
std::optional<int> percent(View value) {
  int number = 0;
  const std::string_view text = value.text();
  if (!is_valid_name(NameForm::Percent, text)) return std::nullopt;
  const bool fits = std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc();
  return fits ? number : INT_MAX;
}

void check_amount(View value, const Path& path, const Breaches& out) {
  if (value.is_text()) out.name(value, path, NameForm::Percent);
  else out.not_negative(value, path);
}

// ValidateDeploymentStrategy; what is not said is 25%.
void check_strategy(View strategy, const Path& path, const Breaches& out) {
  const Path rolling = path.key("rollingUpdate"), missing = rolling.key("maxUnavailable");
  const View update = strategy["rollingUpdate"], surge = update["maxSurge"], unavailable = update["maxUnavailable"];
  if (strategy["type"].text() == "Recreate" && update.is_map()) return out.forbidden(update, rolling, "may not be specified when strategy `type` is 'Recreate'");
  check_amount(surge, rolling.key("maxSurge"), out);
  check_amount(unavailable, missing, out);
  const auto surging = percent(surge), lacking = percent(unavailable);
  if ((surge.integer() == 0 || surging == 0) && (unavailable.integer() == 0 || lacking == 0))
    out.invalid(unavailable, missing, field_error::shown(unavailable), "may not be 0 when `maxSurge` is 0", "maxSurge and maxUnavailable are both 0: no pod could be replaced");
  if (lacking.value_or(0) > 100)
    out.invalid(unavailable, missing, field_error::shown(unavailable), "must not be greater than 100%", cat("maxUnavailable ", unavailable.text(), " is more than all pods"));
}

void check_deployment(View object, const Breaches& out) {
  check_workload(object, out);
  if (const View strategy = object["spec"]["strategy"]) check_strategy(strategy, kRoot.key("spec").key("strategy"), out);
}

void check_job(View object, const Breaches& out) {
  const View pod = object["spec"]["template"]["spec"];
  const Path spec = kRoot.key("spec"), template_ = spec.key("template"), path = template_.key("spec");
  const std::string_view restart = pod["restartPolicy"].text();
  if (restart.empty() || restart == "Always") out.required(pod, path.key("restartPolicy"), "valid values: \"OnFailure\", \"Never\"");
  check_pod(pod, path, {}, out);
}

// Not refused itself, but the StatefulSets that its controller makes of it.
void check_groups(View object, const Breaches& out) {
  const Path path = kRoot.key("spec"), group = path.key("leaderWorkerTemplate");
  for (const std::string_view role : {"leaderTemplate", "workerTemplate"}) {
    const Path at = group.key(role);
    if (const View pod = object["spec"]["leaderWorkerTemplate"][role]["spec"]) check_pod(pod, at.key("spec"), {"Always"}, out);
  }
}

void check_bare_pod(View object, const Breaches& out) {
  if (object["spec"]) check_pod(object["spec"], kRoot.key("spec"), {}, out);
}

// ---- network

void check_service_ports(View spec, const Path& path, const Breaches& out) {
  const View list = spec["ports"];
  const Path ports = path.key("ports");
  const size_t count = list.items().size();
  SeenTexts names;
  for (size_t i = 0; i < count; ++i) {
    const View port = list.item(i);
    const Path at = ports.index(i);
    if (!port["port"]) out.required(port, at.key("port"));
    out.port(port["port"], at.key("port"));
    const View target = port["targetPort"];
    const bool as_port = target.integer() == 0 || (target.is_text() && target.text().empty());  // the default
    if (!as_port) out.port(target, at.key("targetPort"));
    out.one_of_or_empty(port["protocol"], at.key("protocol"), {"SCTP", "TCP", "UDP"});
    if (count > 1 && port["name"].text().empty()) out.required(port, at.key("name"));
    else if (!port["name"].text().empty()) out.name(port["name"], at.key("name"), NameForm::Dns1123Label);
    if (!port["name"].text().empty() && !names.is_fresh(port["name"].text())) out.duplicate(port["name"], at.key("name"));
  }
}

void check_service(View object, const Breaches& out) {
  const View spec = object["spec"];
  const Path path = kRoot.key("spec");
  out.name(object["metadata"]["name"], kRoot.key("metadata").key("name"), NameForm::Dns1035Label);
  out.one_of_or_empty(spec["type"], path.key("type"), {"ClusterIP", "ExternalName", "LoadBalancer", "NodePort"});
  const bool external = spec["type"].text() == "ExternalName", headless = spec["clusterIP"].text() == "None";
  if (external && spec["externalName"].text().empty()) out.required(spec, path.key("externalName"));
  if (!external && !headless && spec["ports"].items().empty()) out.required(spec ? spec : object, path.key("ports"));
  check_service_ports(spec, path, out);
}

void check_ingress_path(View entry, const Path& path, const Breaches& out) {
  if (!entry["pathType"]) return out.required(entry, path.key("pathType"), "pathType must be specified");
  out.one_of(entry["pathType"], path.key("pathType"), {"Exact", "ImplementationSpecific", "Prefix"});
  const std::string_view text = entry["path"].text();
  if (entry["pathType"].text() != "ImplementationSpecific" && !starts_with(text, "/"))
    out.invalid(entry["path"] ? entry["path"] : entry, path.key("path"), go_quote(text), "must be an absolute path", cat("path ", quote(text), " does not begin with a slash"));
}

void check_ingress(View object, const Breaches& out) {
  const View written = object["spec"]["rules"];
  const Path spec = kRoot.key("spec"), rules = spec.key("rules");
  for (size_t i = 0; i < written.items().size(); ++i) {
    const View list = written.item(i)["http"]["paths"];
    const Path rule = rules.index(i), http = rule.key("http"), paths = http.key("paths");
    for (size_t j = 0; j < list.items().size(); ++j) check_ingress_path(list.item(j), paths.index(j), out);
  }
}

// ---- the rest

void check_autoscaler(View object, const Breaches& out) {
  const View spec = object["spec"], least = spec["minReplicas"], most = spec["maxReplicas"];
  const Path path = kRoot.key("spec");
  if (!most) out.required(spec ? spec : object, path.key("maxReplicas"));
  if (const auto number = most.integer(); number && *number < 1)
    out.invalid(most, path.key("maxReplicas"), cat(*number), "must be greater than 0", "maxReplicas must be at least 1");
  if (least.integer() && most.integer() && *least.integer() > *most.integer())
    out.invalid(least, path.key("maxReplicas"), cat(*most.integer()), "must be greater than or equal to `minReplicas`",
                cat("minReplicas ", *least.integer(), " is above maxReplicas ", *most.integer()));
  for (const std::string_view field : {"kind", "name"})
    if (spec["scaleTargetRef"] && spec["scaleTargetRef"][field].text().empty()) out.required(spec["scaleTargetRef"], path.key("scaleTargetRef").key(field));
}

void check_keys(View object, std::string_view field, const Breaches& out) {
  const Path path = kRoot.key(field);
  for (const Field& f : object[field].fields())
    for (const std::string& problem : name_problems(NameForm::ConfigMapKey, f.key()))
      out.invalid(f.value, path.entry(f.key()), go_quote(f.key()), problem, cat("key ", quote(f.key()), ": ", problem));
}

void check_config_map(View object, const Breaches& out) {
  for (const std::string_view field : {"data", "binaryData", "stringData"}) check_keys(object, field, out);
}

void check_claim(View object, const Breaches& out) {
  const View spec = object["spec"], list = spec["accessModes"];
  const Path path = kRoot.key("spec"), modes = path.key("accessModes");
  if (list.items().empty()) out.required(spec ? spec : object, modes, "at least 1 access mode is required");
  for (size_t i = 0; i < list.items().size(); ++i)
    out.one_of(list.item(i), modes, {"ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"});
  if (spec && !spec["resources"]["requests"]["storage"]) out.required(spec, path.key("resources").entry("storage"));
}

struct KindRule {
  std::string_view api_version, kind;
  void (*check)(View object, const Breaches& out);
};
constexpr KindRule kRules[] = {
    {"apps/v1", "Deployment", check_deployment},
    {"apps/v1", "StatefulSet", check_workload},
    {"apps/v1", "DaemonSet", check_workload},
    {"batch/v1", "Job", check_job},
    {"leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet", check_groups},
    {"v1", "Pod", check_bare_pod},
    {"v1", "Service", check_service},
    {"v1", "ConfigMap", check_config_map},
    {"v1", "Secret", check_config_map},
    {"v1", "PersistentVolumeClaim", check_claim},
    {"networking.k8s.io/v1", "Ingress", check_ingress},
    {"autoscaling/v2", "HorizontalPodAutoscaler", check_autoscaler},
    {"autoscaling/v1", "HorizontalPodAutoscaler", check_autoscaler},
};

}  // namespace

void for_each_breach(View object, const TellBreach& tell, View admitted) {
  const std::string_view api_version = object["apiVersion"].text(), kind = object["kind"].text();
  for (const KindRule& rule : kRules)
    if (rule.kind == kind && rule.api_version == api_version) rule.check(object, Breaches(tell, admitted));
}

}  // namespace isvcc

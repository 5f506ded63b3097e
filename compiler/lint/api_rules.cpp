#include "lint/api_rules.h"

#include <charconv>
#include <climits>

#include "base/text.h"
#include "lint/api_breaches.h"
#include "ops/field_error.h"

namespace isvcc {
namespace {

const Path kRoot;

// ---- workloads

// Every label the selector asks for is on the pods.
void check_selector(View object, const Path& template_path, const Breaches& out) {
  const View selector = object["spec"]["selector"], wanted = selector["matchLabels"], labels = object["spec"]["template"]["metadata"]["labels"];
  check_label_selector(selector, kRoot.key("spec").key("selector"), out);
  if (selector && wanted.fields().empty() && selector["matchExpressions"].items().empty())
    return out.invalid(selector, kRoot.key("spec").key("selector"), "{}", cat("empty selector is invalid for ", to_lower(object["kind"].text())), "an empty selector would take all pods");
  for (const Field& f : wanted.fields())
    if (labels[f.key()].text() != View(f.value).text() || !labels[f.key()])
      return out.invalid(labels ? labels : object["spec"]["template"], template_path.key("metadata").key("labels"), field_error::shown(labels),
                         "`selector` does not match template `labels`", cat("the selector asks for ", f.key(), '=', View(f.value).text(), ", which the pods' labels do not have"));
}

void check_workload(View object, const Breaches& out) {
  const View spec = object["spec"];
  const Path path = kRoot.key("spec"), template_ = path.key("template");
  if (!spec["selector"]) out.required(spec ? spec : object, path.key("selector"));
  for (const std::string_view number : {"replicas", "minReadySeconds"}) out.not_negative(spec[number], path.key(number));
  check_selector(object, template_, out);
  out.labels(spec["template"]["metadata"], template_);
  out.annotations(spec["template"]["metadata"], template_);
  check_pod({.pod = spec["template"]["spec"], .claims = spec["volumeClaimTemplates"]}, template_.key("spec"), {"Always"}, out);
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

// As Go prints its own form of it.
std::string shown_strategy(View strategy) {
  const View update = strategy["rollingUpdate"];
  auto amount = [&](std::string_view field) { return update[field] ? field_error::shown(update[field]) : "0"; };
  const std::string rolling = update.is_map() ? cat("{\"MaxUnavailable\":", amount("maxUnavailable"), ",\"MaxSurge\":", amount("maxSurge"), '}') : "null";
  return cat("{\"Type\":", go_quote(strategy["type"].text()), ",\"RollingUpdate\":", rolling, '}');
}

// ValidateDeploymentStrategy; what is not said is 25%.
void check_strategy(View strategy, const Path& path, const Breaches& out) {
  const Path rolling = path.key("rollingUpdate"), missing = rolling.key("maxUnavailable");
  const View update = strategy["rollingUpdate"], surge = update["maxSurge"], unavailable = update["maxUnavailable"];
  const std::string_view type = strategy["type"].text();
  if (!type.empty() && type != "Recreate" && type != "RollingUpdate") return out.unsupported(strategy["type"], path, shown_strategy(strategy), {"Recreate", "RollingUpdate"});
  if (type == "Recreate" && update.is_map()) return out.forbidden(update, rolling, "may not be specified when strategy `type` is 'Recreate'");
  check_amount(surge, rolling.key("maxSurge"), out);
  check_amount(unavailable, missing, out);
  const auto surging = percent(surge), lacking = percent(unavailable);
  if ((surge.integer() == 0 || surging == 0) && (unavailable.integer() == 0 || lacking == 0))
    out.invalid(unavailable, missing, field_error::shown(unavailable), "may not be 0 when `maxSurge` is 0", "maxSurge and maxUnavailable are both 0: no pod could be replaced");
  if (lacking.value_or(0) > 100)
    out.invalid(unavailable, missing, field_error::shown(unavailable), "must not be greater than 100%", cat("maxUnavailable ", unavailable.text(), " is more than all pods"));
}

void check_deployment(View object, const Breaches& out) {
  const View spec = object["spec"], deadline = spec["progressDeadlineSeconds"];
  const Path path = kRoot.key("spec");
  check_workload(object, out);
  for (const std::string_view number : {"revisionHistoryLimit", "progressDeadlineSeconds"}) out.not_negative(spec[number], path.key(number));
  if (const View strategy = spec["strategy"]) check_strategy(strategy, path.key("strategy"), out);
  if (deadline.integer() && *deadline.integer() <= spec["minReadySeconds"].integer().value_or(0))
    out.invalid(deadline, path.key("progressDeadlineSeconds"), cat(*deadline.integer()), "must be greater than minReadySeconds", "progressDeadlineSeconds is not above minReadySeconds");
}

void check_stateful_set(View object, const Breaches& out) {
  const View spec = object["spec"], list = spec["volumeClaimTemplates"];
  const Path path = kRoot.key("spec"), claims = path.key("volumeClaimTemplates");
  check_workload(object, out);
  out.one_of_or_empty(spec["podManagementPolicy"], path.key("podManagementPolicy"), {"OrderedReady", "Parallel"});
  if (!spec["serviceName"].text().empty()) out.name(spec["serviceName"], path.key("serviceName"), NameForm::Dns1123Label);
  for (size_t i = 0; i < list.items().size(); ++i) {
    const Path at = claims.index(i);
    check_claim_spec(list.item(i)["spec"], list.item(i), at.key("spec"), out);
  }
}

void check_job(View object, const Breaches& out) {
  const View pod = object["spec"]["template"]["spec"];
  const Path spec = kRoot.key("spec"), template_ = spec.key("template"), path = template_.key("spec");
  const std::string_view restart = pod["restartPolicy"].text();
  if (restart.empty() || restart == "Always") out.required(pod, path.key("restartPolicy"), "valid values: \"OnFailure\", \"Never\"");
  for (const std::string_view number : {"backoffLimit", "parallelism", "completions", "activeDeadlineSeconds", "ttlSecondsAfterFinished"}) out.not_negative(object["spec"][number], spec.key(number));
  check_pod({.pod = pod}, path, {}, out);
}

// Not refused itself, but the StatefulSets that its controller makes of it.
void check_groups(View object, const Breaches& out) {
  const Path path = kRoot.key("spec"), group = path.key("leaderWorkerTemplate");
  for (const std::string_view role : {"leaderTemplate", "workerTemplate"}) {
    const Path at = group.key(role);
    if (const View pod = object["spec"]["leaderWorkerTemplate"][role]["spec"]) check_pod({.pod = pod}, at.key("spec"), {"Always"}, out);
  }
}

// Not refused itself, but the Deployments of its revisions. Knative completes probes that say too little.
void check_knative(View object, const Breaches& out) {
  const View pod = object["spec"]["template"]["spec"];
  const Path path = kRoot.key("spec"), template_ = path.key("template");
  if (pod) check_pod({.pod = pod, .probed = false}, template_.key("spec"), {"Always"}, out);
}

void check_bare_pod(View object, const Breaches& out) {
  if (object["spec"]) check_pod({.pod = object["spec"]}, kRoot.key("spec"), {}, out);
}

// ---- the rest

void check_keys(View object, std::string_view field, const Breaches& out) {
  const Path path = kRoot.key(field);
  for (const Field& f : object[field].fields())
    for (const std::string& problem : name_problems(NameForm::ConfigMapKey, f.key()))
      out.invalid(f.value, path.entry(f.key()), go_quote(f.key()), problem, cat("key ", quote(f.key()), ": ", problem));
}

void check_config_map(View object, const Breaches& out) {
  for (const std::string_view field : {"data", "binaryData", "stringData"}) check_keys(object, field, out);
}

void check_claim(View object, const Breaches& out) { check_claim_spec(object["spec"], object, kRoot.key("spec"), out); }

struct KindRule {
  std::string_view api_version, kind;
  void (*check)(View object, const Breaches& out);
};
constexpr KindRule kRules[] = {
    {"apps/v1", "Deployment", check_deployment},
    {"apps/v1", "StatefulSet", check_stateful_set},
    {"apps/v1", "DaemonSet", check_workload},
    {"batch/v1", "Job", check_job},
    {"leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet", check_groups},
    {"serving.knative.dev/v1", "Service", check_knative},
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

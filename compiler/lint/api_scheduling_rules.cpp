// Where pods may go: validateAffinity, ValidateTolerations, validateTopologySpreadConstraints, ValidateLabelSelector.
#include <algorithm>

#include "base/text.h"
#include "lint/api_breaches.h"
#include "ops/field_error.h"

namespace isvcc {
namespace {

void check_weight(View term, const Path& path, const Breaches& out) {
  const auto weight = term["weight"].integer();
  if (weight.value_or(0) < 1 || *weight > 100)
    out.invalid(term["weight"] ? term["weight"] : term, path.key("weight"), cat(weight.value_or(0)), "must be in the range 1-100", cat(quote(path.key("weight").text()), " is not between 1 and 100"));
}

// ValidateNodeSelectorRequirement
void check_node_requirement(View requirement, const Path& path, bool strict, const Breaches& out) {
  const View values = requirement["values"];
  const std::string_view operation = requirement["operator"].text();
  const Path at = path.key("values");
  if (operation == "In" || operation == "NotIn") {
    if (values.items().empty()) out.required(requirement, at, "must be specified when `operator` is 'In' or 'NotIn'");
  } else if (operation == "Exists" || operation == "DoesNotExist") {
    if (!values.items().empty()) out.forbidden(values, at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
  } else if (operation == "Gt" || operation == "Lt") {
    if (values.items().size() != 1) out.required(requirement, at, "must be specified single value when `operator` is 'Lt' or 'Gt'");
  } else {
    out.invalid(requirement["operator"] ? requirement["operator"] : requirement, path.key("operator"), go_quote(operation), "not a valid selector operator",
                cat("there is no operator ", quote(operation)));
  }
  if (!requirement["key"]) out.required(requirement, path.key("key"));
  out.name(requirement["key"], path.key("key"), NameForm::QualifiedName);
  for (size_t i = 0; strict && i < values.items().size(); ++i) out.name(values.item(i), at.index(i), NameForm::LabelValue);
}

void check_node_term(View term, const Path& path, bool strict, const Breaches& out) {
  const View list = term["matchExpressions"];
  const Path expressions = path.key("matchExpressions");
  for (size_t i = 0; i < list.items().size(); ++i) check_node_requirement(list.item(i), expressions.index(i), strict, out);
}

void check_node_affinity(View affinity, const Path& path, const Breaches& out) {
  const View required = affinity["requiredDuringSchedulingIgnoredDuringExecution"], preferred = affinity["preferredDuringSchedulingIgnoredDuringExecution"];
  const Path hard = path.key("requiredDuringSchedulingIgnoredDuringExecution"), soft = path.key("preferredDuringSchedulingIgnoredDuringExecution");
  const Path terms = hard.key("nodeSelectorTerms");
  const View list = required["nodeSelectorTerms"];
  if (required.is_map() && list.items().empty()) out.required(required, terms, "must have at least one node selector term");
  for (size_t i = 0; i < list.items().size(); ++i) check_node_term(list.item(i), terms.index(i), true, out);
  for (size_t i = 0; i < preferred.items().size(); ++i) {
    const Path at = soft.index(i);
    check_weight(preferred.item(i), at, out);
    check_node_term(preferred.item(i)["preference"], at.key("preference"), false, out);
  }
}

void check_pod_term(View term, const Path& path, const Breaches& out) {
  check_label_selector(term["labelSelector"], path.key("labelSelector"), out);
  if (term["topologyKey"].text().empty()) out.required(term, path.key("topologyKey"), "can not be empty");
  else out.name(term["topologyKey"], path.key("topologyKey"), NameForm::QualifiedName);
}

void check_pod_affinity(View affinity, const Path& path, const Breaches& out) {
  const View required = affinity["requiredDuringSchedulingIgnoredDuringExecution"], preferred = affinity["preferredDuringSchedulingIgnoredDuringExecution"];
  const Path hard = path.key("requiredDuringSchedulingIgnoredDuringExecution"), soft = path.key("preferredDuringSchedulingIgnoredDuringExecution");
  for (size_t i = 0; i < required.items().size(); ++i) check_pod_term(required.item(i), hard.index(i), out);
  for (size_t i = 0; i < preferred.items().size(); ++i) {
    const Path at = soft.index(i);
    check_weight(preferred.item(i), at, out);
    check_pod_term(preferred.item(i)["podAffinityTerm"], at.key("podAffinityTerm"), out);
  }
}

void check_toleration(View toleration, const Path& path, const Breaches& out) {
  const View operation = toleration["operator"], value = toleration["value"];
  const Path at = path.key("operator");
  if (toleration["key"].text().empty()) {
    if (operation.text() != "Exists")
      out.invalid(toleration, at, go_quote(operation.text()), "operator must be Exists when `key` is empty, which means \"match all values and all keys\"", "a toleration without a key needs the operator Exists");
  } else {
    out.name(toleration["key"], path.key("key"), NameForm::QualifiedName);
  }
  if (toleration["tolerationSeconds"].integer() && toleration["effect"].text() != "NoExecute")
    out.invalid(toleration, path.key("effect"), go_quote(toleration["effect"].text()), "effect must be 'NoExecute' when `tolerationSeconds` is set", "tolerationSeconds is for the effect NoExecute");
  if (operation.text() == "Exists") {
    if (!value.text().empty()) out.invalid(value, at, go_quote(value.text()), "value must be empty when `operator` is 'Exists'", "a toleration with the operator Exists has no value");
  } else if (operation.text().empty() || operation.text() == "Equal") {
    const std::vector<std::string> problems = name_problems(NameForm::LabelValue, value.text());
    if (!problems.empty()) out.invalid(value, at, go_quote(value.text()), join(problems, ";"), cat(quote(path.key("value").text()), " is ", quote(value.text()), ": ", join(problems, "; ")));
  } else {
    out.one_of(operation, at, {"Equal", "Exists"});
  }
  out.one_of_or_empty(toleration["effect"], path.key("effect"), {"NoSchedule", "PreferNoSchedule", "NoExecute"});
}

void check_spread(View constraint, const Path& path, const Breaches& out) {
  const Path skew = path.key("maxSkew");
  if (constraint["maxSkew"]) out.positive(constraint["maxSkew"], skew);
  else out.invalid(constraint, skew, "0", "must be greater than zero", "a spread needs a maxSkew");
  if (constraint["topologyKey"].text().empty()) out.required(constraint, path.key("topologyKey"), "can not be empty");
  const View action = constraint["whenUnsatisfiable"];
  if (action) out.one_of(action, path.key("whenUnsatisfiable"), {"DoNotSchedule", "ScheduleAnyway"});
  else out.required(constraint, path.key("whenUnsatisfiable"));
  check_label_selector(constraint["labelSelector"], path.key("labelSelector"), out);
}

}  // namespace

void check_label_selector(View selector, const Path& path, const Breaches& out) {
  out.wanted_labels(selector["matchLabels"], path.key("matchLabels"));
  const View list = selector["matchExpressions"];
  const Path expressions = path.key("matchExpressions");
  for (size_t i = 0; i < list.items().size(); ++i) {
    const View expression = list.item(i), values = expression["values"];
    const std::string_view operation = expression["operator"].text();
    const Path at = expressions.index(i);
    if ((operation == "In" || operation == "NotIn") && values.items().empty()) out.required(expression, at.key("values"), "must be specified when `operator` is 'In' or 'NotIn'");
    else if ((operation == "Exists" || operation == "DoesNotExist") && !values.items().empty())
      out.forbidden(values, at.key("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
    else if (operation != "In" && operation != "NotIn" && operation != "Exists" && operation != "DoesNotExist")
      out.invalid(expression, at.key("operator"), go_quote(operation), "not a valid selector operator", cat("there is no operator ", quote(operation)));
    out.name(expression["key"], at.key("key"), NameForm::QualifiedName);
  }
}

void check_scheduling(View pod, const Path& path, const Breaches& out) {
  out.wanted_labels(pod["nodeSelector"], path.key("nodeSelector"));
  if (const View affinity = pod["affinity"]) {
    const Path at = path.key("affinity");
    check_node_affinity(affinity["nodeAffinity"], at.key("nodeAffinity"), out);
    check_pod_affinity(affinity["podAffinity"], at.key("podAffinity"), out);
    check_pod_affinity(affinity["podAntiAffinity"], at.key("podAntiAffinity"), out);
  }
  const View tolerations = pod["tolerations"], spreads = pod["topologySpreadConstraints"];
  const Path toleration = path.key("tolerations"), spread = path.key("topologySpreadConstraints");
  for (size_t i = 0; i < tolerations.items().size(); ++i) check_toleration(tolerations.item(i), toleration.index(i), out);
  for (size_t i = 0; i < spreads.items().size(); ++i) check_spread(spreads.item(i), spread.index(i), out);
}

}  // namespace isvcc

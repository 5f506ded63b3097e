// Environment variables: blocked ones anywhere, a storage URI on a collocated transformer.
#include "admit/blocked_env.h"
#include "admit/isvc_rules.h"
#include "base/text.h"
#include "kserve/names.h"

namespace isvcc {

static bool report(const ServiceCheck& check, const BlockedEnv& found, const std::string& container_path) {
  return check.refuse_named(
      cat(container_path, ".env[", found.env_index, "].name"), Code::BlockedEnv,
      cat("setting ", found.variable, " in container ", go_quote(found.container), " is not allowed for security reasons"),
      cat("KServe does not let a service set ", found.variable), "build the path into the image instead");
}

static bool check_container(const ServiceCheck& check, View container, std::string_view component, std::string_view field) {
  const auto found = find_blocked_env_in(container);
  return !found || report(check, *found, cat(component, '.', field));
}

static bool check_pod(const ServiceCheck& check, View pod, std::string_view path, std::string_view list) {
  const auto found = find_blocked_env(pod[list]);
  return !found || report(check, *found, cat(path, '.', list, '[', found->container_index, ']'));
}

static bool check_pods(const ServiceCheck& check, View pod, std::string_view path) {
  return check_pod(check, pod, path, "containers") && check_pod(check, pod, path, "initContainers");
}

// Here `model` comes before the frameworks. The framework's container has no name, so it prints as "".
static bool check_framework(const ServiceCheck& check) {
  const std::optional<Framework> first =
      check.predictor_parts.framework(Framework::Model) ? Framework::Model : check.predictor_parts.first_framework();
  return !first || check_container(check, check.predictor_parts.framework(*first), "spec.predictor", framework_name(*first));
}

bool check_blocked_env(const ServiceCheck& check) {
  return check_pods(check, check.predictor, "spec.predictor") && check_framework(check) &&
         check_pods(check, check.predictor["workerSpec"], "spec.predictor.workerSpec") &&
         check_pods(check, check.transformer.spec(), "spec.transformer") && check_pods(check, check.explainer.spec(), "spec.explainer") &&
         check_container(check, check.explainer.art(), "spec.explainer", "art");
}

bool check_collocated_transformer(const ServiceCheck& check) {
  const auto containers = check.predictor_parts.containers().items();
  for (size_t i = 0; i < containers.size(); ++i) {
    const View container = containers[i];
    if (container["name"].text() != names::kTransformerContainer) continue;
    if (!env_entry(container, "STORAGE_URI")) return true;
    return check.refuse(
        cat("spec.predictor.containers[", i, "].env"), Code::TransformerStorage,
        "storage uri should not be specified in transformer container",
        cat("container ", quote(names::kTransformerContainer), " sets STORAGE_URI, but the model goes to the predictor only"),
        "move STORAGE_URI to the predictor's container");
  }
  return true;
}

}  // namespace isvcc

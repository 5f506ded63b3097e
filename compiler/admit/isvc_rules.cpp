#include "admit/isvc_rules.h"

#include "base/text.h"

namespace isvcc {

bool ServiceCheck::refuse(std::string path, Code code, std::string upstream, std::string message, std::string hint) const {
  isvcc::refuse(isvc, std::move(path), code, std::move(upstream), std::move(message), scratch).hinting(std::move(hint));
  return false;
}

bool ServiceCheck::refuse_named(std::string path, Code code, std::string_view upstream, std::string message, std::string hint) const {
  return refuse(std::move(path), code, cat("the InferenceService ", go_quote(name), " is invalid: ", upstream), std::move(message),
                std::move(hint));
}

static bool passes(const ServiceCheck& check, std::optional<Refusal> refusal) {
  return !refusal || check.refuse(std::move(refusal->path), refusal->code, std::move(refusal->upstream), std::move(refusal->message),
                                  std::move(refusal->hint));
}

static bool check_component(const ServiceCheck& check, const ComponentCheck& component) {
  if (!component.spec()) return true;
  return passes(check, exactly_one_refusal(component, check.profile)) && passes(check, implementation_refusal(component)) &&
         passes(check, extension_refusal(component)) && passes(check, autoscaling_refusal(component, check.annotations));
}

bool check_components(const ServiceCheck& check) {
  return check_component(check, {check.predictor_parts, "spec.predictor"}) &&
         check_component(check, {check.transformer, "spec.transformer"}) && check_component(check, {check.explainer, "spec.explainer"});
}

using Rule = bool (*)(const ServiceCheck&);

static constexpr Rule kRules[] = {
    check_name,           check_autoscaler_class, check_blocked_env,  check_multi_node, check_collocated_transformer,
    check_framework_name, check_storage_uris,     check_confidential, check_components, check_canaries};

// KServe stops at the first refusal. isvcc goes on, so that one run shows every concept that is wrong; what KServe would not
// come to say has no upstream text.
bool check_service(const ServiceCheck& check) {
  bool accepted = true;
  for (const Rule rule : kRules) {
    const size_t before = check.scratch.diags.all().size();
    const bool passed = rule(check);
    auto& all = check.scratch.diags.all();
    if (!accepted)
      for (size_t i = before; i < all.size(); ++i) all[i].upstream.clear();
    accepted = accepted && passed;
  }
  return accepted;
}

}  // namespace isvcc

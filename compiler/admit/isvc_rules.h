#pragma once
// The validating webhook of InferenceServices: one function per concept. Each reports at most one refusal, in KServe's order.
#include "admit/component_parts.h"
#include "admit/stages.h"
#include "kserve/profile.h"

namespace isvcc {

// A service as it would be stored. Fields have the types of the schema; there may be any number of implementations.
struct ServiceCheck {
  View isvc, annotations, predictor;
  ComponentParts predictor_parts, transformer, explainer;
  std::string_view name;
  const Profile& profile;
  Scratch& scratch;

  ServiceCheck(View service, const Profile& p, Scratch& s)
      : isvc(service),
        annotations(service["metadata"]["annotations"]),
        predictor(service["spec"]["predictor"]),
        predictor_parts(predictor, ComponentKind::Predictor),
        transformer(service["spec"]["transformer"], ComponentKind::Transformer),
        explainer(service["spec"]["explainer"], ComponentKind::Explainer),
        name(service["metadata"]["name"].text()),
        profile(p),
        scratch(s) {}

  // Reports a refusal; always false, so that a rule can end with it.
  bool refuse(std::string path, Code code, std::string upstream, std::string message, std::string hint = {}) const;
  // As refuse(), with KServe's usual beginning: the InferenceService "name" is invalid: …
  bool refuse_named(std::string path, Code code, std::string_view upstream, std::string message, std::string hint = {}) const;
};

// A component under check and where it is.
struct ComponentCheck {
  const ComponentParts& parts;
  std::string path;  // spec.predictor, spec.canary[0].predictor

  View spec() const { return parts.spec(); }
};

// A text of KServe's that refuses, and ours. Rules that canaries share with the stable predictor return it instead of reporting.
struct Refusal {
  Code code;
  std::string path, upstream, message, hint;
};

// validateInferenceService. True: accepted. Warnings may be reported in any case.
bool check_service(const ServiceCheck& check);

// The concepts, in the order of the webhook.
bool check_name(const ServiceCheck& check);  // isvc_rules_name.cpp
bool check_autoscaler_class(const ServiceCheck& check);
bool check_blocked_env(const ServiceCheck& check);             // isvc_rules_env.cpp
bool check_multi_node(const ServiceCheck& check);              // isvc_rules_multinode.cpp
bool check_collocated_transformer(const ServiceCheck& check);  // isvc_rules_env.cpp
bool check_framework_name(const ServiceCheck& check);          // isvc_rules_name.cpp
bool check_storage_uris(const ServiceCheck& check);            // isvc_rules_storage.cpp
bool check_confidential(const ServiceCheck& check);            // isvc_rules_confidential.cpp
bool check_components(const ServiceCheck& check);              // isvc_rules.cpp
bool check_canaries(const ServiceCheck& check);                // isvc_rules_canary.cpp

// Parts of check_components.
std::optional<Refusal> exactly_one_refusal(const ComponentCheck& component, const Profile& profile);  // isvc_rules_implementations.cpp
std::optional<Refusal> implementation_refusal(const ComponentCheck& component);
std::optional<Refusal> extension_refusal(const ComponentCheck& component);                      // isvc_rules_extension.cpp
std::optional<Refusal> autoscaling_refusal(const ComponentCheck& component, View annotations);  // isvc_rules_autoscaling.cpp

}  // namespace isvcc

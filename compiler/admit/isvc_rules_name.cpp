// Names: of the service, of the autoscaler class, of the container of a framework.
#include <algorithm>

#include "admit/isvc_rules.h"
#include "admit/service_name.h"
#include "base/edit_distance.h"
#include "base/text.h"
#include "kserve/names.h"

namespace isvcc {

bool check_name(const ServiceCheck& check) {
  if (is_service_name(check.name)) return true;
  return check.refuse_named("metadata.name", Code::BadServiceName,
                            "a InferenceService name must consist of lower case alphanumeric characters or '-', and must start with "
                            "alphabetical character. (e.g. \"my-name\" or \"abc-123\", regex used for validation is "
                            "'[a-z]([-a-z0-9]*[a-z0-9])?')",
                            cat("the service name ", quote(check.name), " is not letters, digits and '-', beginning with a letter"),
                            contains(check.name, ".") ? "use '-' instead of '.'" : "");
}

bool check_autoscaler_class(const ServiceCheck& check) {
  static constexpr std::string_view kClasses[] = {"hpa", "external", "keda", "none"};
  const View value = check.annotations[names::kAutoscalerClass];
  if (!value || std::find(std::begin(kClasses), std::end(kClasses), value.text()) != std::end(kClasses)) return true;
  const std::string_view near = nearest(value.text(), {std::begin(kClasses), std::end(kClasses)});
  return check.refuse(cat("metadata.annotations[", names::kAutoscalerClass, ']'), Code::UnknownAutoscalerClass,
                      cat('[', value.text(), "] is not a supported autoscaler class type"),
                      cat("there is no autoscaler class ", quote(value.text())),
                      near.empty() ? "the classes are hpa, keda, external and none" : cat("did you mean ", quote(near), "?"));
}

bool check_framework_name(const ServiceCheck& check) {
  // The first framework with a name, not the first framework.
  for (const Framework framework : all_frameworks()) {
    const View name = check.predictor_parts.framework(framework)["name"];
    if (name.size() == 0) continue;
    const std::string_view field = framework_name(framework);
    return check.refuse(
        cat("spec.predictor.", field, ".name"), Code::NamedFramework, "the 'name' field is not allowed in standard predictor",
        cat('`', field, "` names its container ", quote(name.text()), ", but the container of a model server has a fixed name"),
        cat("remove spec.predictor.", field, ".name"));
  }
  return true;
}

}  // namespace isvcc

// Pods: ValidatePodSpec.
#include <algorithm>

#include "base/seen_texts.h"
#include "base/text.h"
#include "lint/api_breaches.h"

namespace isvcc {
namespace {

void check_containers(View containers, const Path& list, const Around& around, SeenTexts& names, const Breaches& out) {
  for (size_t i = 0; i < containers.items().size(); ++i) {
    const View container = containers.item(i);
    const Path at = list.index(i);
    check_container(container, at, around, out);
    const std::string_view name = container["name"].text();
    if (!name.empty() && !names.is_fresh(name)) out.duplicate(container["name"], at.key("name"));
  }
}

// Init containers that end have nobody to probe them.
void check_init_containers(View containers, const Path& list, const Breaches& out) {
  for (size_t i = 0; i < containers.items().size(); ++i) {
    const View container = containers.item(i);
    const Path at = list.index(i);
    if (container["restartPolicy"].text() == "Always") continue;
    for (const std::string_view field : {"lifecycle", "livenessProbe", "readinessProbe", "startupProbe"})
      if (container[field].is_map()) out.forbidden(container[field], at.key(field), "may not be set for init containers without restartPolicy=Always");
  }
}

}  // namespace

bool Around::has_volume(std::string_view volume) const {
  const auto is_of_claim = [&](const Node* claim) { return View(claim)["metadata"]["name"].text() == volume; };
  return pod["volumes"].named("name", volume) || std::any_of(claims.items().begin(), claims.items().end(), is_of_claim);
}

void check_pod(const Around& pod, const Path& path, std::initializer_list<std::string_view> restart, const Breaches& out) {
  SeenTexts names;
  const View spec = pod.pod;
  if (spec["containers"].items().empty()) out.required(spec, path.key("containers"));
  check_volumes(spec, path, out);
  check_containers(spec["containers"], path.key("containers"), pod, names, out);
  check_containers(spec["initContainers"], path.key("initContainers"), pod, names, out);
  check_init_containers(spec["initContainers"], path.key("initContainers"), out);
  if (restart.size() > 0) out.one_of_or_empty(spec["restartPolicy"], path.key("restartPolicy"), restart);
  else out.one_of_or_empty(spec["restartPolicy"], path.key("restartPolicy"), {"Always", "OnFailure", "Never"});
  out.one_of_or_empty(spec["dnsPolicy"], path.key("dnsPolicy"), {"ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"});
  check_scheduling(spec, path, out);
  out.name(spec["serviceAccountName"], path.key("serviceAccountName"), NameForm::Dns1123Subdomain);
}

}  // namespace isvcc

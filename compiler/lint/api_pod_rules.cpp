// Pods: ValidatePodSpec and ValidateVolumes.
#include <algorithm>

#include "base/seen_texts.h"
#include "base/text.h"
#include "lint/api_breaches.h"

namespace isvcc {
namespace {

void check_containers(View containers, const Path& list, const Mountable& mountable, SeenTexts& names, const Breaches& out) {
  for (size_t i = 0; i < containers.items().size(); ++i) {
    const View container = containers.item(i);
    const Path at = list.index(i);
    check_container(container, at, mountable, out);
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

// A volume that says nothing of its source is an emptyDir.
void check_source(View volume, const Path& path, const Breaches& out) {
  const auto sources = std::count_if(volume.fields().begin(), volume.fields().end(), [](const Field& f) { return View(f.value).is_map(); });
  if (sources > 1) out.forbidden(volume, path, "may not specify more than 1 volume type");
  const View secret = volume["secret"], config_map = volume["configMap"];
  if (secret.is_map() && secret["secretName"].text().empty()) out.required(secret, path.key("secret").key("secretName"));
  if (config_map.is_map() && config_map["name"].text().empty()) out.required(config_map, path.key("configMap").key("name"));
}

void check_volumes(View pod, const Path& path, const Breaches& out) {
  SeenTexts names;
  const View volumes = pod["volumes"];
  const Path list = path.key("volumes");
  for (size_t i = 0; i < volumes.items().size(); ++i) {
    const View volume = volumes.item(i);
    const Path at = list.index(i);
    const std::string_view name = volume["name"].text();
    if (name.empty()) out.required(volume, at.key("name"));
    else out.name(volume["name"], at.key("name"), NameForm::Dns1123Label);
    if (!name.empty() && !names.is_fresh(name)) out.duplicate(volume["name"], at.key("name"));
    check_source(volume, at, out);
  }
}

}  // namespace

bool Mountable::has(std::string_view volume) const {
  const auto is_of_claim = [&](const Node* claim) { return View(claim)["metadata"]["name"].text() == volume; };
  return pod["volumes"].named("name", volume) || std::any_of(claims.items().begin(), claims.items().end(), is_of_claim);
}

void check_pod(View spec, const Path& path, std::initializer_list<std::string_view> restart, const Breaches& out, View claims) {
  SeenTexts names;
  const Mountable mountable{spec, claims};
  if (spec["containers"].items().empty()) out.required(spec, path.key("containers"));
  check_volumes(spec, path, out);
  check_containers(spec["containers"], path.key("containers"), mountable, names, out);
  check_containers(spec["initContainers"], path.key("initContainers"), mountable, names, out);
  check_init_containers(spec["initContainers"], path.key("initContainers"), out);
  if (restart.size() > 0) out.one_of_or_empty(spec["restartPolicy"], path.key("restartPolicy"), restart);
  else out.one_of_or_empty(spec["restartPolicy"], path.key("restartPolicy"), {"Always", "OnFailure", "Never"});
  out.one_of_or_empty(spec["dnsPolicy"], path.key("dnsPolicy"), {"ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"});
  out.name(spec["serviceAccountName"], path.key("serviceAccountName"), NameForm::Dns1123Subdomain);
}

}  // namespace isvcc

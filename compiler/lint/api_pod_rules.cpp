// Pods: ValidatePodSpec and ValidateVolumes.
#include <algorithm>

#include "base/seen_texts.h"
#include "base/text.h"
#include "lint/api_breaches.h"

namespace isvcc {
namespace {

void check_containers(View containers, const Path& list, View pod, SeenTexts& names, const Breaches& out) {
  for (size_t i = 0; i < containers.items().size(); ++i) {
    const View container = containers.item(i);
    const Path at = list.index(i);
    check_container(container, at, pod, out);
    const std::string_view name = container["name"].text();
    if (!name.empty() && !names.is_fresh(name)) out.duplicate(container["name"], at.key("name"));
  }
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
    const size_t sources = volume.fields().size() - (volume["name"] ? 1 : 0);
    if (sources == 0) out.required(volume, at, "must specify a volume type");
    if (sources > 1) out.forbidden(volume, at, "may not specify more than 1 volume type");
  }
}

}  // namespace

void check_pod(View spec, const Path& path, std::initializer_list<std::string_view> restart, const Breaches& out) {
  SeenTexts names;
  if (spec["containers"].items().empty()) out.required(spec, path.key("containers"));
  check_volumes(spec, path, out);
  check_containers(spec["containers"], path.key("containers"), spec, names, out);
  check_containers(spec["initContainers"], path.key("initContainers"), spec, names, out);
  if (restart.size() > 0) out.one_of(spec["restartPolicy"], path.key("restartPolicy"), restart);
  else out.one_of(spec["restartPolicy"], path.key("restartPolicy"), {"Always", "OnFailure", "Never"});
  out.one_of(spec["dnsPolicy"], path.key("dnsPolicy"), {"ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"});
  out.not_negative(spec["terminationGracePeriodSeconds"], path.key("terminationGracePeriodSeconds"));
  out.name(spec["serviceAccountName"], path.key("serviceAccountName"), NameForm::Dns1123Subdomain);
}

}  // namespace isvcc

#include "lint/pods.h"

namespace isvcc {

View pod_spec_of(const Manifest& manifest) {
  const View template_ = View(manifest.node)["spec"]["template"]["spec"];
  return template_["containers"].is_list() ? template_ : View();
}

void for_each_container(View pod_spec, const std::function<void(View)>& visit) {
  for (std::string_view field : {"containers", "initContainers"})
    for (const Node* container : pod_spec[field].items()) visit(container);
}

}  // namespace isvcc

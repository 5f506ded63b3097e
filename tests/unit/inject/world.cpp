#include "unit/inject/world.h"

#include "base/check.h"

namespace isvcc::test {

World& World::add_bundled() {
  const View list = bundled_objects(release_name(profile().release), "latest", arena());
  for (const View object : list["items"].items())
    if (object["kind"].text() == "ClusterStorageContainer") add(object);
  return *this;
}

World& World::knative(bool on) {
  knative_ = on;
  return *this;
}

World& World::isvc(std::string_view text) { return isvc(parse(text)); }

World& World::isvc(View stored) {
  isvc_ = stored.node();
  return *this;
}

std::string World::mutate(PodTemplate& pod, std::string_view namespace_) {
  return mutate_pod(pod, {namespace_, isvc_, knative_}, repository(), profile(), scratch());
}

World& World::mutate(std::string_view pod_text) {
  const View pod = parse(pod_text);
  const View given = labels(pod);
  PodTemplate tmpl{given ? given.node() : parse("{serving.kserve.io/inferenceservice: iris, component: predictor}"),
                   annotations(pod).node(), pod["spec"].node()};
  error_ = mutate(tmpl, "default");
  result_ = Make(arena()).map({{"annotations", tmpl.annotations}, {"spec", tmpl.spec}});
  return *this;
}

World& World::inject_uris(std::string_view text) {
  const View given = parse(text);
  ServicePlan plan;
  plan.mode = knative_ ? DeploymentMode::Knative : DeploymentMode::Standard;
  ComponentPlan component;
  component.namespace_ = "default";
  component.annotations = given["annotations"].node();
  component.pod.spec = given["spec"].node();
  component.storage_uris = given["storageUris"].node();
  component.storage_spec = given["storage"].node();
  component.storage_container_name = given["storageContainerName"].text();
  if (given["worker"]) component.worker.emplace().pod.spec = given["worker"]["spec"].node();
  error_ = inject_storage_uris(component, plan, repository(), profile(), scratch());
  const Node* worker = component.worker ? Make(arena()).map({{"spec", component.worker->pod.spec}}) : nullptr;
  result_ = Make(arena()).map({{"spec", component.pod.spec}, {"worker", worker}});
  return *this;
}

std::string yaml(std::string_view text) {
  Arena arena;
  std::string error;
  const Node* node = parse_yaml(text, arena, &error);
  ISVCC_CHECK(node, error);
  return World::json(node);
}

}  // namespace isvcc::test

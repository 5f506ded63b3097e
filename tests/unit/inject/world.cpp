#include "unit/inject/world.h"

#include <boost/test/unit_test.hpp>

#include "base/check.h"

namespace isvcc::test {

static bool is_cluster_scoped(std::string_view kind) {
  return kind == "ClusterStorageContainer" || kind == "ClusterServingRuntime" || kind == "Namespace";
}

World::World(std::string_view release, std::string_view image_tag) {
  profile_.release = *find_release(release);
  profile_.schemas = &builtin_schemas(release);
  replace_config(default_config(release, image_tag, arena_));
}

const Node* World::parse(std::string_view text) {
  std::string error;
  const Node* node = parse_yaml(arena_.copy(text), arena_, &error);
  BOOST_REQUIRE_MESSAGE(node, error);
  return node;
}

World& World::add(View object) {
  const std::string_view kind = object["kind"].text(), name = metadata(object)["name"].text();
  const std::string_view home = is_cluster_scoped(kind) ? "" : metadata(object)["namespace"].text("default");
  Object added;
  added.node = object.node();
  added.api_version = object["apiVersion"].text();
  added.kind = kind;
  added.namespace_ = home;
  added.name = name;
  repository_.add(added);
  finished_ = false;
  return *this;
}

World& World::add(std::string_view text) {
  for (const Node* document : read_yaml(arena_.copy(text), 0, YamlEngine::LibYaml, Limits(), scratch_)) add(document);
  BOOST_REQUIRE(diags_.errors() == 0);
  return *this;
}

World& World::add_bundled() {
  const View list = bundled_objects(release_name(profile_.release), "latest", arena_);
  for (const View object : list["items"].items())
    if (object["kind"].text() == "ClusterStorageContainer") add(object);
  return *this;
}

World& World::replace_config(View data) {
  config_data_ = data.node();
  profile_.config = parse_config(config_data_, arena_, profile_.release);
  return *this;
}

World& World::config(std::string_view text) { return replace_config(overlay_config(config_data_, parse(text), arena_)); }

World& World::knative(bool on) {
  knative_ = on;
  return *this;
}

World& World::isvc(std::string_view text) { return isvc(parse(text)); }

World& World::isvc(View stored) {
  isvc_ = stored.node();
  return *this;
}

const Repository& World::repository() {
  if (!finished_) repository_.finish();
  finished_ = true;
  return repository_;
}

std::string World::mutate(PodTemplate& pod, std::string_view namespace_) {
  return mutate_pod(pod, {namespace_, isvc_, knative_}, repository(), profile_, scratch_);
}

World& World::mutate(std::string_view pod_text) {
  const View pod = parse(pod_text);
  const View given = labels(pod);
  PodTemplate tmpl{given ? given.node() : parse("{serving.kserve.io/inferenceservice: iris, component: predictor}"),
                   annotations(pod).node(), pod["spec"].node()};
  error_ = mutate(tmpl, "default");
  result_ = Make(arena_).map({{"annotations", tmpl.annotations}, {"spec", tmpl.spec}});
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
  error_ = inject_storage_uris(component, plan, repository(), profile_, scratch_);
  const Node* worker = component.worker ? Make(arena_).map({{"spec", component.worker->pod.spec}}) : nullptr;
  result_ = Make(arena_).map({{"spec", component.pod.spec}, {"worker", worker}});
  return *this;
}

bool World::reported(Code code) const {
  for (const Diagnostic& d : diags_.all())
    if (d.code == code) return true;
  return false;
}

std::string World::json(View value) {
  std::string out;
  if (value) write_json(out, value);
  return out;
}

std::string yaml(std::string_view text) {
  Arena arena;
  std::string error;
  const Node* node = parse_yaml(text, arena, &error);
  ISVCC_CHECK(node, error);
  return World::json(node);
}

}  // namespace isvcc::test

#include "unit/lower/world.h"

#include <boost/test/unit_test.hpp>

#include "base/text.h"

namespace isvcc::test {

static bool is_cluster_scoped(std::string_view kind) {
  return kind == "ClusterStorageContainer" || kind == "ClusterServingRuntime" || kind == "Namespace";
}

World::World(std::string_view release, std::string_view image_tag) {
  profile_.release = *find_release(release);
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
  added.node = added.written = object.node();
  added.api_version = object["apiVersion"].text();
  added.kind = kind;
  added.namespace_ = home;
  added.name = name;
  repository_.add(added);
  finished_ = false;
  return *this;
}

World& World::add(std::string_view text) {
  for (const Node* document : read_yaml(arena_.copy(text), 0, YamlEngine::LibYaml, Limits(), scratch_)) add(View(document));
  BOOST_REQUIRE(diags_.errors() == 0);
  return *this;
}

World& World::replace_config(View data) {
  config_data_ = data.node();
  profile_.config = parse_config(config_data_, arena_, profile_.release);
  return *this;
}

World& World::config(std::string_view text) { return replace_config(overlay_config(config_data_, parse(text), arena_)); }

World& World::service(View stored) {
  stored_ = Object{};
  stored_.node = stored_.written = stored.node();
  stored_.api_version = "serving.kserve.io/v1beta1";
  stored_.kind = "InferenceService";
  stored_.namespace_ = metadata(stored)["namespace"].text("default");
  stored_.name = metadata(stored)["name"].text();
  plan_ = ServicePlan{};
  plan_.service = &stored_;
  plan_.isvc = stored.node();
  plan_.stopped = is_stopped(annotations(stored));
  return *this;
}

static PodTemplate pod_of(View given, const Node* labels, const Node* annotations, const Node* otherwise) {
  PodTemplate pod;
  pod.labels = given["podLabels"] ? given["podLabels"].node() : labels;
  pod.annotations = given["podAnnotations"] ? given["podAnnotations"].node() : annotations;
  pod.spec = given["pod"] ? given["pod"].node() : otherwise;
  return pod;
}

static WorkerPlan worker_of(View given, const Node* pod) {
  WorkerPlan worker;
  worker.name = given["name"].text("iris-predictor-worker");
  worker.labels = given["labels"].node();
  worker.annotations = given["annotations"].node();
  worker.pod = pod_of(given, worker.labels, worker.annotations, pod);
  worker.node_count = given["nodes"].integer().value_or(2);
  worker.head_gpus = given["headGpus"].integer().value_or(1);
  worker.worker_gpus = given["workerGpus"].integer().value_or(1);
  return worker;
}

World& World::component(Role role, View given) {
  ComponentPlan c;
  c.role = role;
  c.namespace_ = plan_.namespace_();
  c.name = given["name"] ? given["name"].text() : arena_.copy(cat(plan_.name(), '-', role_name(role)));
  c.labels = given["labels"] ? given["labels"].node() : parse("{component: some}");
  c.annotations = given["annotations"].node();
  c.pod = pod_of(given, c.labels, c.annotations, parse("{containers: [{name: kserve-container, image: a}]}"));
  c.extension = given["extension"];
  if (given["worker"]) c.worker = worker_of(given["worker"], parse("{containers: [{name: worker-container, image: a}]}"));
  plan_.components.push_back(c);
  return *this;
}

const Repository& World::repository() {
  if (!finished_) repository_.finish();
  finished_ = true;
  return repository_;
}

World& World::lower() {
  if (!check_service(*plan_.service, plan_.mode, repository(), profile_))
    lower_shared_objects(*plan_.service, plan_.mode, repository(), profile_, scratch_, rendered_);
  const auto failed = lower_service(plan_, repository(), profile_, scratch_, rendered_);
  failure_ = failed ? failed->message : "";
  if (failed) rendered_.clear();
  return *this;
}

World& World::lower_models() {
  lower_trained_models({&plan_}, repository(), profile_, scratch_, rendered_);
  return *this;
}

World& World::lower_graph(std::string_view name, const std::set<const Object*>* failed_services) {
  const Object* graph = repository().find("InferenceGraph", "ml", name);
  BOOST_REQUIRE(graph);
  const auto failed = isvcc::lower_graph(*graph, repository(), profile_, scratch_, rendered_, failed_services);
  failure_ = failed ? failed->message : "";
  return *this;
}

static bool is_kind(View object, std::string_view kind) {
  const bool knative = starts_with(object["apiVersion"].text(), "serving.knative.dev/");
  return kind == "ksvc" ? knative : !knative && object["kind"].text() == kind;
}

std::string World::names() const {
  std::vector<std::string> out;
  for (const Rendered& r : rendered_) out.push_back(cat(is_kind(r.node, "ksvc") ? "ksvc" : View(r.node)["kind"].text(), ' ', metadata(r.node)["name"].text()));
  return join(out, ", ");
}

View World::object(std::string_view kind, std::string_view name) const {
  for (const Rendered& r : rendered_)
    if (is_kind(r.node, kind) && (name.empty() || metadata(r.node)["name"].text() == name)) return r.node;
  return {};
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

}  // namespace isvcc::test

#include "unit/lower/world.h"

#include <boost/test/unit_test.hpp>

#include "base/text.h"

namespace isvcc::test {

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
  c.name = given["name"] ? given["name"].text() : arena().copy(cat(plan_.name(), '-', role_name(role)));
  c.labels = given["labels"] ? given["labels"].node() : parse("{component: some}");
  c.annotations = given["annotations"].node();
  c.pod = pod_of(given, c.labels, c.annotations, parse("{containers: [{name: kserve-container, image: a}]}"));
  c.extension = given["extension"];
  if (given["worker"]) c.worker = worker_of(given["worker"], parse("{containers: [{name: worker-container, image: a}]}"));
  plan_.components.push_back(c);
  return *this;
}

World& World::lower() {
  if (!check_service(*plan_.service, plan_.mode, repository(), profile()))
    lower_shared_objects(*plan_.service, plan_.mode, repository(), profile(), scratch(), rendered_);
  for (ComponentPlan& component : plan_.components)
    if (component.worker) add_component_gpus(component, profile(), scratch());
  const auto failed = lower_service(plan_, repository(), profile(), scratch(), rendered_);
  failure_ = failed ? failed->message : "";
  if (failed) rendered_.clear();
  return *this;
}

World& World::lower_models() {
  lower_trained_models({&plan_}, repository(), profile(), scratch(), rendered_);
  return *this;
}

World& World::lower_graph(std::string_view name, const std::set<const Object*>* failed_services) {
  const Object* graph = repository().find("InferenceGraph", "ml", name);
  BOOST_REQUIRE(graph);
  const auto failed = isvcc::lower_graph(*graph, repository(), profile(), scratch(), rendered_, failed_services);
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

}  // namespace isvcc::test

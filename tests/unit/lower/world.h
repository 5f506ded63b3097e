#pragma once
// A cluster in miniature for tests of the lowering: a release, its configuration, some objects and one plan, written as YAML.
#include <string>

#include "emit/yaml_writer.h"
#include "lower/lower.h"
#include "support/cluster.h"

namespace isvcc::test {

class World : public ClusterOf<World> {
 public:
  explicit World(std::string_view release = "v0.20.0", std::string_view image_tag = "latest") : ClusterOf(release, image_tag) {}

  // The InferenceService that is lowered, as stored.
  World& service(std::string_view yaml) { return service(View(parse(yaml))); }
  World& service(View stored);
  // One more component {name, labels, annotations, pod, extension, worker: {name, labels, annotations, pod, nodes, headGpus, workerGpus}}.
  // Labels and annotations are those of the component's metadata; the pod is a spec. What is left out has an everyday value.
  World& component(Role role, std::string_view yaml) { return component(role, View(parse(yaml))); }
  World& component(Role role, View given);
  World& predictor(std::string_view yaml = "{}") { return component(Role::Predictor, yaml); }

  // Everything lower_service makes of the plan. After a failure there is nothing.
  World& lower();
  World& lower_models();
  World& lower_graph(std::string_view name, const std::set<const Object*>* failed = nullptr);

  const std::string& failure() const { return failure_; }
  const std::vector<Rendered>& rendered() const { return rendered_; }
  // Kinds and names in the order in which KServe applies the objects: "Service iris-predictor, Deployment iris-predictor".
  std::string names() const;
  // One rendered object; absent when there is none. Of two kinds called Service, "ksvc" is Knative's.
  View object(std::string_view kind, std::string_view name = {}) const;
  // The value at a path of an object as compact JSON with sorted keys; "" when it is absent.
  std::string at(std::string_view kind, std::string_view path) const { return json(find(object(kind), path)); }
  std::string at(std::string_view kind, std::string_view name, std::string_view path) const { return json(find(object(kind, name), path)); }

  ServicePlan& plan() { return plan_; }

 private:
  Object stored_;
  ServicePlan plan_;
  std::vector<Rendered> rendered_;
  std::string failure_;
};

// A World with InferenceService iris of namespace ml in Standard mode; knative() switches.
struct IrisWorld : World {
  IrisWorld() { service("{metadata: {name: iris, namespace: ml}, spec: {predictor: {}}}"); }
  IrisWorld& knative() {
    plan().mode = DeploymentMode::Knative;
    return *this;
  }
};

}  // namespace isvcc::test

#pragma once
// A cluster in miniature for tests of the lowering: a release, its configuration, some objects and one plan, written as YAML.
#include <string>

#include "emit/yaml_writer.h"
#include "kserve/bundled.h"
#include "load/reader.h"
#include "lower/lower.h"

namespace isvcc::test {

class World {
 public:
  explicit World(std::string_view release = "v0.20.0", std::string_view image_tag = "latest");
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // Objects, one or several documents. Those without a namespace belong to "default", but for cluster-scoped kinds.
  World& add(std::string_view yaml);
  World& add(View object);
  // Laid over the release's default configuration, key by key.
  World& config(std::string_view yaml);
  World& replace_config(View data);

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
  bool reported(Code code) const;

  static std::string json(View value);
  const Node* parse(std::string_view yaml);
  Arena& arena() { return arena_; }
  Scratch& scratch() { return scratch_; }
  Profile& profile() { return profile_; }
  ServicePlan& plan() { return plan_; }
  const Repository& repository();

 private:
  Arena arena_;
  Diagnostics diags_;
  Scratch scratch_{arena_, diags_};
  Repository repository_;
  Profile profile_;
  const Node* config_data_ = nullptr;
  Object stored_;
  ServicePlan plan_;
  std::vector<Rendered> rendered_;
  std::string failure_;
  bool finished_ = false;
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

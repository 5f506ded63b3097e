#pragma once
// A cluster in miniature for tests of the injection: a release, its configuration, some objects. Pods go in and come out as YAML.
#include <string>

#include "emit/yaml_writer.h"
#include "inject/inject.h"
#include "support/cluster.h"

namespace isvcc::test {

class World : public ClusterOf<World> {
 public:
  explicit World(std::string_view release = "v0.20.0", std::string_view image_tag = "latest") : ClusterOf(release, image_tag) {}

  // KServe's own ClusterStorageContainer.
  World& add_bundled();
  World& knative(bool on = true);
  // The InferenceService of the pods.
  World& isvc(std::string_view yaml);
  World& isvc(View stored);

  // The webhook on a pod {metadata: {labels, annotations}, spec}. Labels of InferenceService iris are added when there are none.
  World& mutate(std::string_view pod_yaml);
  // The webhook on a template, as it is.
  std::string mutate(PodTemplate& pod, std::string_view namespace_);
  // The controller's storageUris on a predictor {storageUris, storage, annotations, storageContainerName, spec, worker: {spec}}.
  World& inject_uris(std::string_view component_yaml);

  // What became of the pod: compact JSON with sorted keys of the value at "spec.volumes" and the like; "" when it is absent.
  std::string at(std::string_view path) const { return json(find(result_, path)); }
  // The text of the String there.
  std::string_view text_at(std::string_view path) const { return find(result_, path).text(); }
  const std::string& error() const { return error_; }

 private:
  View isvc_;
  View result_;
  std::string error_;
  bool knative_ = false;
};

// YAML as the compact JSON that World::at gives: at("spec.volumes") == yaml("[{name: a, emptyDir: {}}]").
std::string yaml(std::string_view text);

}  // namespace isvcc::test

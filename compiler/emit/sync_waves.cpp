// Waves of Argo CD: an object is applied when everything of the waves before it is healthy.
#include <algorithm>

#include "base/text.h"
#include "emit/layout_parts.h"
#include "tree/make.h"

namespace isvcc {
namespace {

struct WaveRow {
  std::string_view group, kind, wave;
};
// What others need comes first; whatever is not listed is a workload, of wave 0, which needs no annotation.
constexpr WaveRow kWaves[] = {
    {"", "Namespace", "-10"},
    {"", "ServiceAccount", "-5"},
    {"", "Secret", "-5"},
    {"", "ConfigMap", "-5"},
    {"", "PersistentVolume", "-5"},
    {"", "PersistentVolumeClaim", "-5"},
    {"rbac.authorization.k8s.io", "", "-5"},
    {"serving.kserve.io", "ClusterStorageContainer", "-4"},
    {"serving.kserve.io", "ClusterServingRuntime", "-3"},
    {"serving.kserve.io", "ServingRuntime", "-3"},
    {"autoscaling", "HorizontalPodAutoscaler", "1"},
    {"keda.sh", "", "1"},
    {"opentelemetry.io", "", "1"},
    {"serving.kserve.io", "InferenceGraph", "1"},
    {"serving.kserve.io", "TrainedModel", "1"},
    {"networking.k8s.io", "", "2"},
    {"gateway.networking.k8s.io", "", "2"},
    {"networking.istio.io", "", "2"},
};

std::string_view wave_of(View object) {
  const std::string_view group = api_group(object["apiVersion"].text()), kind = object["kind"].text();
  const auto row = std::find_if(std::begin(kWaves), std::end(kWaves), [&](const WaveRow& r) { return r.group == group && (r.kind.empty() || r.kind == kind); });
  return row == std::end(kWaves) ? std::string_view() : row->wave;
}

}  // namespace

const Node* with_sync_wave(View object, Arena& arena) {
  static constexpr std::string_view kAnnotation = "argocd.argoproj.io/sync-wave";
  const std::string_view wave = wave_of(object);
  const View metadata = object["metadata"];
  if (wave.empty() || metadata["annotations"][kAnnotation]) return object.node();
  const Make make(arena);
  return make.with(object, "metadata", make.with(metadata, "annotations", make.with(metadata["annotations"], kAnnotation, make.borrowed(wave))));
}

}  // namespace isvcc

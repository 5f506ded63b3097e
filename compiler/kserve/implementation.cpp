#include "kserve/implementation.h"

#include <algorithm>
#include <iterator>

#include "kserve/names.h"

namespace isvcc {

static constexpr std::string_view kOrder[] = {"xgboost", "pytorch", "triton", "sklearn", "tensorflow", "onnx", "pmml", "lightgbm", "paddle", "huggingface"};

// Few predictors have a framework's field, and they have few fields: those are looked at once instead of once a framework.
static size_t place_in_order(std::string_view field) { return static_cast<size_t>(std::find(std::begin(kOrder), std::end(kOrder), field) - std::begin(kOrder)); }

ActiveImplementation predictor_implementation(View predictor) {
  size_t first = std::size(kOrder);
  for (const Field& field : predictor.fields()) first = std::min(first, place_in_order(field.key()));
  if (first < std::size(kOrder)) return {Implementation::Framework, kOrder[first], predictor[kOrder[first]]};
  if (const View model = predictor["model"]) return {Implementation::Model, "model", model};
  if (predictor["containers"].size() > 0) return {Implementation::Custom, "containers", predictor};
  return {};
}

View env_entry(View container, std::string_view name) { return container["env"].named("name", name); }

View predictor_storage_uri_node(View predictor) {
  const ActiveImplementation active = predictor_implementation(predictor);
  if (active.kind != Implementation::Custom) return active.spec["storageUri"];
  const View entry = env_entry(predictor["containers"].named("name", names::kKserveContainer), "STORAGE_URI");
  return entry["value"] ? entry["value"] : entry;
}

std::optional<std::string_view> predictor_storage_uri(View predictor) {
  const View node = predictor_storage_uri_node(predictor);
  return node ? std::optional(node.text()) : std::nullopt;
}

std::optional<std::string_view> component_storage_uri(View component) {
  if (const View art = component["art"]) {
    const std::string_view uri = art["storageUri"].text();
    return uri.empty() ? std::nullopt : std::optional(uri);
  }
  const View entry = env_entry(component["containers"].item(0), "STORAGE_URI");
  return entry ? std::optional(entry["value"].text()) : std::nullopt;
}

View predictor_storage_spec(View predictor) {
  const ActiveImplementation active = predictor_implementation(predictor);
  return active.kind == Implementation::Custom ? View() : active.spec["storage"];
}

bool is_multi_model(View predictor) {
  if (predictor["containers"].size() > 0) {
    for (const Node* entry : predictor["containers"].item(0)["env"].items())
      if (View(entry)["name"].text() == "MULTI_MODEL_SERVER" && View(entry)["value"].text() == "true") return true;
    return false;
  }
  if (predictor["huggingface"] || predictor["model"]["modelFormat"]["name"].text() == "huggingface") return false;
  return !predictor_storage_uri(predictor) && !predictor_storage_spec(predictor) && predictor["storageUris"].size() == 0;
}

}  // namespace isvcc

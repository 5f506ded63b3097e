#pragma once
// A component's implementation: the framework, `model` or custom containers that serve it, as KServe's GetImplementation finds it.
#include <optional>
#include <string_view>
#include <vector>

#include "tree/node.h"

namespace isvcc {

enum class Implementation { None, Model, Framework, Custom, Art };

struct ActiveImplementation {
  Implementation kind = Implementation::None;
  std::string_view field;   // "model", "sklearn", "containers", "art"
  View spec;                // the framework, model or art object; the whole component for Custom
};

// The first of KServe's order: xgboost, pytorch, triton, sklearn, tensorflow, onnx, pmml, lightgbm, paddle, huggingface, model, containers.
ActiveImplementation predictor_implementation(View predictor);

// The single storage URI, absent when there is none. May be empty text (PredictorImplementation.GetStorageUri).
std::optional<std::string_view> predictor_storage_uri(View predictor);
// The value to blame for it.
View predictor_storage_uri_node(View predictor);

// Env STORAGE_URI of containers[0] (transformer, custom explainer), or `art.storageUri`.
std::optional<std::string_view> component_storage_uri(View component);

// `storage` of the active framework or model.
View predictor_storage_spec(View predictor);

// True when the agent pulls the models: a multi-model server (IsMMSPredictor).
bool is_multi_model(View predictor);

// The first env entry of a container with this name.
View env_entry(View container, std::string_view name);

}  // namespace isvcc

#include "admit/implementations.h"

#include "kserve/names.h"

namespace isvcc {

// The order of validatePredictor and GetConfidentialSpecFromPredictor.
static constexpr std::string_view kFields[] = {"sklearn",     "xgboost", "tensorflow", "pytorch", "triton", "onnx",
                                               "huggingface", "pmml",    "lightgbm",   "paddle",  "model"};

std::span<const std::string_view> framework_fields() { return kFields; }

// A predictor without any framework has one custom implementation, whatever its containers are called.
static size_t predictor_implementations(View predictor) {
  size_t count = 0;
  for (std::string_view field : kFields) count += predictor[field] ? 1 : 0;
  const View containers = predictor["containers"];
  for (const Node* container : containers.items()) count += View(container)["name"].text() == names::kKserveContainer ? 1 : 0;
  return count == 0 && containers.size() > 0 ? 1 : count;
}

size_t implementations(View component, ComponentKind kind) {
  if (kind == ComponentKind::Predictor) return predictor_implementations(component);
  const size_t containers = component["containers"].size() > 0 ? 1 : 0;
  return kind == ComponentKind::Explainer && component["art"] ? containers + 1 : containers;
}

FrameworkField first_framework(View predictor) {
  for (std::string_view field : kFields)
    if (const View value = predictor[field]) return {field, value};
  return {};
}

}  // namespace isvcc

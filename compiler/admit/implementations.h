#pragma once
// How many implementations a component has in KServe's eyes (GetImplementations). Which one counts: kserve/implementation.h.
#include <cstddef>
#include <span>

#include "kserve/implementation.h"

namespace isvcc {

enum class ComponentKind { Predictor, Transformer, Explainer };

size_t implementations(View component, ComponentKind kind);

// The framework fields and `model` in the order in which KServe validates them (validatePredictor).
std::span<const std::string_view> framework_fields();

// The first present of them, absent for custom predictors.
struct FrameworkField {
  std::string_view name;
  View value;
};
FrameworkField first_framework(View predictor);

}  // namespace isvcc

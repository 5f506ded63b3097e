#pragma once
// A component taken apart once, so that the many rules that ask what it is made of do not search it again: its frameworks and containers,
// and which of them KServe counts as implementations. Decides nothing about validity.
#include <array>
#include <optional>
#include <span>

#include "kserve/implementation.h"

namespace isvcc {

enum class ComponentKind { Predictor, Transformer, Explainer };

// The old framework fields and `model`, in the order in which KServe validates them (validatePredictor).
enum class Framework : uint8_t { Sklearn, Xgboost, Tensorflow, Pytorch, Triton, Onnx, Huggingface, Pmml, Lightgbm, Paddle, Model };
inline constexpr size_t kFrameworkCount = 11;

std::string_view framework_name(Framework framework);
// In the order of the enumeration.
std::span<const Framework> all_frameworks();

class ComponentParts {
 public:
  ComponentParts() = default;
  ComponentParts(View component, ComponentKind kind);

  View spec() const { return spec_; }
  ComponentKind kind() const { return kind_; }
  View framework(Framework framework) const { return frameworks_[static_cast<size_t>(framework)]; }
  // The first present one in the order of the enumeration.
  std::optional<Framework> first_framework() const;
  View containers() const { return containers_; }
  View art() const { return art_; }

  // len(GetImplementations()).
  size_t implementations() const { return implementations_; }
  // GetImplementation(): the first one.
  const ActiveImplementation& active() const { return active_; }
  // Its single storage URI, absent when there is none; may be empty text (GetStorageUri).
  std::optional<std::string_view> storage_uri() const;

 private:
  void take(const Field& field);
  void count_predictor();
  void count_other();

  View spec_, containers_, art_;
  ComponentKind kind_ = ComponentKind::Predictor;
  std::array<View, kFrameworkCount> frameworks_;
  size_t implementations_ = 0;
  ActiveImplementation active_;
};

}  // namespace isvcc

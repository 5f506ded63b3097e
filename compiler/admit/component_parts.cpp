#include "admit/component_parts.h"

#include "kserve/names.h"

namespace isvcc {

static constexpr std::string_view kNames[kFrameworkCount] = {"sklearn",     "xgboost", "tensorflow", "pytorch", "triton", "onnx",
                                                             "huggingface", "pmml",    "lightgbm",   "paddle",  "model"};

static constexpr Framework kAll[kFrameworkCount] = {Framework::Sklearn,  Framework::Xgboost, Framework::Tensorflow,  Framework::Pytorch,
                                                    Framework::Triton,   Framework::Onnx,    Framework::Huggingface, Framework::Pmml,
                                                    Framework::Lightgbm, Framework::Paddle,  Framework::Model};

// The order of PredictorSpec.GetImplementations.
static constexpr Framework kImplementationOrder[kFrameworkCount] = {
    Framework::Xgboost, Framework::Pytorch,  Framework::Triton, Framework::Sklearn,     Framework::Tensorflow, Framework::Onnx,
    Framework::Pmml,    Framework::Lightgbm, Framework::Paddle, Framework::Huggingface, Framework::Model};

std::string_view framework_name(Framework framework) { return kNames[static_cast<size_t>(framework)]; }

std::span<const Framework> all_frameworks() { return kAll; }

ComponentParts::ComponentParts(View component, ComponentKind kind) : spec_(component), kind_(kind) {
  for (const Field& field : component.fields()) take(field);
  kind == ComponentKind::Predictor ? count_predictor() : count_other();
}

void ComponentParts::take(const Field& field) {
  const std::string_view key = field.key();
  if (key == "containers") containers_ = field.value;
  if (kind_ == ComponentKind::Explainer && key == "art") art_ = field.value;
  if (kind_ != ComponentKind::Predictor) return;
  for (size_t i = 0; i < kFrameworkCount; ++i)
    if (key == kNames[i]) frameworks_[i] = field.value;
}

// A predictor without any framework has one custom implementation, whatever its containers are called.
void ComponentParts::count_predictor() {
  for (const Framework candidate : kImplementationOrder) {
    const View spec = framework(candidate);
    if (!spec) continue;
    if (++implementations_ == 1)
      active_ = {candidate == Framework::Model ? Implementation::Model : Implementation::Framework, framework_name(candidate), spec};
  }
  if (containers_.size() == 0) return;
  if (implementations_ == 0) active_ = {Implementation::Custom, "containers", spec_};
  for (const Node* container : containers_.items()) implementations_ += View(container)["name"].text() == names::kKserveContainer;
  if (implementations_ == 0) implementations_ = 1;
}

void ComponentParts::count_other() {
  const bool custom = containers_.size() > 0;
  implementations_ = (art_ ? 1 : 0) + (custom ? 1 : 0);
  if (art_) active_ = {Implementation::Art, "art", art_};
  else if (custom) active_ = {Implementation::Custom, "containers", spec_};
}

std::optional<Framework> ComponentParts::first_framework() const {
  for (const Framework candidate : kAll)
    if (framework(candidate)) return candidate;
  return std::nullopt;
}

// Custom predictors have it in kserve-container, other custom components in their first container.
std::optional<std::string_view> ComponentParts::storage_uri() const {
  if (active_.kind == Implementation::None) return std::nullopt;
  if (active_.kind == Implementation::Custom) {
    const View container = kind_ == ComponentKind::Predictor ? containers_.named("name", names::kKserveContainer) : containers_.item(0);
    const View entry = env_entry(container, "STORAGE_URI");
    return entry ? std::optional(entry["value"].text()) : std::nullopt;
  }
  const View uri = active_.spec["storageUri"];
  if (!uri || (active_.kind == Implementation::Art && uri.size() == 0)) return std::nullopt;
  return uri.text();
}

}  // namespace isvcc

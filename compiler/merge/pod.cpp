#include "merge/pod.h"

#include <algorithm>

#include "base/text.h"
#include "kserve/names.h"
#include "merge/env.h"
#include "merge/runtime_defaults.h"
#include "ops/placeholders.h"
#include "ops/strategic_merge.h"

namespace isvcc {

static const Node* known_fields(View value, const Schema& schema, Arena& arena) {
  MapBuilder out{Make(arena, value ? value.node()->origin : Origin{})};
  for (const Field& f : value.fields())
    if (schema.property(f.key())) out.set(f.key(), f.value);
  return out.build();
}

const Node* pod_fields(View component, const MergeContext& context) {
  return known_fields(component, context.profile.type("PodSpec"), context.scratch.arena);
}

const Node* container_fields(View model, const MergeContext& context) {
  return known_fields(model, context.profile.type("Container"), context.scratch.arena);
}

static Failure invalid_predictor(std::string message, View where) { return {"InvalidPredictorSpec", std::move(message), where}; }

static EnvConflicts env_conflicts(const Profile& profile) {
  return profile.has(Feature::EnvConflictsCleared) ? EnvConflicts::Clear : EnvConflicts::Keep;
}

std::optional<Failure> merge_with_runtime(const MergeContext& context, View runtime_pod, View own_pod, View overlay, std::string_view target, MergedPod& merged) {
  const Profile& profile = context.profile;
  const View base = runtime_pod["containers"].named("name", target);
  if (!base) return invalid_predictor(cat("failed to find ", target, " in ServingRuntime containers"), runtime_pod["containers"]);
  const MergeResult container = merge_containers(base, overlay, profile.type("Container"), context.scratch.arena, env_conflicts(profile), MergeInputs::Encoded);
  if (!container.error.empty()) return invalid_predictor(cat("failed to merge container. Detail: ", container.error), overlay);
  const MergeResult pod = merge_pod_specs(runtime_pod, pod_fields(own_pod, context), profile.type("PodSpec"), context.scratch.arena, MergeInputs::Encoded);
  if (!pod.error.empty()) return invalid_predictor(cat("failed to consolidate serving runtime PodSpecs. Detail: ", pod.error), own_pod);
  merged = {pod.value, container.value};
  return std::nullopt;
}

// The metadata that templates see: the server has counted a generation, the controller has put its finalizer last.
static View template_metadata(const MergeContext& context) {
  static constexpr std::string_view kFinalizer = "inferenceservice.finalizers";
  const Make make = context.scratch.make(Pass::Merge);
  const auto given = context.metadata()["finalizers"].items();
  std::vector<const Node*> finalizers(given.begin(), given.end());
  if (std::none_of(given.begin(), given.end(), [](View f) { return f.text() == kFinalizer; })) finalizers.push_back(make.borrowed(kFinalizer));
  MapBuilder out(make, context.metadata());
  out.set("generation", make.integer(context.profile.generation)).set("finalizers", make.list(finalizers));
  return out.build();
}

static std::optional<Failure> fill_placeholders(const MergeContext& context, const Node*& container) {
  const MergeResult filled = replace_placeholders(container, template_metadata(context), context.profile.type("Container"), context.scratch.arena);
  if (!filled.error.empty())
    return invalid_predictor(cat("failed to replace placeholders in serving runtime ", context.predictor()["model"]["runtime"].text(), " Container ",
                                 View(container)["name"].text(), ": ", filled.error),
                             container);
  container = filled.value;
  return std::nullopt;
}

// A collocated transformer: from the runtime, from the service, or both merged. Null when neither has one.
static std::optional<Failure> transformer_container(const MergeContext& context, View runtime_spec, const Node*& container) {
  const View base = runtime_spec["containers"].named("name", names::kTransformerContainer);
  const View own = context.predictor()["containers"].named("name", names::kTransformerContainer);
  container = base ? base.node() : own.node();
  if (base && own) {
    const MergeResult merged = merge_containers(base, own, context.profile.type("Container"), context.scratch.arena, env_conflicts(context.profile), MergeInputs::Encoded);
    if (!merged.error.empty()) return Failure{"", merged.error, own};
    container = merged.value;
  }
  return container ? fill_placeholders(context, container) : std::nullopt;
}

static bool is_named(View container, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), container["name"].text()) != names.end();
}

std::optional<Failure> model_pod(MergeContext& context, View runtime_spec, View runtime_annotations, const Node*& pod) {
  if (runtime_spec["containers"].size() == 0)
    return invalid_predictor("no container configuration found in selected serving runtime", context.predictor()["model"]["runtime"]);
  const View model = context.predictor()["model"];
  MergedPod merged;
  if (auto failure = merge_with_runtime(context, runtime_spec, context.predictor(), container_fields(model, context), names::kKserveContainer, merged)) return failure;
  if (auto failure = fill_placeholders(context, merged.container)) return failure;
  const View image = View(merged.container)["image"];
  if (const std::string tagged = image_with_tag(image.text(), model, merged.container, runtime_annotations, context.profile); tagged != image.text())
    merged.container = context.scratch.make(Pass::ImageTag).with(merged.container, "image", context.scratch.make(Pass::ImageTag).text(tagged));
  std::vector<const Node*> containers = {merged.container};
  const Node* transformer = nullptr;
  if (auto failure = transformer_container(context, runtime_spec, transformer)) return failure;
  if (transformer) containers.push_back(transformer);
  for (const Node* c : runtime_spec["containers"].items())
    if (!is_named(c, {names::kKserveContainer, names::kTransformerContainer})) containers.push_back(c);
  for (const Node* c : context.predictor()["containers"].items())
    if (!is_named(c, {names::kTransformerContainer})) containers.push_back(c);
  const Make make = context.scratch.make(Pass::Merge);
  pod = make.with(merged.spec, "containers", make.list(containers));
  return std::nullopt;
}

std::optional<Failure> custom_pod(MergeContext& context, const Node*& pod) {
  const View containers = context.predictor()["containers"];
  const View main = containers.named("name", names::kKserveContainer);
  if (!main)
    return Failure{"", cat("panic: no container named ", names::kKserveContainer, " in the custom predictor"), containers};
  const Make make = context.scratch.make(Pass::Merge);
  pod = make.with(pod_fields(context.predictor(), context), "containers", make.replaced(containers, 0, main.node()));
  return std::nullopt;
}

}  // namespace isvcc

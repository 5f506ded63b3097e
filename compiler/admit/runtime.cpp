// ServingRuntime and ClusterServingRuntime (ServingRuntimeValidator, ClusterServingRuntimeValidator).
#include <algorithm>
#include <deque>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "admit/admit.h"
#include "admit/blocked_env.h"
#include "admit/gpu_types.h"
#include "admit/stages.h"
#include "admit/structural.h"
#include "base/text.h"
#include "kserve/implementation.h"
#include "kserve/names.h"
#include "ops/go_text.h"

namespace isvcc {

namespace {

struct RuntimeCheck {
  View runtime, spec;
  const Object& object;
  const AdmittedRuntimes& earlier;
  const Profile& profile;
  Scratch& scratch;

  bool namespaced() const { return object.kind == "ServingRuntime"; }
  std::string_view plural() const { return namespaced() ? "servingruntime" : "clusterservingruntime"; }

  bool refuse(std::string path, Code code, std::string upstream, std::string message, std::string hint = {}) const {
    isvcc::refuse(runtime, std::move(path), code, std::move(upstream), std::move(message), scratch).hinting(std::move(hint));
    return false;
  }
  bool refuse_multi_node(std::string path, Code code, std::string_view upstream, std::string message, std::string hint = {}) const {
    return refuse(std::move(path), code, cat("the ", object.kind, ' ', object.name, " is invalid: ", upstream), std::move(message),
                  std::move(hint));
  }
};

}  // namespace

// validateModelFormatPrioritySame, which KServe runs once for every runtime that is there already: never for the first one.
static bool check_own_priorities(const RuntimeCheck& check) {
  if (check.earlier.empty()) return true;
  std::unordered_map<std::string_view, View> first;
  const View formats = check.spec["supportedModelFormats"];
  for (size_t i = 0; i < formats.items().size(); ++i) {
    const View format = formats.item(i), priority = format["priority"];
    if (!format["autoSelect"].is_true()) continue;
    const std::string_view name = format["name"].text();
    const auto [known, fresh] = first.emplace(name, priority);
    if (fresh || !known->second || !priority || known->second.integer() == priority.integer()) continue;
    return check.refuse(
        cat("spec.supportedModelFormats[", i, "].priority"), Code::PrioritiesDiffer,
        cat("different priorities assigned for the model format ", name, " under the ", check.plural(), ' ', check.object.name),
        cat("the format ", quote(name), " has two priorities"), "give all entries of the format the same priority");
  }
  return true;
}

static bool check_conflicts(const RuntimeCheck& check) {
  std::string_view format;
  const Object* other = check.earlier.conflict(check.runtime, check.object.name, format);
  if (!other) return true;
  std::string upstream = cat("same priority assigned for the model format ", format, " in the ", check.plural(), "s ", other->name, " and ",
                             check.object.name);
  if (check.namespaced()) upstream += cat(" in namespace ", check.object.namespace_);
  check.refuse("spec.supportedModelFormats", Code::PriorityConflict, std::move(upstream),
               cat("the runtime ", quote(other->name), " claims the format ", quote(format), " with the same priority"),
               "give one of them another priority, or set autoSelect: false");
  check.scratch.diags.all().back().label(other->view()["spec"]["supportedModelFormats"], cat("the formats of ", quote(other->name)));
  return false;
}

static bool check_gpus(const RuntimeCheck& check, const GpuTypes& types, View container, const std::string& path, std::string_view name) {
  if (!types.annotation_error().empty())
    return check.refuse_multi_node(cat("spec.annotations[", names::kGpuResourceTypes, ']'), Code::BadGpuTypes, types.annotation_error(),
                                   "the list of GPU resource types is not a JSON array of strings", "write it as '[\"example.com/gpu\"]'");
  const std::string_view unknown = types.unknown_in(container["resources"]);
  if (unknown.empty()) return true;
  return check.refuse_multi_node(cat(path, ".resources"), Code::UnknownGpuType, cat("unknown GPU resource type in a container(", name, ')'),
                                 cat("KServe does not know the resource ", quote(unknown), " as a GPU"),
                                 cat("if it is one, set ", names::kGpuResourceTypes, " in spec.annotations: '[\"", unknown, "\"]'"));
}

static bool check_head(const RuntimeCheck& check, const GpuTypes& types, View container, const std::string& path) {
  if (container["name"].text() != names::kKserveContainer) return true;
  for (std::string_view variable : {"PIPELINE_PARALLEL_SIZE", "TENSOR_PARALLEL_SIZE"})
    if (env_entry(container, variable))
      return check.refuse_multi_node(cat(path, ".env"), Code::ParallelSizeEnv,
                                     cat("setting ", variable, " in environment variables is not allowed"),
                                     cat("the runtime sets ", variable, ", which KServe derives from workerSpec"));
  return check_gpus(check, types, container, path, names::kKserveContainer);
}

static bool check_heads(const RuntimeCheck& check, const GpuTypes& types) {
  const View containers = check.spec["containers"];
  for (size_t i = 0; i < containers.items().size(); ++i)
    if (!check_head(check, types, containers.item(i), cat("spec.containers[", i, ']'))) return false;
  return true;
}

// KServe crashes when workerSpec has an empty list of containers.
static bool check_worker(const RuntimeCheck& check, const GpuTypes& types, View containers) {
  if (containers.size() == 0)
    return check.refuse("spec.workerSpec.containers", Code::WorkerContainers,
                        recovered_panic(kFirstOfNone), "workerSpec has no container",
                        "add one named worker-container");
  const View worker = containers.item(0);
  return worker["name"].text() != names::kWorkerContainer ||
         check_gpus(check, types, worker, "spec.workerSpec.containers[0]", names::kWorkerContainer);
}

static bool check_size(const RuntimeCheck& check, std::string_view field, std::string_view go_name) {
  const auto size = check.spec["workerSpec"][field].integer();
  if (!size || *size >= 1) return true;
  return check.refuse_multi_node(cat("spec.workerSpec.", field), Code::ParallelSize,
                                 cat("the WorkerSpec.", go_name, " cannot be less than 1(", *size, ')'),
                                 cat(field, ' ', *size, " is below 1"));
}

static bool check_multi_node(const RuntimeCheck& check) {
  const View worker = check.spec["workerSpec"];
  if (!worker) return true;
  const View containers = worker["containers"];
  if (containers.size() > 1)
    return check.refuse_multi_node("spec.workerSpec.containers[1]", Code::WorkerContainers,
                                   "setting multiple containers in workerSpec is not allowed",
                                   cat("workerSpec has ", containers.size(), " containers instead of one"));
  const GpuTypes types(check.spec["annotations"], check.profile.config, check.scratch);
  return check_heads(check, types) && check_worker(check, types, containers) &&
         check_size(check, "pipelineParallelSize", "PipelineParallelSize") && check_size(check, "tensorParallelSize", "TensorParallelSize");
}

static bool check_env(const RuntimeCheck& check, View containers, std::string_view path) {
  const auto found = find_blocked_env(containers);
  if (!found) return true;
  return check.refuse(cat(path, '[', found->container_index, "].env[", found->env_index, "].name"), Code::BlockedEnv,
                      cat("the ", check.object.kind, ' ', go_quote(check.object.name), " is invalid: setting ", found->variable,
                          " in container ", go_quote(found->container), " is not allowed for security reasons"),
                      cat("KServe does not let a runtime set ", found->variable), "build the path into the image instead");
}

static bool check_runtime(const RuntimeCheck& check) {
  if (check.spec["disabled"].is_true()) return true;  // nothing is checked then
  return check_own_priorities(check) && check_conflicts(check) && check_multi_node(check) &&
         check_env(check, check.spec["containers"], "spec.containers") &&
         check_env(check, check.spec["workerSpec"]["containers"], "spec.workerSpec.containers");
}

// The one field whose Go type (uint16) the schema does not show.
static bool replicas_decode(View stored, Scratch& scratch) {
  const View replicas = stored["spec"]["replicas"];
  if (!replicas.is_number() || (replicas.integer().value_or(-1) >= 0 && *replicas.integer() <= UINT16_MAX)) return true;
  scratch.diags
      .report(Code::Undecodable, Stage::Validation, replicas, cat("'spec.replicas' must be between 0 and ", UINT16_MAX, ", found ", brief(replicas)))
      .upstream_says(cat("json: cannot unmarshal number ", number_text(*replicas.node()), " into Go struct field ServingRuntimeSpec.spec.replicas of type uint16"));
  return false;
}

Admission admit_runtime(const Object& object, const AdmittedRuntimes& earlier, const Profile& profile, Scratch& scratch) {
  const Schema* schema = nullptr;
  const Node* stored = admit_structure(object, StatusOnCreate::Kept, profile, scratch, &schema);
  if (!stored || !schema || !decodes_in_webhook(stored, *schema, scratch) || !replicas_decode(stored, scratch)) return {schema ? nullptr : stored};
  return {check_runtime({stored, View(stored)["spec"], object, earlier, profile, scratch}) ? stored : nullptr};
}

// Source order, as far as an object tells: bundled ones (file 0) first, then by place, at last by name.
static auto source_place(const Object& object) {
  const uint32_t offset = object.written ? object.written->origin.offset : 0;
  return std::tuple(object.file, offset, object.name);
}

Admission admit_runtime(const Object& object, std::span<const Object* const> siblings, const Profile& profile, Scratch& scratch) {
  AdmittedRuntimes earlier;
  for (const Object* sibling : siblings)
    if (sibling->name != object.name && source_place(*sibling) < source_place(object)) earlier.add(*sibling);
  return admit_runtime(object, earlier, profile, scratch);
}

// Bundled ones first, then source order.
static std::vector<size_t> creation_order(std::span<const Object* const> runtimes) {
  std::vector<size_t> order(runtimes.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_partition(order.begin(), order.end(), [&](size_t i) { return runtimes[i]->file == 0; });
  return order;
}

std::vector<Admission> admit_runtimes(std::span<const Object* const> runtimes, const Profile& profile, Scratch& scratch) {
  std::vector<Admission> out(runtimes.size());
  std::map<std::pair<std::string_view, std::string_view>, AdmittedRuntimes> scopes;  // by kind and namespace
  std::deque<Object> stored;
  for (const size_t i : creation_order(runtimes)) {
    const Object& object = *runtimes[i];
    AdmittedRuntimes& scope = scopes[{object.kind, object.namespace_}];
    out[i] = admit_runtime(object, scope, profile, scratch);
    if (!out[i].accepted()) continue;
    stored.push_back(object);
    stored.back().node = out[i].stored;
    scope.add(stored.back());
  }
  return out;
}

}  // namespace isvcc

#include <algorithm>

#include "base/text.h"
#include "kserve/names.h"
#include "merge/context.h"
#include "merge/env.h"
#include "merge/metadata.h"
#include "merge/pod.h"
#include "ops/go_text.h"
#include "ops/quantity.h"

namespace isvcc {

namespace {

struct NodeSizes {
  int64_t nodes = 1, worker_gpus = 1, head_gpus = 1;
};

// The value of the first GPU type among the requests (GetGPUResourceQtyByType); 0 without one. Upstream's order is random: smallest key here.
int64_t gpu_request(View container, const Profile& profile) {
  std::string_view best;
  for (const Field& f : container["resources"]["requests"].fields()) {
    const auto& types = profile.config.gpu_resource_types;
    if (std::find(types.begin(), types.end(), f.key()) != types.end() && (best.empty() || f.key() < best)) best = f.key();
  }
  if (best.empty()) return 0;
  const auto quantity = Quantity::parse(container["resources"]["requests"][best].text());
  return quantity ? quantity->value().value_or(0) : 0;
}

int64_t divide_up(int64_t a, int64_t b) { return (a + b - 1) / b; }

// computeRayNodeAndGPUs without its check.
NodeSizes ray_sizes(int64_t total, int64_t head, int64_t worker) {
  if (worker > 0) {
    int64_t nodes = divide_up(total, worker);
    if (head > 0 && divide_up(total, head) == 1) nodes = 1;
    if (nodes == 1) return {1, 0, total};
    return {nodes, worker, head > 0 ? head : total - worker * (nodes - 1)};
  }
  if (head > 0) return {head >= total ? 1 : total - head + 1, 1, head};
  return {total, 1, 1};
}

std::string too_few_gpus(int64_t total, const NodeSizes& sizes) {
  return cat("the total required number of GPUs(", total, ") is less than the number of GPUs assigned to the head node(", sizes.head_gpus,
             ") + worker node(", sizes.worker_gpus * (sizes.nodes - 1), ")");
}

std::optional<Failure> size_nodes(const MergeContext& context, View runtime_spec, View head_pod, View worker_container, WorkerPlan& worker) {
  worker.ray = runtime_spec["annotations"][names::kExecutorBackend].text() != "mp";
  if (!worker.ray) {
    worker.node_count = worker.pipeline_parallel_size;
    worker.head_gpus = worker.worker_gpus = worker.tensor_parallel_size;
    return std::nullopt;
  }
  const int64_t total = worker.tensor_parallel_size * worker.pipeline_parallel_size;
  const int64_t head = gpu_request(head_pod["containers"].item(0), context.profile), own = gpu_request(worker_container, context.profile);
  const NodeSizes sizes = ray_sizes(total, head, own);
  if ((head > 0 || own > 0) && total > sizes.head_gpus + sizes.worker_gpus * (sizes.nodes - 1))
    return Failure{"", too_few_gpus(total, sizes), context.predictor()["workerSpec"]};
  worker.node_count = sizes.nodes;
  worker.worker_gpus = sizes.worker_gpus;
  worker.head_gpus = sizes.head_gpus;
  return std::nullopt;
}

std::string service_stem(std::string_view name) { return std::string(ends_with(name, "-predictor") ? name.substr(0, name.size() - 10) : name); }

struct EnvVar {
  std::string_view name;
  std::string value;
};

std::optional<Failure> add_all(std::vector<const Node*>& containers, std::string_view container, const std::vector<EnvVar>& env, Make make) {
  for (const EnvVar& var : env)
    if (!add_env(containers, container, var.name, var.value, make))
      return Failure{"", cat("failed to add ", var.name, " environment to the container(", container, "): target container(", container, ") does not exist"), {}};
  return std::nullopt;
}

std::vector<EnvVar> head_env(const MergeContext& context, const WorkerPlan& worker, View annotations) {
  std::vector<EnvVar> env = {{"PIPELINE_PARALLEL_SIZE", cat(worker.pipeline_parallel_size)},
                             {"TENSOR_PARALLEL_SIZE", cat(worker.tensor_parallel_size)},
                             {"RAY_NODE_COUNT", cat(worker.node_count)},
                             {"REQUEST_GPU_COUNT", cat(worker.head_gpus)},
                             {"MODEL_NAME", std::string(context.name())}};
  const std::string_view uri = annotations[names::kSourceUri].text();
  const std::string_view scheme = uri.substr(0, uri.find("://"));
  if (scheme == "pvc" || scheme == "oci") env.push_back({"MODEL_DIR", std::string(names::kModelMountPath)});
  return env;
}

std::vector<EnvVar> worker_env(const MergeContext& context, const WorkerPlan& worker, std::string_view predictor) {
  const std::string generation = cat(context.profile.generation);
  return {{"RAY_NODE_COUNT", cat(worker.node_count)},
          {"REQUEST_GPU_COUNT", cat(worker.worker_gpus)},
          {"PIPELINE_PARALLEL_SIZE", cat(worker.pipeline_parallel_size)},
          {"TENSOR_PARALLEL_SIZE", cat(worker.tensor_parallel_size)},
          {"ISVC_NAME", std::string(context.name())},
          // Upstream derives HEAD_SVC from the service's name and the Service from the predictor's: they differ when predictor.name is set.
          {"HEAD_SVC", cat(service_stem(context.name()), "-head-", generation)},
          {"WORKER_SVC", cat(service_stem(predictor), "-workers-", generation)}};
}

std::optional<Failure> merged_worker_pod(const MergeContext& context, View runtime_worker, View own, MergedPod& merged) {
  if (!runtime_worker)
    return Failure{"", "you cannot set WorkerSpec in the InferenceService if the ServingRuntime does not have a WorkerSpec", own};
  if (runtime_worker["containers"].size() == 0)
    return Failure{"InvalidPredictorSpec", "No workerSpec container configuration found in selected serving runtime", runtime_worker};
  // Go's encoding of the service has no empty list any more, but the stored object has.
  const View stored = context.service.view()["spec"]["predictor"]["workerSpec"]["containers"];
  if (stored.is_list() && stored.size() == 0)
    return Failure{"", recovered_panic(kFirstOfNone), stored};
  const Node* empty = context.scratch.make(Pass::MultiNode).map({});
  const View overlay = own["containers"].size() > 0 ? own["containers"].item(0) : View(empty);
  return merge_with_runtime(context, runtime_worker, own, overlay, names::kWorkerContainer, merged);
}

const Node* with_containers(View pod, const std::vector<const Node*>& containers, Make make) { return make.with(pod, "containers", make.list(containers)); }

}  // namespace

std::optional<Failure> plan_worker(MergeContext& context, View runtime_spec, ComponentPlan& component) {
  const Make make = context.scratch.make(Pass::MultiNode);
  const View own = context.predictor()["workerSpec"], base = runtime_spec["workerSpec"];
  WorkerPlan& worker = *component.worker;
  MergedPod merged;
  if (auto failure = merged_worker_pod(context, base, own, merged)) return failure;
  auto size = [&](std::string_view field) { return own[field].integer().value_or(base[field].integer().value_or(1)); };
  worker.pipeline_parallel_size = size("pipelineParallelSize");
  worker.tensor_parallel_size = size("tensorParallelSize");
  if (auto failure = size_nodes(context, runtime_spec, component.pod.spec, merged.container, worker)) return failure;

  const View head = component.pod.spec;
  std::vector<const Node*> containers(head["containers"].items().begin(), head["containers"].items().end());
  if (auto failure = add_all(containers, names::kKserveContainer, head_env(context, worker, component.annotations), make)) return failure;
  component.pod.spec = with_containers(head, containers, make);

  std::vector<const Node*> own_containers = {merged.container};
  if (auto failure = add_all(own_containers, names::kWorkerContainer, worker_env(context, worker, component.name), make)) return failure;
  worker.pod.spec = with_containers(merged.spec, own_containers, make);

  const Node* generation = make.text(cat(context.profile.generation));
  worker.name = make.arena().copy(cat(context.name(), "-predictor-worker"));
  const Node* generation_label = make.map({{names::kGeneration, generation}});
  worker.labels = component_labels(context, {base["labels"], context.metadata()["labels"], context.predictor()["labels"], generation_label}, Role::Predictor);
  component.labels = make.with(component.labels, names::kGeneration, generation);
  return std::nullopt;
}

}  // namespace isvcc

// Rules of predictors with a workerSpec (validateMultiNodeVariables).
#include "admit/gpu_types.h"
#include "admit/isvc_rules.h"
#include "base/text.h"
#include "kserve/names.h"

namespace isvcc {

static bool check_size_env(const ServiceCheck& check, View model) {
  for (std::string_view variable : {"PIPELINE_PARALLEL_SIZE", "TENSOR_PARALLEL_SIZE"})
    if (env_entry(model, variable))
      return check.refuse_named(
          "spec.predictor.model.env", Code::ParallelSizeEnv, cat("setting ", variable, " in environment variables is not allowed"),
          cat("the model sets ", variable, ", which KServe derives from workerSpec"),
          variable[0] == 'P' ? "set spec.predictor.workerSpec.pipelineParallelSize" : "set spec.predictor.workerSpec.tensorParallelSize");
  return true;
}

static bool check_gpus(const ServiceCheck& check, const GpuTypes& types, View container, const std::string& path) {
  if (!types.annotation_error().empty())
    return check.refuse(cat("metadata.annotations[", names::kGpuResourceTypes, ']'), Code::BadGpuTypes, types.annotation_error(),
                        "the list of GPU resource types is not a JSON array of strings", "write it as '[\"example.com/gpu\"]'");
  const std::string_view unknown = types.unknown_in(container["resources"]);
  if (unknown.empty()) return true;
  return check.refuse_named(
      cat(path, ".resources"), Code::UnknownGpuType,
      "Unknown GPU resource type. Set 'serving.kserve.io/gpu-resource-types' annotation to use custom gpu resource type",
      cat("KServe does not know the resource ", quote(unknown), " as a GPU"),
      cat("if it is one, set the annotation ", names::kGpuResourceTypes, ": '[\"", unknown, "\"]'"));
}

static bool check_storage(const ServiceCheck& check, View model) {
  const View uri = model["storageUri"];
  if (!uri)
    return check.refuse_named("spec.predictor.model.storageUri", Code::MultiNodeStorage, "StorageURI must be set for multinode enabled",
                              "a multi-node model has no storageUri", "set storageUri to pvc://… or oci://…");
  const std::string_view scheme = uri.text().substr(0, uri.text().find("://"));
  if (scheme == "pvc" || scheme == "oci") return true;
  return check.refuse_named("spec.predictor.model.storageUri", Code::MultiNodeStorage,
                            cat("Multinode only supports 'pvc' and 'oci' Storage Protocol(", scheme, ')'),
                            cat("multi-node models come from pvc:// or oci://, not from ", quote(uri.text())));
}

static bool check_autoscaler(const ServiceCheck& check) {
  const std::string_view value = check.annotations[names::kAutoscalerClass].text();
  if (value == "none") return true;
  const std::string key = cat("metadata.annotations[", names::kAutoscalerClass, ']');
  return check.refuse_named(key, Code::MultiNodeAutoscaler, cat("Multinode only supports 'none' autoscaler(", value, ')'),
                            value.empty() ? std::string("a multi-node service has to switch autoscaling off")
                                          : cat("a multi-node service cannot use the autoscaler ", quote(value)),
                            cat("set the annotation ", names::kAutoscalerClass, ": none"));
}

static bool check_model(const ServiceCheck& check, const GpuTypes& types, View model) {
  return !model || (check_size_env(check, model) && check_gpus(check, types, model, "spec.predictor.model") &&
                    check_storage(check, model) && check_autoscaler(check));
}

static bool check_size(const ServiceCheck& check, View worker, std::string_view field, std::string_view go_name) {
  const auto size = worker[field].integer();
  if (!size || *size >= 1) return true;
  return check.refuse_named(cat("spec.predictor.workerSpec.", field), Code::ParallelSize,
                            cat("WorkerSpec.", go_name, " cannot be less than 1(", *size, ')'), cat(field, ' ', *size, " is below 1"));
}

static bool check_worker_gpus(const ServiceCheck& check, const GpuTypes& types, View containers) {
  for (size_t i = 0; i < containers.items().size(); ++i)
    if (!check_gpus(check, types, containers.item(i), cat("spec.predictor.workerSpec.containers[", i, ']'))) return false;
  return true;
}

bool check_multi_node(const ServiceCheck& check) {
  const View worker = check.predictor["workerSpec"];
  if (!worker) return true;
  const View containers = worker["containers"];
  if (containers.size() > 1)
    return check.refuse_named("spec.predictor.workerSpec.containers[1]", Code::WorkerContainers,
                              "setting multiple containers in workerSpec is not allowed",
                              cat("workerSpec has ", containers.size(), " containers instead of one"));
  const GpuTypes types(check.annotations, check.profile.config, check.scratch);
  return check_model(check, types, check.predictor_parts.framework(Framework::Model)) &&
         check_size(check, worker, "pipelineParallelSize", "PipelineParallelSize") &&
         check_size(check, worker, "tensorParallelSize", "TensorParallelSize") && check_worker_gpus(check, types, containers);
}

}  // namespace isvcc

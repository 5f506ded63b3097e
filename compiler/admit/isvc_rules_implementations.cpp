// What serves a component: exactly one implementation, and that one valid by itself.
#include <algorithm>

#include "admit/isvc_rules.h"
#include "base/text.h"

namespace isvcc {

// KServe names all fields of the Go struct but the last, so fields that are no alternatives appear as well (ExactlyOneErrorFor).
static std::string exactly_one_text(ComponentKind kind, const Profile& profile) {
  if (kind == ComponentKind::Transformer) return "exactly one of [PodSpec, ComponentExtensionSpec] must be specified in TransformerSpec";
  if (kind == ComponentKind::Explainer) return "exactly one of [ART, PodSpec, ComponentExtensionSpec] must be specified in ExplainerSpec";
  return cat("exactly one of [", profile.has(Feature::PredictorName) ? "Name, " : "",
             "SKLearn, XGBoost, Tensorflow, PyTorch, Triton, ONNX, HuggingFace, PMML, LightGBM, Paddle, Model, StorageUris, ",
             profile.has(Feature::StorageContainerByName) ? "StorageContainerName, " : "",
             "WorkerSpec, PodSpec] must be specified in PredictorSpec");
}

static std::string_view component_word(ComponentKind kind) {
  if (kind == ComponentKind::Predictor) return "predictor";
  return kind == ComponentKind::Transformer ? "transformer" : "explainer";
}

// The fields that count as implementations, for the message.
static std::vector<std::string_view> implementation_names(const ComponentParts& parts) {
  std::vector<std::string_view> names;
  for (const Framework framework : all_frameworks())
    if (parts.framework(framework)) names.push_back(framework_name(framework));
  if (parts.art()) names.push_back("art");
  if (parts.containers().size() > 0) names.push_back("containers");
  return names;
}

std::optional<Refusal> exactly_one_refusal(const ComponentCheck& component, const Profile& profile) {
  const ComponentParts& parts = component.parts;
  const size_t count = parts.implementations();
  if (count == 1) return std::nullopt;
  const std::string_view word = component_word(parts.kind());
  std::string message = count == 0 ? cat("the ", word, " has nothing to run")
                                   : cat("the ", word, " has ", count, " implementations: ", join(implementation_names(parts), ", "));
  std::string hint = count == 0 ? parts.kind() == ComponentKind::Predictor ? "add a `model` or `containers`" : "add `containers`"
                                : "keep one; a container named kserve-container replaces the model server";
  return Refusal{Code::NotExactlyOne, component.path, exactly_one_text(parts.kind(), profile), std::move(message), std::move(hint)};
}

static bool asks_for_gpu(View container) {
  const auto limits = container["resources"]["limits"].fields();
  return std::any_of(limits.begin(), limits.end(),
                     [](const Field& f) { return f.key() == "nvidia.com/gpu" || starts_with(f.key(), "nvidia.com/mig"); });
}

// `words`, `end`: Tensorflow and PyTorch differ in their name and in a trailing blank.
static std::optional<Refusal> gpu_version_refusal(View framework, const std::string& path, std::string_view words, std::string_view end) {
  const View version = framework["runtimeVersion"];
  const bool gpu = asks_for_gpu(framework), gpu_version = contains(version.text(), "-gpu");
  if (!version || gpu == gpu_version) return std::nullopt;
  return Refusal{Code::GpuVersion,
                 cat(path, ".runtimeVersion"),
                 cat(words,
                     gpu ? " RuntimeVersion is not GPU enabled but GPU resources are requested"
                         : " RuntimeVersion is GPU enabled but GPU resources are not requested",
                     end),
                 cat("runtimeVersion ", quote(version.text()),
                     gpu ? " has no -gpu, but the container asks for a GPU" : " has -gpu, but the container asks for no GPU"),
                 {}};
}

static bool is_storage_spec_uri(std::string_view uri) {
  return starts_with(uri, "s3://") || starts_with(uri, "hdfs://") || starts_with(uri, "webhdfs://");
}

// validateStorageSpec: only for services that use `storage`.
static std::optional<Refusal> storage_spec_refusal(View framework, std::optional<std::string_view> uri, const std::string& path) {
  const View storage = framework["storage"];
  if (!storage) return std::nullopt;
  if (uri) {
    if (is_storage_spec_uri(*uri)) return std::nullopt;
    return Refusal{Code::StorageSpecType,
                   cat(path, ".storageUri"),
                   cat("storageUri, must be one of: [s3://, hdfs://, webhdfs://] or match https://{}.blob.core.windows.net/{}/{} or be an "
                       "absolute or relative local path. StorageUri [",
                       *uri, "] is not supported"),
                   cat("with `storage`, storageUri cannot be ", quote(*uri)),
                   {}};
  }
  const View type = storage["parameters"]["type"];
  if (!type || is_storage_spec_uri(cat(type.text(), "://"))) return std::nullopt;
  return Refusal{
      Code::StorageSpecType, cat(path, ".storage.parameters.type"),
      cat("storage.spec.type, must be one of: [s3://, hdfs://, webhdfs://]. storage.spec.type [", type.text(), "] is not supported"),
      cat("there is no storage type ", quote(type.text())), "the types are s3, hdfs and webhdfs"};
}

// From the last dot of the last path element (Go's path.Ext).
static std::string_view extension_of(std::string_view uri) {
  const size_t at = uri.find_last_of("./");
  return at == std::string_view::npos || uri[at] == '/' ? std::string_view() : uri.substr(at);
}

static std::optional<Refusal> onnx_refusal(View framework, const std::string& path) {
  const View uri = framework["storageUri"];
  const std::string_view extension = extension_of(uri.text());
  if (extension.empty() || extension == ".onnx") return std::nullopt;
  return Refusal{Code::OnnxExtension,
                 cat(path, ".storageUri"),
                 cat("expected storageUri file extension: '.onnx' but got '", extension, "'"),
                 cat("the model file ", quote(uri.text()), " is not an .onnx file"),
                 {}};
}

// The first PROTOCOL of the first container; KServe's text has its arguments swapped.
static std::optional<Refusal> custom_protocol_refusal(View predictor, const std::string& path) {
  const View entry = env_entry(predictor["containers"].item(0), "PROTOCOL");
  const std::string_view value = entry["value"].text();
  if (!entry || value == "v1" || value == "v2") return std::nullopt;
  return Refusal{Code::CustomProtocol, cat(path, ".containers[0].env"), cat("invalid protocol v1, v2. Must be one of [", value, ']'),
                 cat("a custom predictor cannot have PROTOCOL ", quote(value)), "the protocols are v1 and v2"};
}

static std::optional<std::string_view> optional_text(View text) { return text ? std::optional(text.text()) : std::nullopt; }

static std::optional<Refusal> framework_refusal(std::string_view field, View framework, const std::string& path) {
  std::optional<Refusal> refusal;
  if (field == "tensorflow") refusal = gpu_version_refusal(framework, path, "Tensorflow", "");
  if (field == "pytorch") refusal = gpu_version_refusal(framework, path, "PyTorch", ". ");
  if (field == "onnx") refusal = onnx_refusal(framework, path);
  const bool checks_storage = field == "tensorflow" || field == "pytorch" || field == "onnx" || field == "huggingface" || field == "pmml";
  if (refusal || !checks_storage) return refusal;
  return storage_spec_refusal(framework, optional_text(framework["storageUri"]), path);
}

// `model` and other custom components than predictors pass as they are.
std::optional<Refusal> implementation_refusal(const ComponentCheck& component) {
  const ComponentParts& parts = component.parts;
  const ActiveImplementation& active = parts.active();
  switch (active.kind) {
    case Implementation::Framework:
      return framework_refusal(active.field, active.spec, cat(component.path, '.', active.field));
    case Implementation::Art:
      return storage_spec_refusal(active.spec, parts.storage_uri(), cat(component.path, ".art"));
    case Implementation::Custom:
      return parts.kind() == ComponentKind::Predictor ? custom_protocol_refusal(active.spec, component.path) : std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace isvcc

#include "merge/runtime_defaults.h"

#include "base/text.h"
#include "kserve/implementation.h"
#include "kserve/names.h"

namespace isvcc {

struct NamedServer {
  std::string_view runtime, server_type;
};
static constexpr NamedServer kServers[] = {
    {"kserve-mlserver", "mlserver"},
    {"kserve-torchserve", "torchserve"},
    {"kserve-tritonserver", "tritonserver"},
    {"kserve-tensorflow-serving", "tensorflow-serving"},
    {"kserve-huggingfaceserver", "huggingfaceserver"},
    {"kserve-vllmserver", "vllmserver"},
};

std::string_view server_type_of_name(std::string_view runtime_name) {
  for (const NamedServer& server : kServers)
    if (server.runtime == runtime_name) return server.server_type;
  return {};
}

namespace {

constexpr std::string_view kModel = "spec.predictor.model";

class Defaults {
 public:
  explicit Defaults(MergeContext& context) : context_(context), make_(context.scratch.make(Pass::Selection)) {}

  void mlserver() {
    default_protocol("v2");
    if (has_storage()) {
      append_env_unless_present("MLSERVER_MODEL_NAME", context_.name());
      append_env_unless_present("MLSERVER_MODEL_URI", names::kModelMountPath);
    } else {
      append_env_unless_present("MLSERVER_LOAD_MODELS_AT_STARTUP", "false");
    }
    set_label(names::kModelClass, model_class(model()["modelFormat"]["name"].text()));
  }

  void torchserve() {
    default_protocol("v1");
    const std::string_view protocol = model()["protocolVersion"].text();
    set_label(names::kServiceEnvelope, protocol == "v2" || protocol == "grpc-v2" ? "kservev2" : "kserve");
    append_env("PROTOCOL_VERSION", protocol);
  }

  void triton() {
    default_protocol("v2");
    if (!has_storage()) change("args", make_.appended(model()["args"], make_.text("--model-control-mode=explicit")));
  }

 private:
  View model() const { return View(context_.isvc).at(kModel); }
  // storageUris (plural) do not count here, as upstream.
  bool has_storage() const { return model()["storageUri"] || model()["storage"]; }
  void change(std::string_view field, const Node* value) { context_.change(cat(kModel, '.', field), value, Pass::Selection); }
  void default_protocol(std::string_view protocol) {
    if (!model()["protocolVersion"]) change("protocolVersion", make_.text(protocol));
  }
  void append_env(std::string_view name, std::string_view value) {
    change("env", make_.appended(model()["env"], make_.map({{"name", make_.text(name)}, {"value", value.empty() ? nullptr : make_.text(value)}})));
  }
  void append_env_unless_present(std::string_view name, std::string_view value) {
    if (!env_entry(model(), name)) append_env(name, value);
  }
  void set_label(std::string_view key, std::string_view value) {
    const View metadata = context_.metadata();
    const Node* labels = make_.with(metadata["labels"], key, make_.text(value));
    context_.isvc = make_.with(context_.isvc, "metadata", make_.with(metadata, "labels", labels));
  }
  static std::string_view model_class(std::string_view format) {
    if (format == "xgboost") return "mlserver_xgboost.XGBoostModel";
    if (format == "lightgbm") return "mlserver_lightgbm.LightGBMModel";
    if (format == "mlflow") return "mlserver_mlflow.MLflowRuntime";
    return "mlserver_sklearn.SKLearnModel";
  }

  MergeContext& context_;
  Make make_;
};

// The part from the last ':' when only letters, digits, '_', '.' and '-' follow it; empty when there is none.
std::string_view tag_of(std::string_view image) {
  const size_t colon = image.rfind(':');
  if (colon == std::string_view::npos) return {};
  for (char c : image.substr(colon + 1))
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-')) return {};
  return image.substr(colon);
}

bool wants_gpu(View container) {
  for (const Field& f : container["resources"]["limits"].fields())
    if (f.key() == "nvidia.com/gpu" || starts_with(f.key(), "nvidia.com/mig")) return true;
  return false;
}

bool has_gpu_image(std::string_view server_type) {
  return server_type == "tensorflow-serving" || server_type == "torchserve" || server_type == "huggingfaceserver";
}

// The server type that decides about images: the annotation, else the runtime's name.
std::string_view image_server_type(View model, View runtime_annotations, const Profile& profile) {
  const std::string_view annotated = runtime_annotations[names::kServerType].text();
  if (!annotated.empty() && profile.has(Feature::ServerTypeAnnotation)) return annotated;
  return server_type_of_name(model["runtime"].text());
}

// Go expands `$1`, `$name` and `${1}` in a replacement; the tag pattern has two groups: ":tag" and "tag".
std::string expanded(std::string_view replacement, std::string_view tag) {
  std::string out;
  for (size_t i = 0; i < replacement.size(); ++i) {
    if (replacement[i] != '$' || i + 1 == replacement.size()) {
      out += replacement[i];
      continue;
    }
    if (replacement[i + 1] == '$') {
      out += '$';
      ++i;
      continue;
    }
    const bool braced = replacement[i + 1] == '{';
    size_t end = i + (braced ? 2 : 1);
    const size_t begin = end;
    auto is_word = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    while (end < replacement.size() && is_word(replacement[end])) ++end;
    const std::string_view name = replacement.substr(begin, end - begin);
    const bool closed = !braced || (end < replacement.size() && replacement[end] == '}');
    if (name.empty() || !closed) {
      out += '$';
      continue;
    }
    if (name == "0" || name == "1") out.append(tag);
    if (name == "2") out.append(tag.substr(1));
    i = end - (braced ? 0 : 1);
  }
  return out;
}

}  // namespace

void apply_runtime_defaults(MergeContext& context, View runtime_annotations) {
  const View annotated = runtime_annotations[names::kServerType];
  const std::string_view type =
      annotated ? annotated.text() : server_type_of_name(View(context.isvc).at(kModel)["runtime"].text());
  Defaults defaults(context);
  if (type == "mlserver") defaults.mlserver();
  if (type == "torchserve") defaults.torchserve();
  if (type == "tritonserver") defaults.triton();
}

std::string image_with_tag(std::string_view image, View model, View container, View runtime_annotations, const Profile& profile) {
  if (contains(image, "@sha256:")) return std::string(image);
  const std::string_view tag = tag_of(image);
  const std::string_view untagged = image.substr(0, image.size() - tag.size());
  if (model["runtimeVersion"]) {
    const std::string version = cat(':', model["runtimeVersion"].text());
    return tag.empty() ? cat(image, version) : cat(untagged, expanded(version, tag));
  }
  const std::string_view type = image_server_type(model, runtime_annotations, profile);
  if (type.empty() || tag.empty()) return std::string(image);
  if (wants_gpu(container)) return has_gpu_image(type) && !ends_with(image, "-gpu") ? cat(image, "-gpu") : std::string(image);
  if (type == "vllmserver" && profile.has(Feature::VllmCpuImage) && !ends_with(untagged, "-cpu")) return cat(untagged, "-cpu", tag);
  return std::string(image);
}

}  // namespace isvcc

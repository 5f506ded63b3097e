#include "inject/storage_spec.h"

#include "base/text.h"
#include "inject/pod_values.h"
#include "inject/secret.h"
#include "kserve/names.h"
#include "ops/go_json.h"
#include "ops/go_json_reader.h"

namespace isvcc {
namespace {

constexpr std::string_view kPlaceholder = "<scheme-placeholder>://";
constexpr std::string_view kCaBundleConfigMap = "AWS_CA_BUNDLE_CONFIGMAP";

// Go's json.Unmarshal into map[string]string; null is an empty map.
View parse_text_map(std::string_view json, Arena& arena, std::string& error) {
  const View map = read_go_json(json, arena, error);
  if (!map || map.is_null()) return {};
  if (!map.is_map()) error = cat("json: cannot unmarshal ", type_name(map), " into Go value of type map[string]string");
  for (const Field& f : map.fields())
    if (const View value = f.value; !value.is_text() && !value.is_null())
      error = cat("json: cannot unmarshal ", type_name(value), " into Go value of type string");
  return error.empty() ? map : View();
}

bool is_supported(std::string_view type) { return type == "s3" || type == "hdfs" || type == "webhdfs"; }

// The work of one call: what is known about the storage grows from the parameters to the secret's entry.
class StorageSpecEnv {
 public:
  StorageSpecEnv(const StorageSpec& spec, ContainerEdit& container, const InjectContext& context)
      : container_(container),
        context_(context),
        make_(context.scratch.make(Pass::Credentials)),
        parameters_(spec.parameters),
        key_(spec.key),
        type_(spec.parameters["type"].text()),
        bucket_(spec.parameters["bucket"].text()) {}

  std::string add() {
    name_secret();
    std::string error = read_secret();
    if (error.empty() && entry_ && type_.empty()) error = read_entry();
    if (!error.empty()) return error;
    if (entry_) container_.env.push_back(env_from_secret(make_, "STORAGE_CONFIG", secret_, key_));
    if (type_.empty()) return "unable to determine storage type";
    error = replace_placeholder();
    if (error.empty() && parameters_.size() > 0)
      container_.env.push_back(env_value(make_, "STORAGE_OVERRIDE_CONFIG", go_json(sorted_keys(parameters_, make_.arena()))));
    return error;
  }

 private:
  void name_secret() {
    const CredentialsConfig& config = context_.config().credentials.value;
    const View named = context_.annotation(config.storage_secret_name_annotation);
    secret_ = named ? named.text() : std::string_view(config.storage_spec_secret_name);
  }

  // Only an entry that was asked for by its key must exist.
  std::string read_secret() {
    const Object* object = context_.repository.find("Secret", context_.namespace_, secret_);
    if (!object)
      return key_.empty() ? std::string() : cat("can't read storage secret ", secret_, ": secrets ", go_quote(secret_), " not found");
    const bool must_exist = !key_.empty();
    if (!must_exist) key_ = type_.empty() ? "default" : cat("default_", type_);
    entry_ = Secret(*object).value(key_);
    if (!entry_ && must_exist) return cat("specified storage key ", key_, " not found in storage secret ", secret_);
    return {};
  }

  // A type among the parameters hides the entry: this is not called then, so its bucket and CA bundle do not count.
  std::string read_entry() {
    std::string error;
    const View entry = parse_text_map(*entry_, make_.arena(), error);
    if (!error.empty()) return cat("invalid json encountered in key ", key_, " of storage secret ", secret_, ": ", error);
    if (entry["type"]) {
      type_ = entry["type"].text();
      if (!is_supported(type_)) return cat("storage type must be one of [s3, hdfs, webhdfs]. storage type [", type_, "] is not supported");
    }
    if (bucket_.empty()) bucket_ = entry["bucket"].text();
    if (const View bundle = entry["cabundle_configmap"]) container_.env.push_back(env_value(make_, kCaBundleConfigMap, bundle.text()));
    return {};
  }

  // Args are pairs of URI and path; the first URI stands for all.
  std::string replace_placeholder() {
    if (container_.args.empty() || !starts_with(View(container_.args[0]).text(), kPlaceholder)) return {};
    if (type_ == "s3" && bucket_.empty()) return "format [s3] requires a bucket but one wasn't found in storage data or parameters";
    const std::string prefix = type_ == "s3" ? cat("s3://", bucket_, "/") : cat(type_, "://");
    for (size_t i = 0; i < container_.args.size(); i += 2) {
      const std::string_view uri = View(container_.args[i]).text();
      container_.args[i] = make_.text(cat(prefix, uri.substr(std::min(uri.size(), kPlaceholder.size()))));
    }
    return {};
  }

  ContainerEdit& container_;
  const InjectContext& context_;
  Make make_;
  View parameters_;
  std::string key_;
  std::string_view secret_;
  std::optional<std::string> entry_;
  std::string type_, bucket_;
};

}  // namespace

std::optional<StorageSpec> storage_spec_of_annotations(const InjectContext& context, std::string& error) {
  if (context.annotation(names::kStorageSpec).text() != "true") return std::nullopt;
  StorageSpec spec;
  if (const View json = context.annotation(names::kStorageSpecParam))
    spec.parameters = parse_text_map(json.text(), context.scratch.arena, error);
  spec.key = context.annotation(names::kStorageSpecKey).text();
  return spec;
}

std::optional<StorageSpec> storage_spec_of_predictor(View storage) {
  const View key = storage["key"], parameters = storage["parameters"];
  if (!key.is_text() || !parameters.is_map()) return std::nullopt;
  return StorageSpec{key.text(), parameters};
}

std::string add_storage_spec(const StorageSpec& spec, ContainerEdit& container, const InjectContext& context) {
  return StorageSpecEnv(spec, container, context).add();
}

}  // namespace isvcc

#include "inject/pod_values.h"

#include "ops/quantity.h"

namespace isvcc {

const Node* env_value(Make make, std::string_view name, std::string_view value) {
  return make.map({{"name", make.text(name)}, {"value", text_or_absent(make, value)}});
}

const Node* env_from_secret(Make make, std::string_view name, std::string_view secret, std::string_view key) {
  const Node* reference = make.map({{"key", make.text(key)}, {"name", text_or_absent(make, secret)}});
  return make.map({{"name", make.text(name)}, {"valueFrom", make.map({{"secretKeyRef", reference}})}});
}

const Node* volume_mount(Make make, std::string_view volume, std::string_view path, Access access, std::string_view sub_path) {
  return make.map({{"mountPath", make.text(path)},
                   {"name", make.text(volume)},
                   {"readOnly", access == Access::ReadOnly ? make.boolean(true) : nullptr},
                   {"subPath", text_or_absent(make, sub_path)}});
}

const Node* volume(Make make, std::string_view name, std::string_view kind, const Node* source) {
  return make.map({{"name", make.text(name)}, {kind, source}});
}

const Node* empty_dir_volume(Make make, std::string_view name) { return volume(make, name, "emptyDir", make.map({})); }

const Node* secret_volume(Make make, std::string_view name, std::string_view secret) {
  return volume(make, name, "secret", make.map({{"secretName", text_or_absent(make, secret)}}));
}

const Node* config_map_volume(Make make, std::string_view name, std::string_view config_map) {
  return volume(make, name, "configMap", make.map({{"name", text_or_absent(make, config_map)}}));
}

static const Node* quantity(Make make, const std::string& text) {
  const std::optional<Quantity> parsed = Quantity::parse(text);
  return make.text(parsed ? parsed->text() : text);
}

const Node* resources(Make make, const ResourceTexts& texts) {
  return make.map({{"limits", make.map({{"cpu", quantity(make, texts.cpu_limit)}, {"memory", quantity(make, texts.memory_limit)}})},
                   {"requests", make.map({{"cpu", quantity(make, texts.cpu_request)}, {"memory", quantity(make, texts.memory_request)}})}});
}

}  // namespace isvcc

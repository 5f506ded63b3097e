#include "load/jsonnet/environment.h"

#include "base/text.h"

namespace isvcc::jsonnet {

bool is_tanka_environment(View value) { return value["kind"].text() == "Environment" && starts_with(value["apiVersion"].text(), "tanka.dev/"); }

static const Node* with_missing(View object, std::string_view key, View defaults, Make make) {
  if (defaults.fields().empty()) return object.node();
  const View metadata = object["metadata"];
  return make.with(object, "metadata", make.with(metadata, key, make.overlay({defaults, metadata[key]})));
}

static constexpr std::string_view kLabel = "tanka.dev/environment";
static constexpr size_t kLabelLength = 48;

// Of the fields that spec.tankaEnvLabelFromFields names.
static std::string label_of(View environment, std::string_view file) {
  std::vector<std::string_view> fields;
  for (const View field : environment["spec"]["tankaEnvLabelFromFields"].items()) fields.push_back(field.text());
  if (fields.empty()) fields = {".metadata.name", ".metadata.namespace"};
  std::vector<std::string_view> values;
  for (std::string_view field : fields) values.push_back(field == ".metadata.namespace" ? file : environment.at(field.substr(starts_with(field, ".") ? 1 : 0)).text());
  return sha256_hex(join(values, ":")).substr(0, kLabelLength);
}

Environment::Environment(View environment, std::string_view file) : spec_(environment["spec"]), label_(spec_["injectLabels"].is_true() ? label_of(environment, file) : "") {}

const Node* Environment::with_defaults(View object, Arena& arena) const {
  const View defaults = spec_["resourceDefaults"];
  const Make make = Make(arena).at(defaults);
  if (!label_.empty()) object = make.with(object, "metadata", make.with(object["metadata"], "labels", make.with(object["metadata"]["labels"], kLabel, make.text(label_))));
  return with_missing(with_missing(object, "annotations", defaults["annotations"], make), "labels", defaults["labels"], make);
}

bool is_wanted(View environment, const std::set<std::string, std::less<>>& names) { return names.empty() || names.contains(environment["metadata"]["name"].text()); }

}  // namespace isvcc::jsonnet

#include "driver/frozen.h"

#include "base/char_set.h"
#include "base/text.h"
#include "emit/yaml_writer.h"
#include "kserve/names.h"
#include "merge/runtime_defaults.h"

namespace isvcc {

static constexpr size_t kHashDigits = 10, kLongestName = 63;

// A copy is used by those who name it: it must neither be found by itself nor clash with the priorities of another one.
static const Node* without_selection(View spec, const Make& make) {
  const View formats = spec["supportedModelFormats"];
  if (!formats.is_list()) return spec.node();
  std::vector<const Node*> list;
  for (const Node* format : formats.items()) list.push_back(make.without(format, "autoSelect"));
  return make.with(spec, "supportedModelFormats", make.list(list));
}

static const Node* with_first_protocol(View spec, std::string_view first, const Make& make) {
  std::vector<const Node*> list;
  for (const bool wanted : {true, false})
    for (const Node* protocol : spec["protocolVersions"].items())
      if ((View(protocol).text() == first) == wanted) list.push_back(protocol);
  return list.empty() ? spec.node() : make.with(spec, "protocolVersions", make.list(list));
}

static std::string content_hash(std::string_view server_type, View spec) {
  std::string content(server_type);
  content += '\n';
  write_json(content, spec);
  return sha256_hex(content).substr(0, kHashDigits);
}

static std::string frozen_name(std::string_view runtime, std::string_view hash) {
  std::string_view base = runtime.substr(0, kLongestName - 1 - kHashDigits);
  while (!base.empty() && (base.back() == '-' || base.back() == '.')) base.remove_suffix(1);
  return cat(base, '-', hash);
}

namespace {

// What KServe takes from the annotation or the name of a runtime: defaults of the model server, and the tag of the image.
struct ServerTypes {
  std::string_view defaults, image;
};

ServerTypes server_types(View annotation, std::string_view name, const Profile& profile) {
  const std::string_view by_name = server_type_of_name(name);
  const bool counts = !annotation.text().empty() && profile.has(Feature::ServerTypeAnnotation);
  return {annotation ? annotation.text() : by_name, counts ? annotation.text() : by_name};
}

// Only these change a tag.
std::string_view tag_rule(std::string_view type) {
  return type == "tensorflow-serving" || type == "torchserve" || type == "huggingfaceserver" || type == "vllmserver" ? type : std::string_view();
}

}  // namespace

std::optional<FrozenRuntime> freeze_runtime(const FrozenUse& use, const Profile& profile, Scratch& scratch) {
  const Make make = scratch.make(Pass::Pinning);
  const ServerTypes before = server_types(annotation(use.named.view(), names::kServerType), use.named.name, profile);
  const Node* annotated = before.defaults.empty() ? nullptr : make.text(before.defaults);
  const Node* spec = with_first_protocol(without_selection(use.spec_of.view()["spec"], make), use.protocol, make);
  const std::string_view name = scratch.arena.copy(frozen_name(use.spec_of.name, content_hash(before.defaults, spec)));
  if (tag_rule(before.image) != tag_rule(server_types(annotated, name, profile).image)) return std::nullopt;
  const Node* annotations = make.map({{kFrozenFrom, make.text(cat(use.spec_of.kind, '/', use.spec_of.name))}, {names::kServerType, annotated}});
  const Node* metadata = make.map({{"annotations", annotations}, {"name", make.borrowed(name)}, {"namespace", make.text(use.namespace_)}});
  return FrozenRuntime{name, make.map({{"apiVersion", make.borrowed("serving.kserve.io/v1alpha1")}, {"kind", make.borrowed("ServingRuntime")}, {"metadata", metadata}, {"spec", spec}})};
}

bool is_frozen_name(std::string_view name) {
  const size_t hyphen = name.rfind('-');
  return hyphen != std::string_view::npos && hyphen > 0 && name.size() - hyphen - 1 == kHashDigits && kHexDigits.covers(name.substr(hyphen + 1));
}

bool is_frozen(const Object& runtime) {
  if (runtime.kind != "ServingRuntime") return false;
  const View spec = runtime.view()["spec"];
  for (const Node* format : spec["supportedModelFormats"].items())
    if (View(format)["autoSelect"]) return false;
  const std::string hash = content_hash(annotation(runtime.view(), names::kServerType).text(), spec);
  return ends_with(runtime.name, cat('-', hash));
}

}  // namespace isvcc

#include "schema/crd.h"

#include <algorithm>

#include "base/arena.h"
#include "base/text.h"
#include "schema/crd_compiler.h"
#include "schema/finish.h"
#include "tree/origin.h"

namespace isvcc {
namespace {

class SchemasWithCrds final : public SchemaSet {
 public:
  explicit SchemasWithCrds(const SchemaSet& builtin) : builtin_(builtin) {}

  void add(View crd, Diagnostics& diags) {
    const View spec = crd["spec"];
    const std::string_view group = spec["group"].text(), kind = spec["names"]["kind"].text();
    if (group.empty() || kind.empty()) return refuse(crd, "spec.group and spec.names.kind are needed", crd, diags);
    for (const Node* version : spec["versions"].items())
      if (!View(version)["served"].is(Kind::Bool) || View(version)["served"].is_true()) add_version(crd, cat(group, '/', View(version)["name"].text()), kind, version, diags);
  }

  void add(const JsonSchema& json, Diagnostics& diags) {
    const Schema* like = builtin_.kind(json.api_version, json.kind);
    const Schema* compiled = compiler_.compile(json.schema, like, SchemaDialect::JsonSchema);
    if (compiled) {
      kinds_[cat(json.api_version, ' ', json.kind)] = {with_type_meta(*compiled, like), builtin_.namespaced(json.api_version, json.kind), {}};
      return;
    }
    diags.report(Code::BadCrd, Stage::Load, compiler_.culprit() ? compiler_.culprit() : json.schema,
                 cat("the JSON schema of ", json.kind, " in ", json.api_version, " cannot be used: ", compiler_.error()))
        .hinting("the built-in schema is used where there is one");
    compiler_.clear_error();
  }

  void finish() {
    std::vector<Schema*> all = compiler_.all();
    for (Schema& root : roots_) all.push_back(&root);
    finish_schemas(all, Make(arena_, made_by(Pass::Encoding)));
  }

  const Schema* kind(std::string_view api_version, std::string_view kind) const override {
    const auto at = kinds_.find(cat(api_version, ' ', kind));
    return at != kinds_.end() ? at->second.schema : builtin_.kind(api_version, kind);
  }

  const Schema* type(std::string_view name) const override { return builtin_.type(name); }

  bool namespaced(std::string_view api_version, std::string_view kind) const override {
    const auto at = kinds_.find(cat(api_version, ' ', kind));
    return at != kinds_.end() ? at->second.namespaced : builtin_.namespaced(api_version, kind);
  }

  View definition(std::string_view api_version, std::string_view kind) const override {
    const auto at = kinds_.find(cat(api_version, ' ', kind));
    return at != kinds_.end() ? at->second.definition : View();
  }

  std::vector<std::string> kinds() const override {
    std::vector<std::string> out = builtin_.kinds();
    for (const auto& [name, entry] : kinds_) out.push_back(name);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

 private:
  struct Entry {
    const Schema* schema = nullptr;
    bool namespaced = true;
    View definition;
  };

  void add_version(View crd, const std::string& api_version, std::string_view kind, View version, Diagnostics& diags) {
    const View schema = version["schema"]["openAPIV3Schema"];
    if (!schema) return refuse(crd, cat("version ", quote(version["name"].text()), " has no schema"), version, diags);
    const Schema* like = builtin_.kind(api_version, kind);
    const Schema* compiled = compiler_.compile(schema, like);
    if (!compiled) {
      refuse(crd, compiler_.error(), compiler_.culprit(), diags);
      return compiler_.clear_error();
    }
    kinds_[cat(api_version, ' ', kind)] = {with_type_meta(*compiled, like), crd["spec"]["scope"].text() != "Cluster", crd};
  }

  // apiVersion, kind and metadata are fields of every object, whatever its schema says.
  const Schema* with_type_meta(const Schema& schema, const Schema* like) {
    Schema& out = roots_.emplace_back(schema);
    static constexpr std::string_view names[] = {"apiVersion", "kind", "metadata"};
    const Schema* text = like ? like->property("kind")->schema : builtin_.type("ObjectMeta")->property("name")->schema;
    for (const std::string_view name : names) {
      std::erase_if(out.properties, [&](const Property& p) { return p.name == name; });
      Property property;
      property.name = name;
      property.schema = name == "metadata" ? builtin_.type("ObjectMeta") : text;
      property.always = name == "metadata";
      out.properties.push_back(property);
    }
    std::sort(out.properties.begin(), out.properties.end(), [](const Property& a, const Property& b) { return a.name < b.name; });
    return &out;
  }

  static void refuse(View crd, const std::string& text, View where, Diagnostics& diags) {
    const std::string_view name = crd["metadata"]["name"].text();
    diags.report(Code::BadCrd, Stage::Load, where ? where : crd, cat("CustomResourceDefinition ", quote(name), " cannot be used: ", text))
        .in({"CustomResourceDefinition", "", std::string(name)})
        .hinting("the built-in schema is used where there is one");
  }

  const SchemaSet& builtin_;
  CrdCompiler compiler_;
  std::deque<Schema> roots_;
  Arena arena_;
  std::map<std::string, Entry, std::less<>> kinds_;
};

}  // namespace

std::unique_ptr<SchemaSet> schemas_with(const SchemaSet& builtin, const std::vector<View>& crds, Diagnostics& diags, const std::vector<JsonSchema>& json_schemas) {
  auto set = std::make_unique<SchemasWithCrds>(builtin);
  for (const View crd : crds) set->add(crd, diags);
  for (const JsonSchema& json : json_schemas) set->add(json, diags);
  set->finish();
  return set;
}

}  // namespace isvcc

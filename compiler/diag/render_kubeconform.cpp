// The JSON of kubeconform, for what reads its reports: one entry for each object with findings, and the summary.
#include <tuple>

#include "base/json_text.h"
#include "base/text.h"
#include "diag/report_parts.h"

namespace isvcc {

namespace {

struct Resource {
  std::vector<const Diagnostic*> errors;
  bool unreadable = false;  // kubeconform's "error": the object could not be judged
};

using Key = std::tuple<std::string, ObjectRef>;  // file, object

}  // namespace

static void write_resource(JsonWriter& json, const Key& key, const Resource& resource) {
  const auto& [file, object] = key;
  json.begin_object().member("filename", file).member("kind", object.kind).member("name", object.name).member("version", "");
  json.member("status", resource.unreadable ? "statusError" : "statusInvalid").member("msg", all_words(*resource.errors.front(), "; "));
  json.key("validationErrors").begin_array();
  for (const Diagnostic* d : resource.errors) json.begin_object().member("path", d->path).member("msg", all_words(*d, "; ")).end_object();
  json.end_array().end_object();
}

std::string render_kubeconform(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options) {
  Places places(sources);
  std::map<Key, Resource> resources;
  for (const Diagnostic& d : diags) {
    if (d.severity != Severity::Error) continue;
    Resource& resource = resources[{std::string(places.of(d.span).file), d.object}];
    resource.errors.push_back(&d);
    resource.unreadable |= d.stage == Stage::Load;
  }
  int64_t errors = 0;
  for (const auto& [key, resource] : resources) errors += resource.unreadable;
  const auto invalid = static_cast<int64_t>(resources.size()) - errors;
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().key("resources").begin_array();
  for (const auto& [key, resource] : resources) write_resource(json, key, resource);
  json.end_array().key("summary").begin_object().member("valid", std::max<int64_t>(0, static_cast<int64_t>(options.checked) - invalid));
  json.member("invalid", invalid).member("errors", errors).member("skipped", static_cast<int64_t>(options.skipped)).end_object().end_object();
  return out + '\n';
}

}  // namespace isvcc

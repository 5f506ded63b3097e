#include "base/text.h"
#include "review/runtime_words.h"

namespace isvcc {
namespace {

void write_text_list(JsonWriter& json, std::string_view key, View items) {
  json.key(key).begin_array();
  for (const Node* item : items.items()) json.text(View(item).text());
  json.end_array();
}

void write_formats(JsonWriter& json, View spec) {
  json.key("formats").begin_array();
  for (const Node* item : spec["supportedModelFormats"].items()) {
    const View format = item;
    json.begin_object().member("name", format["name"].text());
    if (format["version"]) json.member("version", format["version"].text());
    json.key("autoSelect").boolean(format["autoSelect"].is_true());
    if (const auto priority = format["priority"].integer()) json.member("priority", *priority);
    json.end_object();
  }
  json.end_array();
}

void write_users(JsonWriter& json, const RuntimeUse& use) {
  json.key("users").begin_array();
  for (const ServiceFacts* user : use.users) {
    json.begin_object().member("namespace", user->service->namespace_).member("name", user->service->name);
    json.key("automatic").boolean(user->plan->runtime->automatic).end_object();
  }
  json.end_array();
}

void write_runtime(JsonWriter& json, const RuntimeUse& use, const Sources& sources) {
  const Runtime& r = *use.runtime;
  const View spec = r.spec;
  json.begin_object();
  write_ref(json, *r.object);
  json.member("source", place_of(*r.object, sources));
  json.key("bundled").boolean(use.bundled()).key("disabled").boolean(r.disabled);
  json.key("multiModel").boolean(r.multi_model).key("multiNode").boolean(r.multi_node);
  write_text_list(json, "protocols", spec["protocolVersions"]);
  write_formats(json, spec);
  write_users(json, use);
  if (use.outranked_by) write_ref(json.key("neverWinsBecauseOf").begin_object(), *use.outranked_by->object), json.end_object();
  if (use.hides) write_ref(json.key("hides").begin_object(), *use.hides->object), json.end_object();
  json.end_object();
}

void write_row(JsonWriter& json, const MatrixRow& row) {
  json.begin_object().member("format", row.format).member_if("namespace", row.namespace_).key("versions").begin_array();
  for (const auto& version : row.versions) version ? json.text(*version) : json.null();
  json.end_array().key("protocols").begin_array();
  for (const std::string& protocol : row.protocols) json.text(protocol);
  json.end_array().key("multiNode").boolean(row.multi_node).key("order").begin_array();
  for (const Runtime* r : row.order) {
    json.begin_object();
    write_ref(json, *r->object);
    json.end_object();
  }
  json.end_array().member("services", static_cast<int64_t>(row.services)).end_object();
}

void write_clash(JsonWriter& json, const RuntimeClash& clash) {
  json.begin_object().member("format", clash.row->format);
  write_ref(json.key("first").begin_object(), *clash.first->object);
  json.end_object();
  write_ref(json.key("second").begin_object(), *clash.second->object);
  json.end_object().key("decides").boolean(clash.decides).member("message", clash_words(clash)).end_object();
}

}  // namespace

std::string matrix_json(const RuntimeMatrix& matrix, const Facts& facts) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().member("schema", "isvcc.dev/runtimes/v1").key("runtimes").begin_array();
  for (const RuntimeUse& use : matrix.runtimes) write_runtime(json, use, facts.sources);
  json.end_array().key("matrix").begin_array();
  for (const MatrixRow& row : matrix.rows) write_row(json, row);
  json.end_array().key("clashes").begin_array();
  for (const RuntimeClash& clash : matrix.clashes) write_clash(json, clash);
  json.end_array().end_object();
  return out + '\n';
}

}  // namespace isvcc

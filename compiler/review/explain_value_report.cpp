#include <functional>

#include "base/json_text.h"
#include "base/text.h"
#include "review/explain_value.h"
#include "review/text_table.h"
#include "review/value_path.h"

namespace isvcc {
namespace {

using VisitLeaf = std::function<void(const std::string& path, View value)>;

void each_leaf(View value, const Path& path, const VisitLeaf& visit) {
  if (!value.has_children()) return visit(path.text(), value);
  for (const Field& f : value.fields()) each_leaf(f.value, path_of(path, f), visit);
  for (size_t i = 0; i < value.items().size(); ++i) each_leaf(value.item(i), path.index(i), visit);
}

std::string leaves_text(View value, Provenance& provenance) {
  TextTable table("    ");
  each_leaf(value, Path(), [&](const std::string& path, View leaf) { table.row({cat(starts_with(path, "[") ? "" : ".", printable(path), ':'), brief(leaf, 60), provenance.words(leaf)}); });
  return table.text();
}

std::string one_value_text(View value, const std::vector<HistoryEntry>& history, Provenance& provenance) {
  std::string out = cat("    from    ", provenance.words(value), '\n');
  if (const std::string line = provenance.source_line(value); !line.empty()) out += cat("            ", line, '\n');
  TextTable table("      ");
  for (const HistoryEntry& entry : history) table.row({printable(entry.where), brief(entry.value, 60), provenance.words(entry.value)});
  return history.size() < 2 ? out : cat(out, "    on the way\n", table.text());
}

void write_origin(JsonWriter& json, const ValueOrigin& origin) {
  json.key("origin").begin_object().member_if("file", origin.file).member_if("jsonPath", origin.json_path).member_if("pass", origin.pass);
  if (origin.at.line != 0) json.member("line", static_cast<int64_t>(origin.at.line)).member("column", static_cast<int64_t>(origin.at.column));
  json.end_object();
}

void write_leaf(JsonWriter& json, std::string_view path, View value, Provenance& provenance) {
  json.member("path", path).key("value").raw(brief(value, SIZE_MAX));
  write_origin(json, provenance.of(value));
}

void write_answer(JsonWriter& json, const ValueAnswer& answer, Provenance& provenance) {
  const View object = answer.question.object, meta = object["metadata"];
  json.begin_object().key("object").begin_object().member("apiVersion", object["apiVersion"].text()).member("kind", object["kind"].text());
  json.member_if("namespace", meta["namespace"].text()).member("name", meta["name"].text()).end_object();
  json.key("values").begin_array();
  const std::string& top = answer.question.path;
  each_leaf(find(object, top), Path(), [&](const std::string& path, View leaf) {
    json.begin_object();
    write_leaf(json, cat(top, path.empty() || path[0] == '[' ? "" : ".", path), leaf, provenance);
    json.end_object();
  });
  json.end_array().key("history").begin_array();
  for (const HistoryEntry& entry : answer.history) {
    json.begin_object().member("where", entry.where).key("value").raw(brief(entry.value, SIZE_MAX));
    write_origin(json, provenance.of(entry.value));
    json.end_object();
  }
  json.end_array().end_object();
}

}  // namespace

std::string values_text(const std::vector<ValueAnswer>& answers, Provenance& provenance) {
  std::string out;
  for (const ValueAnswer& answer : answers) {
    const View object = answer.question.object, value = find(object, answer.question.path);
    out += cat(out.empty() ? "" : "\n", long_name(object), "\n  ", printable(ValuePath(object, answer.question.path).text()));
    out += value.has_children() ? cat('\n', leaves_text(value, provenance)) : cat(": ", brief(value, 200), '\n', one_value_text(value, answer.history, provenance));
  }
  return out;
}

std::string values_json(const std::vector<ValueAnswer>& answers, Provenance& provenance) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().member("schema", "isvcc.dev/explain-value/v1").key("answers").begin_array();
  for (const ValueAnswer& answer : answers) write_answer(json, answer, provenance);
  json.end_array().end_object();
  return cat(out, '\n');
}

}  // namespace isvcc

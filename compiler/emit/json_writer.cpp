#include <algorithm>
#include <vector>

#include "base/check.h"
#include "base/json_text.h"
#include "emit/yaml_writer.h"

namespace isvcc {

static std::vector<const Field*> by_bytes(View map) {
  std::vector<const Field*> fields;
  for (const Field& field : map.fields()) fields.push_back(&field);
  std::stable_sort(fields.begin(), fields.end(), [](const Field* a, const Field* b) { return a->key() < b->key(); });
  return fields;
}

static void write_value(JsonWriter& json, View value, size_t depth);

static void write_map(JsonWriter& json, View map, size_t depth) {
  const std::vector<const Field*> fields = by_bytes(map);
  json.begin_object();
  for (size_t i = 0; i < fields.size(); ++i) {
    // Of a repeated key the last one counts.
    if (i + 1 < fields.size() && fields[i]->key() == fields[i + 1]->key()) continue;
    json.key(fields[i]->key());
    write_value(json, fields[i]->value, depth + 1);
  }
  json.end_object();
}

static void write_list(JsonWriter& json, View list, size_t depth) {
  json.begin_array();
  for (const Node* item : list.items()) write_value(json, item, depth + 1);
  json.end_array();
}

static void write_value(JsonWriter& json, View value, size_t depth) {
  ISVCC_CHECK(depth <= kDeepestOutput, "a value nested too deeply to write");
  if (value.is_map()) write_map(json, value, depth);
  else if (value.is_list()) write_list(json, value, depth);
  else if (value.is_text()) json.text(value.text());
  else if (value.is_number()) json.raw(number_text(*value.node()));
  else if (value.is(Kind::Bool)) json.boolean(value.is_true());
  else json.null();
}

void write_json(std::string& out, View value, int indent) {
  JsonWriter json(out, indent);
  write_value(json, value, 0);
}

}  // namespace isvcc

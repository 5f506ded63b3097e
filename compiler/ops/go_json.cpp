#include "ops/go_json.h"

#include <algorithm>

#include "base/text.h"
#include "ops/go_text.h"
#include "tree/make.h"

namespace isvcc {

static bool needs_escape(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte >= 0x80 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&';
}

static void append_unicode(std::string& out, uint32_t code) {
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += "0123456789abcdef"[(code >> shift) & 15];
}

static void append_special(std::string& out, const Rune& rune, std::string_view bytes) {
  static constexpr std::string_view kControls = "\b\f\n\r\t\"\\", kLetters = "bfnrt\"\\";
  if (!rune.valid) return void(out += "\\ufffd");
  if (rune.code >= 0x80) {
    if (rune.code == 0x2028 || rune.code == 0x2029) append_unicode(out, rune.code);
    else out += bytes;
    return;
  }
  const size_t named = kControls.find(static_cast<char>(rune.code));
  if (named != std::string_view::npos) out += {'\\', kLetters[named]};
  else append_unicode(out, rune.code);
}

void append_go_json_text(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const auto special = static_cast<size_t>(std::find_if(text.begin(), text.end(), needs_escape) - text.begin());
    out += text.substr(0, special);
    text.remove_prefix(special);
    if (text.empty()) break;
    const Rune rune = first_rune(text);
    append_special(out, rune, text.substr(0, rune.length));
    text.remove_prefix(rune.length);
  }
  out += '"';
}

static void append(std::string& out, View value) {
  switch (value.node()->kind) {
    case Kind::Null: out += "null"; break;
    case Kind::Bool: out += value.is_true() ? "true" : "false"; break;
    case Kind::Int:
    case Kind::Uint:
    case Kind::Float: out += number_text(*value.node()); break;
    case Kind::String: append_go_json_text(out, value.text()); break;
    case Kind::List:
      out += '[';
      for (size_t i = 0; i < value.size(); ++i) {
        if (i > 0) out += ',';
        append(out, value.item(i));
      }
      out += ']';
      break;
    case Kind::Map:
      out += '{';
      for (size_t i = 0; i < value.size(); ++i) {
        const Field& field = value.fields()[i];
        if (i > 0) out += ',';
        append_go_json_text(out, field.key());
        out += ':';
        append(out, field.value);
      }
      out += '}';
      break;
  }
}

std::string go_json(View value) {
  std::string out;
  if (value) append(out, value);
  return out.empty() ? "null" : out;
}

static const Node* sorted_list(View list, Arena& arena) {
  std::vector<const Node*> items;
  items.reserve(list.size());
  for (const Node* item : list.items()) items.push_back(sorted_keys(item, arena));
  return std::equal(items.begin(), items.end(), list.items().begin()) ? list.node() : Make(arena).at(list).list(items);
}

const Node* sorted_keys(View value, Arena& arena) {
  if (value.is_list()) return sorted_list(value, arena);
  if (!value.is_map()) return value.node();
  std::vector<Field> fields(value.fields().begin(), value.fields().end());
  bool changed = false;
  for (Field& field : fields) {
    const Node* sorted = sorted_keys(field.value, arena);
    changed |= sorted != field.value;
    field.value = sorted;
  }
  const auto by_key = [](const Field& a, const Field& b) { return a.key() < b.key(); };
  if (!changed && std::is_sorted(fields.begin(), fields.end(), by_key)) return value.node();
  std::stable_sort(fields.begin(), fields.end(), by_key);
  return Make(arena).at(value).fields(fields);
}

}  // namespace isvcc

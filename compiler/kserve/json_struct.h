#pragma once
// JSON as Go decodes it into a struct, with Go's words for what it cannot decode.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "ops/go_json_reader.h"
#include "tree/make.h"

namespace isvcc {

// What encoding/json calls a value.
inline std::string go_type(View value) {
  if (value.is(Kind::Float)) return cat("number ", number_text(*value.node()));
  if (value.is_number()) return "number";
  return value.boolean() ? "bool" : std::string(type_name(value));
}

// Reads a Go struct from JSON: names match exactly, else ignoring case; null leaves the zero value; a wrong type is an error.
class JsonStruct {
 public:
  // `type`: as Go's reflection names it, with its package.
  JsonStruct(View value, std::string_view type, std::string& error) : JsonStruct(value, type, {}, error) {
    if (value.is_text()) fail_with(text_error(value.text(), type));
    else if (value && !value.is_map() && !value.is_null()) fail_with(cat("json: cannot unmarshal ", go_type(value), " into Go value of type ", type));
  }

  std::string text(std::string_view name) const {
    const View v = get(name);
    if (v && !v.is_text()) fail(name, "string", v);
    return std::string(v.text());
  }
  bool flag(std::string_view name) const {
    const View v = get(name);
    if (v && !v.boolean()) fail(name, "bool", v);
    return v.is_true();
  }
  std::optional<int64_t> integer(std::string_view name, std::string_view type = "int64") const {
    const View v = get(name);
    if (v && !v.is(Kind::Int)) fail(name, type, v);
    return v.integer();
  }
  std::optional<std::string> optional_text(std::string_view name) const {
    if (!get(name)) return std::nullopt;
    return text(name);
  }
  std::vector<std::string> texts(std::string_view name) const {
    const View v = get(name);
    if (v && !v.is_list()) fail(name, "[]string", v);
    std::vector<std::string> out;
    for (const Node* item : v.items()) {
      if (!View(item).is_text() && !View(item).is_null()) fail(name, "string", item);
      out.emplace_back(View(item).text());
    }
    return out;
  }
  std::map<std::string, std::string> text_map(std::string_view name) const {
    const View v = get(name);
    if (v && !v.is_map()) fail(name, "map[string]string", v);
    std::map<std::string, std::string> out;
    for (const Field& f : v.fields()) {
      if (!View(f.value).is_text() && !View(f.value).is_null()) fail(name, "string", f.value);
      out[std::string(f.key())] = View(f.value).text();
    }
    return out;
  }
  JsonStruct nested(std::string_view name, std::string_view type) const {
    const View v = get(name);
    if (v && !v.is_map()) fail(name, type, v);
    return JsonStruct(v, type, cat(path_, name, '.'), *error_);
  }
  bool has(std::string_view name) const { return static_cast<bool>(get(name)); }
  View get(std::string_view name) const {
    View found = value_[name];
    if (!found)
      for (const Field& f : value_.fields())
        if (to_lower(f.key()) == to_lower(name)) found = f.value;
    return found.is_null() ? View() : found;
  }

 private:
  JsonStruct(View value, std::string_view type, std::string path, std::string& error) : value_(value), type_(type), path_(std::move(path)), error_(&error) {}

  // Text that is no JSON came through as it was; Go says where it stopped.
  static std::string text_error(std::string_view text, std::string_view type) {
    Arena arena(1024);
    std::string error;
    if (!read_go_json(text, arena, error)) return error;
    return cat("json: cannot unmarshal string into Go value of type ", type);
  }

  void fail(std::string_view name, std::string_view type, View got) const {
    const size_t package = type_.find('.');
    const std::string_view owner = package == std::string_view::npos ? type_ : type_.substr(package + 1);
    fail_with(cat("json: cannot unmarshal ", go_type(got), " into Go struct field ", owner, '.', path_, name, " of type ", type));
  }
  void fail_with(std::string error) const {
    if (error_->empty()) *error_ = std::move(error);
  }

  View value_;
  std::string_view type_;
  std::string path_;
  std::string* error_;
};

}  // namespace isvcc

#pragma once
// Writing JSON text: string escapes and a small builder that places commas and line ends. Knows no Node and reads nothing.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace isvcc {

// `text` with quotes and escapes. UTF-8 is kept, but for control characters and those that could deceive a reader
// (bidirectional marks and the like), which become \u escapes. Invalid bytes become U+FFFD, as in Go.
void append_json_string(std::string& out, std::string_view text);

// Members and items in the order of the calls; the caller matches begin and end. `indent` 0 writes one line.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out, int indent = 0) : out_(out), indent_(static_cast<size_t>(indent)) {}

  JsonWriter& begin_object() { return begin('{'); }
  JsonWriter& end_object() { return end('}'); }
  JsonWriter& begin_array() { return begin('['); }
  JsonWriter& end_array() { return end(']'); }
  JsonWriter& key(std::string_view name);

  JsonWriter& text(std::string_view value);
  JsonWriter& integer(int64_t value);
  JsonWriter& boolean(bool value) { return raw(value ? "true" : "false"); }
  JsonWriter& null() { return raw("null"); }
  // JSON text made elsewhere.
  JsonWriter& raw(std::string_view json);

  JsonWriter& member(std::string_view name, std::string_view value) { return key(name).text(value); }
  JsonWriter& member(std::string_view name, int64_t value) { return key(name).integer(value); }
  // Left out when empty.
  JsonWriter& member_if(std::string_view name, std::string_view value) { return value.empty() ? *this : member(name, value); }

 private:
  JsonWriter& begin(char bracket);
  JsonWriter& end(char bracket);
  void start_value();
  void new_line();

  std::string& out_;
  size_t indent_;
  bool after_key_ = false;
  std::vector<bool> filled_;  // per open bracket: something is in it already
};

}  // namespace isvcc

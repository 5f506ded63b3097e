#include "base/json_text.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace isvcc {

static constexpr std::array<bool, 256> kKept = [] {
  std::array<bool, 256> kept{};
  for (size_t c = 0x20; c < 0x7F; ++c) kept[c] = c != '"' && c != '\\';
  return kept;
}();

static void append_escape(std::string& out, uint32_t c) {
  static constexpr std::string_view kShort = "\"\"\\\\\bb\ff\nn\rr\tt";
  for (size_t i = 0; i < kShort.size(); i += 2)
    if (c == static_cast<unsigned char>(kShort[i])) return void((out += '\\') += kShort[i + 1]);
  if (c > 0xFFFF) {
    append_escape(out, 0xD800 + ((c - 0x10000) >> 10));
    return append_escape(out, 0xDC00 + ((c - 0x10000) & 0x3FF));
  }
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += "0123456789abcdef"[(c >> shift) & 0xF];
}

// One character, or one byte that is none; gives its length.
static size_t append_character(std::string& out, std::string_view text) {
  const size_t width = utf8_length(text);
  if (width == 0) {
    out += "\uFFFD";
    return 1;
  }
  const uint32_t c = code_point(text.substr(0, width));
  if (c == '"' || c == '\\' || is_unsafe(c)) append_escape(out, c);
  else out.append(text, 0, width);
  return width;
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const auto end = std::find_if(text.begin(), text.end(), [](char c) { return !kKept[static_cast<unsigned char>(c)]; });
    const auto kept = static_cast<size_t>(end - text.begin());
    out.append(text, 0, kept);
    text.remove_prefix(kept);
    if (!text.empty()) text.remove_prefix(append_character(out, text));
  }
  out += '"';
}

void JsonWriter::new_line() {
  if (indent_ == 0) return;
  out_ += '\n';
  out_.append(indent_ * filled_.size(), ' ');
}

void JsonWriter::start_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (filled_.empty()) return;
  if (filled_.back()) out_ += ',';
  filled_.back() = true;
  new_line();
}

JsonWriter& JsonWriter::begin(char bracket) {
  start_value();
  out_ += bracket;
  filled_.push_back(false);
  return *this;
}

JsonWriter& JsonWriter::end(char bracket) {
  const bool filled = filled_.back();
  filled_.pop_back();
  if (filled) new_line();
  out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  start_value();
  append_json_string(out_, name);
  out_ += indent_ == 0 ? ":" : ": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  start_value();
  append_json_string(out_, value);
  return *this;
}

JsonWriter& JsonWriter::integer(int64_t value) {
  char digits[24];
  return raw({digits, static_cast<size_t>(std::to_chars(digits, digits + sizeof digits, value).ptr - digits)});
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  start_value();
  out_.append(json);
  return *this;
}

}  // namespace isvcc

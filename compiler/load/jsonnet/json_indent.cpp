#include "load/jsonnet/json_indent.h"

#include "base/text.h"

namespace isvcc::jsonnet {
namespace {

class Indenter {
 public:
  explicit Indenter(size_t blanks) : blanks_(blanks) {}

  std::string take() { return std::move(out_); }

  void text(std::string_view quoted) {
    begin_value();
    out_ += quoted;
  }
  void mark(char c) {
    if (c == '}' || c == ']') return close(c);
    if (c != ',' && c != ':') begin_value();
    out_ += c;
    if (c == '{' || c == '[') opened_ = true;
    else if (c == ',') new_line();
    else if (c == ':') out_ += ' ';
  }

 private:
  // The first value of a list or map begins a line; one that has none stays {} or [].
  void begin_value() {
    if (!opened_) return;
    opened_ = false;
    ++depth_;
    new_line();
  }
  void close(char c) {
    if (!opened_) {
      --depth_;
      new_line();
    }
    opened_ = false;
    out_ += c;
  }
  void new_line() { out_ += '\n' + std::string(depth_ * blanks_, ' '); }

  std::string out_;
  size_t blanks_, depth_ = 0;
  bool opened_ = false;
};

size_t end_of_text(std::string_view json, size_t begin) {
  for (size_t i = begin + 1; i < json.size(); ++i)
    if (json[i] == '\\') ++i;
    else if (json[i] == '"') return i + 1;
  return json.size();
}

}  // namespace

std::string indent_json(std::string_view json, size_t blanks) {
  Indenter out(blanks);
  for (size_t i = 0; i < json.size();) {
    const size_t end = json[i] == '"' ? end_of_text(json, i) : i + 1;
    if (json[i] == '"') out.text(json.substr(i, end - i));
    else if (!contains(" \t\r\n", json.substr(i, 1))) out.mark(json[i]);
    i = end;
  }
  return out.take();
}

}  // namespace isvcc::jsonnet

#include "emit/yaml_writer.h"

#include <charconv>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "emit/key_order.h"
#include "emit/yaml_text.h"

namespace isvcc {

// A float as Go's %g with the fewest digits: 1e+06, 1.5e-07, 123456.5.
static void append_float(std::string& out, double value) {
  char buffer[64];
  const char* end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  const std::string_view text(buffer, static_cast<size_t>(end - buffer));
  const size_t e = text.find('e');
  int exponent = 0;
  std::from_chars(buffer + e + (text[e + 1] == '+' ? 2 : 1), end, exponent);
  if (exponent < -4 || exponent >= 6) return void(out.append(text));
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed).ptr);
}

template <class Integer>
static void append_integer(std::string& out, Integer value) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

static bool is_collection(const Node& node) { return node.size > 0 && (node.kind == Kind::Map || node.kind == Kind::List); }

namespace {

class YamlWriter {
 public:
  explicit YamlWriter(std::string& out) : out_(out) {}

  void document(const Node& root) {
    if (is_collection(root)) collection(root, 0);
    else scalar(root, kStep);
  }

 private:
  static constexpr size_t kStep = 2;

  // The first line continues the current one; `indent` is where the other entries stand.
  void collection(const Node& node, size_t indent) {
    ISVCC_CHECK(++depth_ <= kDeepestOutput, "a value nested too deeply to write");
    if (node.kind == Kind::Map) map(node, indent);
    else list(node, indent);
    --depth_;
  }

  void map(const Node& node, size_t indent) {
    const size_t begin = fields_.size();
    for (const Field& field : View(&node).fields()) fields_.push_back(&field);
    const size_t end = fields_.size();
    sort_keys(std::span(fields_).subspan(begin), spare_);
    bool first = true;
    for (size_t i = begin; i < end; ++i) {
      // Of a repeated key the last one counts.
      if (i + 1 < end && fields_[i]->key() == fields_[i + 1]->key()) continue;
      if (!std::exchange(first, false)) out_.append(indent, ' ');
      entry(*fields_[i], indent);
    }
    fields_.resize(begin);
  }

  void entry(const Field& field, size_t indent) {
    if (needs_question_mark(field.key())) return long_entry(field, indent);
    append_yaml_text(out_, field.key(), indent + kStep, Fold::No);
    out_ += ':';
    if (!is_collection(*field.value)) {
      out_ += ' ';
      return scalar(*field.value, indent + kStep);
    }
    const size_t inner = field.value->kind == Kind::Map ? indent + kStep : indent;
    out_ += '\n';
    out_.append(inner, ' ');
    collection(*field.value, inner);
  }

  // The key on lines of its own; its value follows ':' as an item follows '-'.
  void long_entry(const Field& field, size_t indent) {
    out_ += "? ";
    append_yaml_text(out_, field.key(), indent + kStep, Fold::Yes);
    end_line();
    out_.append(indent, ' ');
    out_ += ": ";
    if (is_collection(*field.value)) collection(*field.value, indent + kStep);
    else scalar(*field.value, indent + kStep);
  }

  void list(const Node& node, size_t indent) {
    for (size_t i = 0; i < node.size; ++i) {
      if (i > 0) out_.append(indent, ' ');
      out_ += "- ";
      if (is_collection(*node.items[i])) collection(*node.items[i], indent + kStep);
      else scalar(*node.items[i], indent + kStep);
    }
  }

  // Everything that stands on one line or is a block scalar, and the end of its line.
  void scalar(const Node& node, size_t indent) {
    switch (node.kind) {
      case Kind::Null: out_ += "null\n"; return;
      case Kind::Bool: out_ += node.b ? "true\n" : "false\n"; return;
      case Kind::Int: append_integer(out_, node.i); break;
      case Kind::Uint: append_integer(out_, node.u); break;
      case Kind::Float: append_float(out_, node.d); break;
      case Kind::String: append_yaml_text(out_, {node.text, node.size}, indent, Fold::Yes); return end_line();
      case Kind::List: out_ += "[]\n"; return;
      case Kind::Map: out_ += "{}\n"; return;
    }
    out_ += '\n';
  }

  // A block scalar may have ended the line already, with any of the line ends of YAML 1.1.
  void end_line() {
    if (out_.back() == '\n' || ends_with(out_, "\u2028") || ends_with(out_, "\u2029")) return;
    out_ += '\n';
  }

  std::string& out_;
  size_t depth_ = 0;
  std::vector<const Field*> fields_;  // of the maps being written, innermost last
  std::vector<const Field*> spare_;
};

}  // namespace

void write_yaml(std::string& out, View value) {
  if (!value) return void(out += "null\n");
  YamlWriter(out).document(*value.node());
}

}  // namespace isvcc

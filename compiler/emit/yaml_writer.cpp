#include "emit/yaml_writer.h"

#include <charconv>
#include <utility>
#include <vector>

#include "base/check.h"
#include "emit/key_order.h"
#include "emit/yaml_text.h"

namespace isvcc {

// A float as Go's %g with the fewest digits: 1e+06, 1.5e-07, 123456.5.
static void append_float(TextBuffer& out, double value) {
  char buffer[64];
  const char* end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  const std::string_view text(buffer, static_cast<size_t>(end - buffer));
  const size_t e = text.find('e');
  int exponent = 0;
  std::from_chars(buffer + e + (text[e + 1] == '+' ? 2 : 1), end, exponent);
  if (exponent < -4 || exponent >= 6) return out.append(text);
  end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed).ptr;
  out.append({buffer, static_cast<size_t>(end - buffer)});
}

template <class Integer>
static void append_integer(TextBuffer& out, Integer value) {
  char digits[40];
  const char* end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append({digits, static_cast<size_t>(end - digits)});
}

namespace {

class YamlWriter {
 public:
  YamlWriter(Arena& arena, YamlStyle style) : out_(arena), fold_(style == YamlStyle::Kubernetes ? Fold::Yes : Fold::No), step_(style == YamlStyle::Tanka ? 2 * kStep : kStep), list_indent_(style == YamlStyle::Kubernetes ? 0 : step_) {}

  const TextBuffer& out() const { return out_; }

  void document(const Node& root) {
    if (View(&root).has_children()) collection(root, 0);
    else scalar(root, kStep);
  }

 private:
  static constexpr size_t kStep = 2;  // behind a dash or a question mark

  // The first line continues the current one; `indent` is where the other entries stand.
  void collection(const Node& node, size_t indent) {
    ISVCC_CHECK(++depth_ <= kDeepestOutput, "a value nested too deeply to write");
    if (node.kind == Kind::Map) map(node, indent);
    else list(node, indent);
    --depth_;
  }

  void map(const Node& node, size_t indent) {
    const std::span<const Field> fields = View(&node).fields();
    RankedField ranked[kFewFields];
    if (!rank_few(fields, ranked)) return large_map(fields, indent);
    bool first = true;
    for (size_t i = 0; i < fields.size(); ++i) {
      // Of a repeated key the last one counts.
      if (i + 1 < fields.size() && ranked[i].prefix == ranked[i + 1].prefix && ranked[i].field->key() == ranked[i + 1].field->key()) continue;
      if (!std::exchange(first, false)) out_.blanks(indent);
      entry(*ranked[i].field, indent);
    }
  }

  void large_map(std::span<const Field> fields, size_t indent) {
    const size_t begin = fields_.size();
    for (const Field& field : fields) fields_.push_back(&field);
    const size_t end = fields_.size();
    sort_keys(std::span(fields_).subspan(begin), spare_);
    bool first = true;
    for (size_t i = begin; i < end; ++i) {
      if (i + 1 < end && fields_[i]->key() == fields_[i + 1]->key()) continue;
      if (!std::exchange(first, false)) out_.blanks(indent);
      entry(*fields_[i], indent);
    }
    fields_.resize(begin);
  }

  void entry(const Field& field, size_t indent) {
    if (!append_yaml_key(out_, field.key())) return long_entry(field, indent);
    out_.put(':');
    if (!View(field.value).has_children()) {
      out_.put(' ');
      return text_or_scalar(*field.value, indent + step_);
    }
    const size_t inner = indent + (field.value->kind == Kind::Map ? step_ : list_indent_);
    out_.put('\n');
    out_.blanks(inner);
    collection(*field.value, inner);
  }

  // The key on lines of its own; its value follows ':' as an item follows '-'.
  void long_entry(const Field& field, size_t indent) {
    out_.append("? ");
    append_yaml_text(out_, field.key(), indent + kStep, fold_);
    out_.blanks(indent);
    out_.append(": ");
    if (View(field.value).has_children()) collection(*field.value, indent + kStep);
    else scalar(*field.value, indent + kStep);
  }

  void list(const Node& node, size_t indent) {
    for (size_t i = 0; i < node.size; ++i) {
      if (i > 0) out_.blanks(indent);
      out_.append("- ");
      if (View(node.items[i]).has_children()) collection(*node.items[i], indent + kStep);
      else text_or_scalar(*node.items[i], indent + kStep);
    }
  }

  // Most values are texts.
  void text_or_scalar(const Node& node, size_t indent) {
    if (node.kind == Kind::String) append_yaml_text(out_, {node.text, node.size}, indent, fold_);
    else scalar(node, indent);
  }

  // Everything that stands on one line or is a block scalar, and the end of its line.
  void scalar(const Node& node, size_t indent) {
    switch (node.kind) {
      case Kind::Null: out_.append("null\n"); return;
      case Kind::Bool: out_.append(node.b ? "true\n" : "false\n"); return;
      case Kind::Int: append_integer(out_, node.i); break;
      case Kind::Uint: append_integer(out_, node.u); break;
      case Kind::Float: append_float(out_, node.d); break;
      case Kind::String: return append_yaml_text(out_, {node.text, node.size}, indent, fold_);
      case Kind::List: out_.append("[]\n"); return;
      case Kind::Map: out_.append("{}\n"); return;
    }
    out_.put('\n');
  }

  TextBuffer out_;
  Fold fold_;
  size_t step_;         // of an entry below its key
  size_t list_indent_;  // of items below their key
  size_t depth_ = 0;
  std::vector<const Field*> fields_;  // of the maps being written, innermost last
  std::vector<const Field*> spare_;
};

}  // namespace

void write_yaml(std::string& out, View value, YamlStyle style) {
  if (!value) return void(out += "null\n");
  Arena memory;
  YamlWriter writer(memory, style);
  writer.document(*value.node());
  out.append(writer.out().view());
}

std::string_view print_yaml(View value, Arena& arena, YamlStyle style) {
  if (!value) return "null\n";
  YamlWriter writer(arena, style);
  writer.document(*value.node());
  return writer.out().keep();
}

}  // namespace isvcc

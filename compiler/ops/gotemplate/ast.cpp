#include "ops/gotemplate/ast.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc::gotemplate {

static void write(const Ast& node, std::string& out);

static void write_path(const Ast& node, std::string& out, bool leading_dot) {
  for (size_t i = 0; i < node.path.size(); ++i) {
    if (i > 0 || leading_dot) out += '.';
    out += node.path[i];
  }
}

static void write_grouped(const Ast& node, std::string& out) {
  const bool group = node.kind == AstKind::Pipe;
  if (group) out += '(';
  write(node, out);
  if (group) out += ')';
}

static void write_pipe(const Ast& pipe, std::string& out) {
  for (size_t i = 0; i < pipe.declared.size(); ++i) {
    if (i > 0) out += ", ";
    write(*pipe.declared[i], out);
  }
  if (!pipe.declared.empty()) out += pipe.flag ? " = " : " := ";
  for (size_t i = 0; i < pipe.items.size(); ++i) {
    if (i > 0) out += " | ";
    write(*pipe.items[i], out);
  }
}

static void write_branch(std::string_view keyword, const Ast& node, std::string& out) {
  out += cat("{{", keyword, ' ');
  write(*node.pipe, out);
  out += "}}";
  write(*node.list, out);
  if (node.otherwise) {
    out += "{{else}}";
    write(*node.otherwise, out);
  }
  out += "{{end}}";
}

static void write_template(const Ast& node, std::string& out) {
  out += cat("{{template ", go_quote(node.value));
  if (node.pipe) {
    out += ' ';
    write(*node.pipe, out);
  }
  out += "}}";
}

static void write(const Ast& node, std::string& out) {
  switch (node.kind) {
    case AstKind::List:
      for (const Ast* item : node.items) write(*item, out);
      break;
    case AstKind::Action: out += "{{", write(*node.pipe, out), out += "}}"; break;
    case AstKind::Pipe: write_pipe(node, out); break;
    case AstKind::Command:
      for (size_t i = 0; i < node.items.size(); ++i) {
        if (i > 0) out += ' ';
        write_grouped(*node.items[i], out);
      }
      break;
    case AstKind::Variable: write_path(node, out, false); break;
    case AstKind::Field: write_path(node, out, true); break;
    case AstKind::Chain: write_grouped(*node.inner, out), write_path(node, out, true); break;
    case AstKind::If: write_branch("if", node, out); break;
    case AstKind::Range: write_branch("range", node, out); break;
    case AstKind::With: write_branch("with", node, out); break;
    case AstKind::Template: write_template(node, out); break;
    case AstKind::Text:
    case AstKind::Identifier:
    case AstKind::Dot:
    case AstKind::Nil:
    case AstKind::Bool:
    case AstKind::Number:
    case AstKind::String: out += node.text; break;
    case AstKind::Break: out += "{{break}}"; break;
    case AstKind::Continue: out += "{{continue}}"; break;
    case AstKind::End: out += "{{end}}"; break;
    case AstKind::Else: out += "{{else}}"; break;
  }
}

std::string source_of(const Ast& node) {
  std::string out;
  write(node, out);
  return out;
}

std::string location_of(const TemplateSet& set, const Ast& node) {
  const std::string_view before = set.text.substr(0, node.pos);
  const size_t newline = before.rfind('\n');
  const size_t column = newline == std::string_view::npos ? before.size() : before.size() - newline - 1;
  return cat(set.name, ':', std::count(before.begin(), before.end(), '\n') + 1, ':', column);
}

bool is_empty_tree(const Ast& list) {
  return std::all_of(list.items.begin(), list.items.end(), [](const Ast* node) {
    return node->kind == AstKind::Text && trim(node->text, " \t\r\n\v\f").empty();
  });
}

}  // namespace isvcc::gotemplate

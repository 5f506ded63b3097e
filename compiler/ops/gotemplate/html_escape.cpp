#include "ops/gotemplate/html_escape.h"

#include <set>

#include "base/text.h"
#include "ops/gotemplate/functions.h"

namespace isvcc::gotemplate {

static bool is_predefined(std::string_view name) { return name == "html" || name == "urlquery"; }

static std::string_view function_of(const Ast& command) {
  return command.items[0]->kind == AstKind::Identifier ? command.items[0]->text : std::string_view();
}

// Walks the templates that the main one reaches, in order.
class HtmlEscaper {
 public:
  explicit HtmlEscaper(TemplateSet& set) : set_(set) {}
  std::string error;

  // Each returns false when nothing after it is reached: after an error, {{break}} and {{continue}}.
  bool list(Ast* list);

 private:
  bool node(Ast* node);
  bool branch(Ast* node);
  bool call(Ast* node);
  bool action(Ast* node);
  void add_escaper(Ast* pipe);
  Ast* command(std::string_view name, const Ast& at);
  void fail(const Ast& node, std::string_view message) { error = cat("html/template:", location_of(set_, node), ": ", message); }

  TemplateSet& set_;
  std::set<std::string_view> seen_;
};

bool HtmlEscaper::list(Ast* list) {
  if (!list) return true;
  for (Ast* item : list->items)
    if (!node(item)) return false;
  return true;
}

bool HtmlEscaper::node(Ast* node) {
  switch (node->kind) {
    case AstKind::Action: return action(node);
    case AstKind::If:
    case AstKind::Range:
    case AstKind::With: return branch(node);
    case AstKind::Template: return call(node);
    case AstKind::Break:
    case AstKind::Continue: return false;
    default: return true;
  }
}

bool HtmlEscaper::branch(Ast* node) {
  const bool reaches_end = list(node->list) || node->kind == AstKind::Range;
  if (!error.empty()) return false;
  const bool else_reaches_end = list(node->otherwise);
  return error.empty() && (reaches_end || else_reaches_end);
}

bool HtmlEscaper::call(Ast* node) {
  const auto found = set_.templates.find(node->value);
  if (found == set_.templates.end()) {
    fail(*node, cat("no such template ", go_quote(node->value)));
    return false;
  }
  if (seen_.insert(found->first).second) list(found->second);
  return error.empty();
}

bool HtmlEscaper::action(Ast* node) {
  Ast* pipe = node->pipe;
  if (!pipe->declared.empty()) return true;
  for (size_t i = 0; i + 1 < pipe->items.size(); ++i) {
    const std::string_view name = function_of(*pipe->items[i]);
    if (!is_predefined(name)) continue;
    fail(*node, cat("predefined escaper ", go_quote(name), " disallowed in template"));
    return false;
  }
  add_escaper(pipe);
  return true;
}

Ast* HtmlEscaper::command(std::string_view name, const Ast& at) {
  Ast* identifier = set_.add({AstKind::Identifier, at.pos, at.line, name});
  Ast* command = set_.add({AstKind::Command, 0, at.line});
  command->items.push_back(identifier);
  return command;
}

// {{html a b}} becomes {{_eval_args_ a b | html}}: html at the end stands for the escaper, urlquery comes before it.
void HtmlEscaper::add_escaper(Ast* pipe) {
  Ast* last = pipe->items.back();
  const std::string_view name = function_of(*last);
  if (is_predefined(name) && pipe->items.size() == 1 && last->items.size() > 1) {
    last->items[0] = set_.add({AstKind::Identifier, last->items[0]->pos, last->line, kEvalArgs});
    pipe->items.push_back(command(name, *pipe));
  }
  if (name != "html") pipe->items.push_back(command(kHtmlEscaper, *pipe));
}

std::string add_html_escapers(TemplateSet& set) {
  HtmlEscaper escaper(set);
  escaper.list(set.templates.find(set.name)->second);
  return escaper.error;
}

}  // namespace isvcc::gotemplate

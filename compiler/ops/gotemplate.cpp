#include "ops/gotemplate.h"

#include <algorithm>

#include "base/arena.h"
#include "ops/gotemplate/evaluator.h"
#include "ops/gotemplate/html_escape.h"
#include "ops/gotemplate/parser.h"

namespace isvcc {

static TemplateResult run_set(gotemplate::TemplateSet& set, const TemplateData& data, Escaping escaping) {
  if (escaping == Escaping::Html)
    if (gotemplate::EscapeResult escaped = gotemplate::add_html_escapers(set); !escaped.error.empty()) return {{}, std::move(escaped.error), escaped.limit};
  Arena arena(4096);
  gotemplate::RunResult result = gotemplate::run(set, gotemplate::GoValue::structure(data.fields, data.type), arena);
  return {std::move(result.text), std::move(result.error), result.limit};
}

TemplateResult run_template(std::string_view name, std::string_view text, const TemplateData& data, Escaping escaping) {
  gotemplate::TemplateSet set{name, text, {}, {}};
  if (std::string error = gotemplate::parse(set); !error.empty()) return {{}, std::move(error), false};
  return run_set(set, data, escaping);
}

// Templates may be called from everywhere, and a variable lives until the end of the text.
static bool stands_alone(const gotemplate::TemplateSet& set) {
  const gotemplate::Ast& root = *set.templates.begin()->second;
  const bool calls = std::any_of(set.nodes.begin(), set.nodes.end(), [](const gotemplate::Ast& node) { return node.kind == gotemplate::AstKind::Template; });
  return set.templates.size() == 1 && !calls && std::none_of(root.items.begin(), root.items.end(), [](const gotemplate::Ast* node) {
           return node->pipe && !node->pipe->declared.empty();
         });
}

std::optional<std::string> run_template_piece(std::string_view name, std::string_view text, const TemplateData& data, Escaping escaping) {
  gotemplate::TemplateSet set{name, text, {}, {}};
  if (!gotemplate::parse(set).empty() || !stands_alone(set)) return std::nullopt;
  TemplateResult result = run_set(set, data, escaping);
  return result.error.empty() ? std::optional(std::move(result.text)) : std::nullopt;
}

std::string check_template(std::string_view name, std::string_view text) {
  gotemplate::TemplateSet set{name, text, {}, {}};
  return gotemplate::parse(set);
}

}  // namespace isvcc

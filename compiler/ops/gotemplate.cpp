#include "ops/gotemplate.h"

#include "base/arena.h"
#include "ops/gotemplate/evaluator.h"
#include "ops/gotemplate/html_escape.h"
#include "ops/gotemplate/parser.h"

namespace isvcc {

TemplateResult run_template(std::string_view name, std::string_view text, const TemplateData& data, Escaping escaping) {
  gotemplate::TemplateSet set{name, text, {}, {}};
  if (std::string error = gotemplate::parse(set); !error.empty()) return {{}, std::move(error), false};
  if (escaping == Escaping::Html)
    if (gotemplate::EscapeResult escaped = gotemplate::add_html_escapers(set); !escaped.error.empty()) return {{}, std::move(escaped.error), escaped.limit};
  Arena arena(4096);
  gotemplate::RunResult result = gotemplate::run(set, gotemplate::GoValue::structure(data.fields, data.type), arena);
  return {std::move(result.text), std::move(result.error), result.limit};
}

std::string check_template(std::string_view name, std::string_view text) {
  gotemplate::TemplateSet set{name, text, {}, {}};
  return gotemplate::parse(set);
}

}  // namespace isvcc

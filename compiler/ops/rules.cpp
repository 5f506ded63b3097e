#include "ops/rules.h"

#include "base/text.h"
#include "ops/field_error.h"
#include "schema/cel.h"

namespace isvcc {
namespace {

// Of values that may be both, the API server names no type here.
std::string_view type_word(const Schema& schema) {
  const bool several = schema.type == SchemaType::IntOrString || schema.type == SchemaType::Quantity;
  return several ? std::string_view() : field_error::type_word(schema);
}

class Rules {
 public:
  explicit Rules(Scratch& scratch) : scratch_(scratch) {}

  void value(View node, const Schema& schema, const Path& path) {
    if (!schema.has_rules || node.is_null() || violated_ >= most_violations) return;
    for (const CelRule& rule : schema.rules) check(rule, node, schema, path);
    for (const Field& field : node.fields()) {
      if (const Property* property = schema.property(field.key())) value(field.value, *property->schema, path.key(field.key()));
      else if (schema.additional) value(field.value, *schema.additional, path.entry(field.key()));
    }
    if (schema.items)
      for (size_t i = 0; i < node.items().size(); ++i) value(node.item(i), *schema.items, path.index(i));
  }

  size_t finish(View object) {
    if (skipped_ > 0)
      scratch_.diags
          .report(Code::RulesNotEvaluated, Stage::Schema, object, cat(skipped_, skipped_ == 1 ? " validation rule was" : " validation rules were", " not evaluated: ", why_))
          .hinting("a cluster checks them when the object is applied");
    return violated_;
  }

 private:
  static constexpr size_t most_violations = 100;

  void check(const CelRule& rule, View node, const Schema& schema, const Path& path) {
    const CelOutcome outcome = rule.program ? rule.program->holds_for(node, budget_) : evaluate_rule(rule.rule, node, budget_);
    if (outcome.verdict == CelVerdict::NotEvaluated && skipped_++ == 0) why_ = outcome.error;
    if (outcome.verdict == CelVerdict::Fails) report_violation(rule, node, schema, path);
    if (outcome.verdict == CelVerdict::Error) report_error(rule, outcome.error, node, schema, path);
  }

  void report_violation(const CelRule& rule, View node, const Schema& schema, const Path& path) {
    const std::string_view below = rule.field_path.starts_with(".") ? std::string_view(rule.field_path).substr(1) : std::string_view(rule.field_path);
    const Path place = below.empty() ? path : path.key(below);
    std::string message = rule.message_expression.empty() ? std::string() : CelProgram(rule.message_expression).text_for(node, budget_);
    if (message.empty()) message = trim(rule.message);
    const std::string text = message.empty() ? cat("failed rule: ", trim(rule.rule)) : message;
    report(node, place, cat(quote(place.text()), " breaks a rule of its schema: ", printable(text)), field_error::rule(place.text(), rule.reason, type_word(schema), text));
  }

  void report_error(const CelRule& rule, const std::string& error, View node, const Schema& schema, const Path& path) {
    const std::string_view name = trim(rule.message).empty() ? trim(rule.rule) : trim(rule.message);
    report(node, path, cat(quote(path.text()), " cannot be checked against a rule of its schema: ", printable(error)),
           field_error::rule(path.text(), {}, type_word(schema), cat(error, " evaluating rule: ", name)));
  }

  void report(View node, const Path& path, std::string message, std::string upstream) {
    ++violated_;
    scratch_.diags.report(Code::RuleViolated, Stage::Schema, node, std::move(message)).at(path).upstream_says(std::move(upstream));
  }

  Scratch& scratch_;
  CelBudget budget_;
  size_t violated_ = 0, skipped_ = 0;
  std::string why_;
};

}  // namespace

size_t check_rules(View object, const Schema& schema, Scratch& scratch) {
  Rules rules(scratch);
  rules.value(object, schema, Path());
  return rules.finish(object);
}

}  // namespace isvcc

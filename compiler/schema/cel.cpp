#include "schema/cel.h"

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>

#include "base/arena.h"
#include "base/text.h"
#include "schema/cel_functions.h"
#include "schema/cel_parse.h"
#include "schema/go_duration.h"
#include "schema/pattern.h"

namespace isvcc {
namespace {

using cel::Expression;
using cel::Op;

// A computed value, an error of the computation, or the confession that isvcc cannot tell.
struct Result {
  const Node* value = nullptr;
  std::string error;
  bool unknown = false;

  bool ok() const { return value != nullptr; }
};

// Regular expressions that stand in the rule itself, compiled once.
using LiteralPatterns = std::map<const Expression*, Pattern>;

void collect_patterns(const Expression& e, LiteralPatterns& into) {
  if (e.op == Op::Method && e.arguments.size() == 2 && e.arguments[1]->op == Op::Literal && View(e.arguments[1]->literal).is_text())
    into.try_emplace(&e, View(e.arguments[1]->literal).text());
  for (const auto& argument : e.arguments) collect_patterns(*argument, into);
}

class Evaluator {
 public:
  Evaluator(View self, const LiteralPatterns& literal_patterns, CelBudget& budget) : budget_(budget), literal_patterns_(literal_patterns), make_(arena_) {
    names_.push_back({"self", self});
  }

  Result eval(const Expression& e) {
    if (budget_.steps == 0) return unknown("the rules take too long");
    --budget_.steps;
    switch (e.op) {
      case Op::Literal: return {e.literal, {}, false};
      case Op::Name: return name(e);
      case Op::Select: return select(e);
      case Op::Index: return index(e);
      case Op::Call: return call(e);
      case Op::Method: return method(e);
      case Op::List: return list(e);
      case Op::Map: return map(e);
      case Op::Conditional: return conditional(e);
      case Op::And: return logic(e, false);
      case Op::Or: return logic(e, true);
      case Op::Not: return negation(e);
      default: return operation(e);
    }
  }

 private:
  struct Binding {
    std::string_view name;
    View value;
  };

  static Result unknown(std::string text) { return {nullptr, std::move(text), true}; }
  static Result error(std::string text) { return {nullptr, std::move(text), false}; }
  Result truth(bool value) const { return {make_.boolean(value), {}, false}; }
  Result whole(int64_t value) const { return {make_.integer(value), {}, false}; }

  Result name(const Expression& e) {
    for (size_t i = names_.size(); i-- > 0;)
      if (names_[i].name == e.name) return {names_[i].value.node(), {}, false};
    return unknown(cat("unknown name ", quote(e.name)));
  }

  static Result field(View of, std::string_view key, std::string_view written) {
    if (!of.is_map()) return error("no such overload");
    const View value = of[key];
    return value ? Result{value.node(), {}, false} : error(cat("no such key: ", written));
  }

  Result select(const Expression& e) {
    const Result of = eval(*e.arguments[0]);
    return of.ok() ? field(of.value, e.name, e.written) : of;
  }

  Result index(const Expression& e) {
    const Result of = eval(*e.arguments[0]);
    if (!of.ok()) return of;
    const Result at = eval(*e.arguments[1]);
    if (!at.ok()) return at;
    if (View(at.value).is_text()) return field(of.value, View(at.value).text(), View(at.value).text());
    const auto position = View(at.value).integer();
    if (!View(of.value).is_list() || !position) return error("no such overload");
    if (*position < 0 || static_cast<size_t>(*position) >= View(of.value).size()) return error(cat("index out of bounds: ", *position));
    return {View(of.value).item(static_cast<size_t>(*position)).node(), {}, false};
  }

  Result list(const Expression& e) {
    std::vector<const Node*> items;
    for (const auto& argument : e.arguments) {
      const Result item = eval(*argument);
      if (!item.ok()) return item;
      items.push_back(item.value);
    }
    return {make_.list(items), {}, false};
  }

  Result map(const Expression& e) {
    std::vector<Entry> entries;
    for (size_t i = 0; i + 1 < e.arguments.size(); i += 2) {
      const Result key = eval(*e.arguments[i]);
      if (!key.ok()) return key;
      if (!View(key.value).is_text()) return unknown("a map with keys that are no texts");
      const Result value = eval(*e.arguments[i + 1]);
      if (!value.ok()) return value;
      entries.push_back({View(key.value).text(), value.value});
    }
    return {make_.map(entries), {}, false};
  }

  Result conditional(const Expression& e) {
    const Result condition = eval(*e.arguments[0]);
    if (!condition.ok()) return condition;
    if (!View(condition.value).boolean()) return error("no such overload");
    return eval(*e.arguments[View(condition.value).is_true() ? 1 : 2]);
  }

  // An operand that decides alone does so even when the other one is an error.
  Result logic(const Expression& e, bool deciding) {
    const Result left = eval(*e.arguments[0]);
    if (decides(left, deciding)) return left;
    const Result right = eval(*e.arguments[1]);
    if (decides(right, deciding)) return right;
    if (!left.ok()) return left;
    if (!right.ok()) return right;
    return View(left.value).boolean() && View(right.value).boolean() ? right : error("no such overload");
  }

  static bool decides(const Result& operand, bool deciding) {
    return operand.ok() && View(operand.value).boolean() && *View(operand.value).boolean() == deciding;
  }

  Result negation(const Expression& e) {
    const Result of = eval(*e.arguments[0]);
    if (!of.ok()) return of;
    return View(of.value).boolean() ? truth(!View(of.value).is_true()) : error("no such overload");
  }

  Result operation(const Expression& e) {
    const Result left = eval(*e.arguments[0]);
    if (!left.ok()) return left;
    if (e.op == Op::Negate) return arithmetic(Op::Subtract, make_.integer(0), left.value);
    const Result right = eval(*e.arguments[1]);
    if (!right.ok()) return right;
    switch (e.op) {
      case Op::Equal: return truth(equal(left.value, right.value));
      case Op::NotEqual: return truth(!equal(left.value, right.value));
      case Op::In: return contains_value(right.value, left.value);
      case Op::Add:
      case Op::Subtract:
      case Op::Multiply:
      case Op::Divide:
      case Op::Modulo: return arithmetic(e.op, left.value, right.value);
      default: return comparison(e.op, left.value, right.value);
    }
  }

  Result contains_value(View in, View wanted) {
    if (in.is_map()) return truth(wanted.is_text() && in.field(wanted.text()));
    if (!in.is_list()) return error("no such overload");
    if (!spend(in.size())) return unknown("the rules take too long");
    return truth(std::any_of(in.items().begin(), in.items().end(), [&](const Node* item) { return equal(item, wanted); }));
  }

  static double as_double(View number) {
    const Node& node = *number.node();
    if (node.kind == Kind::Float) return node.d;
    return node.kind == Kind::Uint ? static_cast<double>(node.u) : static_cast<double>(node.i);
  }

  Result comparison(Op op, View left, View right) const {
    int order = 0;
    if (left.is_text() && right.is_text()) order = left.text().compare(right.text());
    else if (left.is(Kind::Int) && right.is(Kind::Int)) order = left.node()->i < right.node()->i ? -1 : left.node()->i > right.node()->i;
    else if (left.is_number() && right.is_number()) order = as_double(left) < as_double(right) ? -1 : as_double(left) > as_double(right);
    else if (left.boolean() && right.boolean()) order = int(left.is_true()) - int(right.is_true());
    else return error("no such overload");
    switch (op) {
      case Op::Less: return truth(order < 0);
      case Op::LessEqual: return truth(order <= 0);
      case Op::Greater: return truth(order > 0);
      default: return truth(order >= 0);
    }
  }

  Result arithmetic(Op op, View left, View right) {
    if (left.is(Kind::Int) && right.is(Kind::Int)) return integers(op, left.node()->i, right.node()->i);
    if (left.is_number() && right.is_number() && op != Op::Modulo) return doubles(op, as_double(left), as_double(right));
    if (op != Op::Add) return error("no such overload");
    if (!spend((left.size() + right.size()) / 8)) return unknown("the rules take too long");
    if (left.is_text() && right.is_text()) return {make_.text(cat(left.text(), right.text())), {}, false};
    if (left.is_list() && right.is_list()) return {make_.concatenated(left, right), {}, false};
    return error("no such overload");
  }

  Result integers(Op op, int64_t a, int64_t b) const {
    int64_t out = 0;
    bool overflow = false;
    switch (op) {
      case Op::Add: overflow = __builtin_add_overflow(a, b, &out); break;
      case Op::Subtract: overflow = __builtin_sub_overflow(a, b, &out); break;
      case Op::Multiply: overflow = __builtin_mul_overflow(a, b, &out); break;
      default:
        if (b == 0) return error(op == Op::Divide ? "division by zero" : "modulus by zero");
        overflow = a == INT64_MIN && b == -1;
        if (!overflow) out = op == Op::Divide ? a / b : a % b;
    }
    return overflow ? error("integer overflow") : whole(out);
  }

  Result doubles(Op op, double a, double b) const {
    const double out = op == Op::Add ? a + b : op == Op::Subtract ? a - b : op == Op::Multiply ? a * b : a / b;
    return {make_.number(out), {}, false};
  }

  Result call(const Expression& e) {
    if (e.name == "has" && e.arguments.size() == 1) return has(*e.arguments[0]);
    if (e.arguments.size() != 1) return unknown(cat("function ", quote(e.name)));
    const Result of = eval(*e.arguments[0]);
    if (!of.ok()) return of;
    if (e.name == "size") return size(of.value);
    if (e.name == "int") return to_int(of.value);
    if (e.name == "duration") return to_duration(of.value);
    if (e.name == "double" && View(of.value).is_number()) return {make_.number(as_double(of.value)), {}, false};
    if (e.name == "dyn" || (e.name == "string" && View(of.value).is_text()) || (e.name == "bool" && View(of.value).boolean())) return of;
    if (e.name == "isIP" && View(of.value).is_text()) return truth(cel::is_ip(View(of.value).text()));
    if (e.name == "string" && View(of.value).is_number()) return {make_.text(number_text(*of.value)), {}, false};
    return unknown(cat("function ", quote(e.name)));
  }

  Result has(const Expression& e) {
    if (e.op != Op::Select) return unknown("has() of something that is no field");
    const Result of = eval(*e.arguments[0]);
    if (!of.ok()) return of;
    return truth(View(of.value)[e.name].node() != nullptr);
  }

  Result to_int(View of) const {
    if (const auto number = of.integer()) return whole(*number);
    const auto parsed = of.is_text() ? parse_int(of.text()) : std::nullopt;
    return parsed ? whole(*parsed) : error("type conversion error from 'string' to 'int'");
  }

  // As nanoseconds: enough to compare and add.
  Result to_duration(View of) const {
    const std::optional<int64_t> parsed = parse_go_duration(of.text());
    return parsed ? whole(*parsed) : error("type conversion error from 'string' to 'google.protobuf.Duration'");
  }

  Result size(View of) const {
    if (of.is_text()) {
      const std::string_view text = of.text();
      return whole(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    }
    return of.is_map() || of.is_list() ? whole(static_cast<int64_t>(of.size())) : error("no such overload");
  }

  Result method(const Expression& e) {
    const Result of = eval(*e.arguments[0]);
    if (!of.ok()) return of;
    if (is_macro(e)) return macro(e, of.value);
    if (e.name == "size" && e.arguments.size() == 1) return size(of.value);
    std::vector<const Node*> arguments;
    for (size_t i = 1; i < e.arguments.size(); ++i) {
      const Result argument = eval(*e.arguments[i]);
      if (!argument.ok()) return argument;
      arguments.push_back(argument.value);
    }
    if (!spend(View(of.value).size() / 8)) return unknown("the rules take too long");
    if (auto called = cel::call_method(e.name, of.value, arguments, make_)) return {called->value, std::move(called->error), false};
    return arguments.size() == 1 ? text_method(e, of.value, arguments[0]) : unknown(cat("method ", quote(e.name)));
  }

  Result text_method(const Expression& e, View of, View argument) {
    if (!of.is_text() || !argument.is_text()) return unknown(cat("method ", quote(e.name)));
    if (!spend(of.size() / 64)) return unknown("the rules take too long");
    if (e.name == "startsWith") return truth(of.text().starts_with(argument.text()));
    if (e.name == "endsWith") return truth(of.text().ends_with(argument.text()));
    if (e.name == "contains") return truth(of.text().find(argument.text()) != std::string_view::npos);
    if (e.name != "matches" && e.name != "find") return unknown(cat("method ", quote(e.name)));
    const Pattern& pattern = pattern_of(e, argument.text());
    if (!pattern.error().empty()) return error(cat("error parsing regexp: ", pattern.error()));
    return e.name == "find" ? Result{make_.text(pattern.find(of.text())), {}, false} : truth(pattern.matches(of.text()));
  }

  const Pattern& pattern_of(const Expression& e, std::string_view text) {
    const auto known = literal_patterns_.find(&e);
    return known != literal_patterns_.end() ? known->second : patterns_.try_emplace(std::string(text), text).first->second;
  }

  static bool is_macro(const Expression& e) {
    if (e.arguments.size() != 3 || e.arguments[1]->op != Op::Name) return false;
    return e.name == "all" || e.name == "exists" || e.name == "exists_one" || e.name == "filter" || e.name == "map";
  }

  // The values a comprehension goes over: items of a list, keys of a map.
  std::vector<const Node*> range(View of) {
    if (of.is_list()) return {of.items().begin(), of.items().end()};
    std::vector<const Node*> keys;
    for (const Field& field : of.fields()) keys.push_back(make_.borrowed(field.key()));
    return keys;
  }

  Result macro(const Expression& e, View of) {
    if (!of.is_list() && !of.is_map()) return error("no such overload");
    if (!spend(of.size())) return unknown("the rules take too long");
    std::vector<const Node*> kept;
    int64_t matching = 0;
    Result trouble;
    for (const Node* item : range(of)) {
      names_.push_back({e.arguments[1]->name, item});
      const Result result = eval(*e.arguments[2]);
      names_.pop_back();
      if (!result.ok()) {
        if (result.unknown || (e.name != "all" && e.name != "exists")) return result;
        trouble = result;
        continue;
      }
      if (e.name == "map") {
        kept.push_back(result.value);
        continue;
      }
      if (!View(result.value).boolean()) return error("no such overload");
      if (e.name == "all" && !View(result.value).is_true()) return truth(false);
      if (!View(result.value).is_true()) continue;
      if (e.name == "exists") return truth(true);
      ++matching;
      kept.push_back(item);
    }
    if (!trouble.error.empty()) return trouble;
    if (e.name == "all") return truth(true);
    if (e.name == "exists") return truth(false);
    return e.name == "exists_one" ? truth(matching == 1) : Result{make_.list(kept), {}, false};
  }

  bool spend(size_t steps) {
    if (budget_.steps < steps) return budget_.steps = 0, false;
    budget_.steps -= steps;
    return true;
  }

  CelBudget& budget_;
  const LiteralPatterns& literal_patterns_;
  Arena arena_{2048};
  Make make_;
  std::vector<Binding> names_;
  std::map<std::string, Pattern> patterns_;
};

bool mentions(const Expression& e, std::string_view name) {
  if (e.op == Op::Name && e.name == name) return true;
  return std::any_of(e.arguments.begin(), e.arguments.end(), [&](const auto& argument) { return mentions(*argument, name); });
}

}  // namespace

struct CelProgram::Parsed {
  std::once_flag once;
  Arena arena{1024};
  std::unique_ptr<Expression> expression;
  std::string error;
  bool about_change = false;  // speaks of oldSelf
  LiteralPatterns patterns;
};

CelProgram::CelProgram(std::string_view text) : text_(text), parsed_(std::make_unique<Parsed>()) {}
CelProgram::~CelProgram() = default;

const CelProgram::Parsed& CelProgram::parsed() const {
  Parsed& parsed = *parsed_;
  std::call_once(parsed.once, [&] {
    parsed.expression = cel::parse(text_, Make(parsed.arena), parsed.error);
    if (!parsed.expression) return;
    parsed.about_change = mentions(*parsed.expression, "oldSelf");
    collect_patterns(*parsed.expression, parsed.patterns);
  });
  return parsed;
}

CelOutcome CelProgram::holds_for(View self, CelBudget& budget) const {
  const Parsed& program = parsed();
  if (!program.expression) return {CelVerdict::NotEvaluated, program.error};
  if (program.about_change) return {CelVerdict::Transition, {}};
  Evaluator evaluator(self, program.patterns, budget);  // owns what the result points to
  const Result result = evaluator.eval(*program.expression);
  if (result.unknown) return {CelVerdict::NotEvaluated, result.error};
  if (!result.ok()) return {CelVerdict::Error, result.error};
  const auto truth = View(result.value).boolean();
  if (!truth) return {CelVerdict::NotEvaluated, "the rule is not a condition"};
  return {*truth ? CelVerdict::Holds : CelVerdict::Fails, {}};
}

std::string CelProgram::text_for(View self, CelBudget& budget) const {
  const Parsed& program = parsed();
  if (!program.expression || program.about_change) return {};
  Evaluator evaluator(self, program.patterns, budget);
  return std::string(View(evaluator.eval(*program.expression).value).text());
}

CelOutcome evaluate_rule(std::string_view expression, View self, CelBudget& budget) { return CelProgram(expression).holds_for(self, budget); }

}  // namespace isvcc

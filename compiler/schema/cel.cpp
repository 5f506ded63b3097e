#include "schema/cel.h"

#include <algorithm>
#include <array>
#include <forward_list>
#include <map>
#include <mutex>

#include "base/arena.h"
#include "base/text.h"
#include "schema/cel_functions.h"
#include "schema/cel_parse.h"
#include "schema/cel_reads.h"
#include "schema/go_duration.h"
#include "schema/pattern.h"

namespace isvcc {
namespace {

using cel::Expression;
using cel::Op;
using cel::Word;

// A computed value, an error of the computation, or the confession that isvcc cannot tell.
struct Result {
  const Node* value = nullptr;
  const std::string* error = nullptr;  // of both; the evaluator keeps it
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

constexpr size_t kMostArguments = 4;  // of a method

// Truths and small numbers are what most rules compute: they take no memory.
constexpr Node boolean_node(bool value) {
  Node node;
  node.kind = Kind::Bool;
  node.b = value;
  return node;
}
constexpr Node kTrue = boolean_node(true), kFalse = boolean_node(false);

constexpr int64_t kSmallNumbers = 128;
constexpr auto kSmall = [] {
  std::array<Node, kSmallNumbers> all{};
  for (int64_t i = 0; i < kSmallNumbers; ++i) {
    all[static_cast<size_t>(i)].kind = Kind::Int;
    all[static_cast<size_t>(i)].i = i;
  }
  return all;
}();

class Evaluator {
 public:
  Evaluator(View self, const LiteralPatterns& literal_patterns, CelBudget& budget)
      : budget_(budget), literal_patterns_(literal_patterns), make_(arena_), self_{"self", self, nullptr}, names_(&self_) {}

  Result eval(const Expression& e) {
    if (budget_.steps == 0) return unknown("the rules take too long");
    --budget_.steps;
    switch (e.op) {
      case Op::Literal: return of(e.literal);
      case Op::Name: return name(e);
      case Op::Select: return select(e);
      case Op::Index: return index(e);
      case Op::Call: return call(e);
      case Op::Has: return has(*e.arguments[0]);
      case Op::Method: return method(e);
      case Op::Macro: return macro(e);
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
  // Names live on the stack, as long as the macro that binds them.
  struct Binding {
    std::string_view name;
    View value;
    const Binding* outer;
  };

  Result unknown(std::string text) { return {nullptr, &texts_.emplace_front(std::move(text)), true}; }
  Result error(std::string text) { return {nullptr, &texts_.emplace_front(std::move(text)), false}; }
  static Result of(const Node* value) { return {value, nullptr, false}; }
  static Result truth(bool value) { return of(value ? &kTrue : &kFalse); }
  Result whole(int64_t value) const {
    return of(value >= 0 && value < kSmallNumbers ? &kSmall[static_cast<size_t>(value)] : make_.integer(value));
  }

  Result name(const Expression& e) {
    for (const Binding* binding = names_; binding; binding = binding->outer)
      if (binding->name == e.name) return of(binding->value.node());
    return unknown(cat("unknown name ", quote(e.name)));
  }

  Result field(View holder, std::string_view key, std::string_view written) {
    if (!holder.is_map()) return error("no such overload");
    const View value = holder[key];
    return value ? of(value.node()) : error(cat("no such key: ", written));
  }

  Result select(const Expression& e) {
    const Result holder = eval(*e.arguments[0]);
    return holder.ok() ? field(holder.value, e.name, e.written) : holder;
  }

  Result index(const Expression& e) {
    const Result holder = eval(*e.arguments[0]);
    if (!holder.ok()) return holder;
    const Result at = eval(*e.arguments[1]);
    if (!at.ok()) return at;
    if (View(at.value).is_text()) return field(holder.value, View(at.value).text(), View(at.value).text());
    const auto position = View(at.value).integer();
    if (!View(holder.value).is_list() || !position) return error("no such overload");
    if (*position < 0 || static_cast<size_t>(*position) >= View(holder.value).size()) return error(cat("index out of bounds: ", *position));
    return of(View(holder.value).item(static_cast<size_t>(*position)).node());
  }

  Result list(const Expression& e) {
    std::vector<const Node*> items;
    for (const auto& argument : e.arguments) {
      const Result item = eval(*argument);
      if (!item.ok()) return item;
      items.push_back(item.value);
    }
    return of(make_.list(items));
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
    return of(make_.map(entries));
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
    const Result operand = eval(*e.arguments[0]);
    if (!operand.ok()) return operand;
    return View(operand.value).boolean() ? truth(!View(operand.value).is_true()) : error("no such overload");
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

  Result comparison(Op op, View left, View right) {
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
    if (left.is_text() && right.is_text()) return of(make_.text(cat(left.text(), right.text())));
    if (left.is_list() && right.is_list()) return of(make_.concatenated(left, right));
    return error("no such overload");
  }

  Result integers(Op op, int64_t a, int64_t b) {
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
    return of(make_.number(out));
  }

  Result call(const Expression& e) {
    if (e.name == "has" && e.arguments.size() == 1) return unknown("has() of something that is no field");
    if (e.arguments.size() != 1) return unknown(cat("function ", quote(e.name)));
    const Result argument = eval(*e.arguments[0]);
    if (!argument.ok()) return argument;
    const View value = argument.value;
    if (e.name == "size") return size(value);
    if (e.name == "int") return to_int(value);
    if (e.name == "duration") return to_duration(value);
    if (e.name == "double" && value.is_number()) return of(make_.number(as_double(value)));
    if (e.name == "dyn" || (e.name == "string" && value.is_text()) || (e.name == "bool" && value.boolean())) return argument;
    if (e.name == "isIP" && value.is_text()) return truth(cel::is_ip(value.text()));
    if (e.name == "string" && value.is_number()) return of(make_.text(number_text(*value.node())));
    return unknown(cat("function ", quote(e.name)));
  }

  Result has(const Expression& e) {
    const Result holder = eval(*e.arguments[0]);
    return holder.ok() ? truth(View(holder.value).field(e.name) != nullptr) : holder;
  }

  Result to_int(View value) {
    if (const auto number = value.integer()) return whole(*number);
    const auto parsed = value.is_text() ? parse_int(value.text()) : std::nullopt;
    return parsed ? whole(*parsed) : error("type conversion error from 'string' to 'int'");
  }

  // As nanoseconds: enough to compare and add.
  Result to_duration(View value) {
    const std::optional<int64_t> parsed = parse_go_duration(value.text());
    return parsed ? whole(*parsed) : error("type conversion error from 'string' to 'google.protobuf.Duration'");
  }

  Result size(View value) {
    if (value.is_text()) {
      const std::string_view text = value.text();
      return whole(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    }
    return value.is_map() || value.is_list() ? whole(static_cast<int64_t>(value.size())) : error("no such overload");
  }

  Result method(const Expression& e) {
    const Result receiver = eval(*e.arguments[0]);
    if (!receiver.ok()) return receiver;
    if (e.word == Word::Size && e.arguments.size() == 1) return size(receiver.value);
    if (e.arguments.size() > kMostArguments + 1) return unknown(cat("method ", quote(e.name)));
    const Node* values[kMostArguments];
    const std::span<const Node*> arguments(values, e.arguments.size() - 1);
    for (size_t i = 0; i < arguments.size(); ++i) {
      const Result argument = eval(*e.arguments[i + 1]);
      if (!argument.ok()) return argument;
      arguments[i] = argument.value;
    }
    if (!spend(View(receiver.value).size() / 8)) return unknown("the rules take too long");
    if (e.word != Word::Other && arguments.size() == 1) return text_method(e, receiver.value, arguments[0]);
    if (auto called = cel::call_method(e.name, receiver.value, arguments, make_)) return called->value ? of(called->value) : error(std::move(called->error));
    return unknown(cat("method ", quote(e.name)));
  }

  Result text_method(const Expression& e, View receiver, View argument) {
    if (!receiver.is_text() || !argument.is_text()) return unknown(cat("method ", quote(e.name)));
    const std::string_view text = receiver.text();
    if (e.word == Word::StartsWith) return truth(text.starts_with(argument.text()));
    if (e.word == Word::EndsWith) return truth(text.ends_with(argument.text()));
    if (e.word == Word::Contains) return truth(text.find(argument.text()) != std::string_view::npos);
    if (e.word != Word::Matches && e.word != Word::Find) return unknown(cat("method ", quote(e.name)));
    const Pattern& pattern = pattern_of(e, argument.text());
    if (!pattern.error().empty()) return error(cat("error parsing regexp: ", pattern.error()));
    return e.word == Word::Find ? of(make_.text(pattern.find(text))) : truth(pattern.matches(text));
  }

  const Pattern& pattern_of(const Expression& e, std::string_view text) {
    const auto known = literal_patterns_.find(&e);
    return known != literal_patterns_.end() ? known->second : patterns_.try_emplace(std::string(text), text).first->second;
  }

  std::vector<const Node*> keys_of(View map) const {
    std::vector<const Node*> keys;
    for (const Field& field : map.fields()) keys.push_back(make_.borrowed(field.key()));
    return keys;
  }

  Result with_name(const Expression& e, std::string_view name, View value) {
    const Binding binding{name, value, names_};
    names_ = &binding;
    const Result result = eval(e);
    names_ = binding.outer;
    return result;
  }

  // A comprehension over the items of a list or the keys of a map.
  Result macro(const Expression& e) {
    const Result over = eval(*e.arguments[0]);
    if (!over.ok()) return over;
    const View range = over.value;
    if (!range.is_list() && !range.is_map()) return error("no such overload");
    if (!spend(range.size())) return unknown("the rules take too long");
    const std::vector<const Node*> keys = keys_of(range);
    std::vector<const Node*> kept;
    int64_t matching = 0;
    Result trouble;
    for (const Node* item : range.is_list() ? range.items() : std::span<const Node* const>(keys)) {
      const Result result = with_name(*e.arguments[2], e.arguments[1]->name, item);
      if (!result.ok()) {
        if (result.unknown || (e.word != Word::All && e.word != Word::Exists)) return result;
        trouble = result;
        continue;
      }
      if (e.word == Word::Map) {
        kept.push_back(result.value);
        continue;
      }
      if (!View(result.value).boolean()) return error("no such overload");
      if (e.word == Word::All && !View(result.value).is_true()) return truth(false);
      if (!View(result.value).is_true()) continue;
      if (e.word == Word::Exists) return truth(true);
      ++matching;
      if (e.word == Word::Filter) kept.push_back(item);
    }
    if (trouble.error) return trouble;
    if (e.word == Word::All) return truth(true);
    if (e.word == Word::Exists) return truth(false);
    return e.word == Word::ExistsOne ? truth(matching == 1) : of(make_.list(kept));
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
  const Binding self_;
  const Binding* names_;
  std::forward_list<std::string> texts_;
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
  if (!result.ok()) return {result.unknown ? CelVerdict::NotEvaluated : CelVerdict::Error, *result.error};
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

void CelProgram::add_reads(CelReads& self) const {
  const Parsed& program = parsed();
  if (program.expression && !program.about_change) collect_reads(*program.expression, self);
}

CelOutcome evaluate_rule(std::string_view expression, View self, CelBudget& budget) { return CelProgram(expression).holds_for(self, budget); }

}  // namespace isvcc

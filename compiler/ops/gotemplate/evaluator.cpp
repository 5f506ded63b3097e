#include "ops/gotemplate/evaluator.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "ops/gotemplate/format.h"
#include "ops/gotemplate/functions.h"

namespace isvcc::gotemplate {

static constexpr size_t kMaxSteps = 10'000;
static constexpr size_t kMaxOutput = 1 << 20;
static constexpr size_t kMaxKept = 16 << 20;  // bytes of all texts made on the way
static constexpr int kMaxDepth = 500;

// Ends the run; never leaves this file.
struct ExecutionError {
  std::string text;
  bool limit;
};

class Evaluator {
 public:
  Evaluator(const TemplateSet& set, Arena& arena) : set_(set), arena_(arena), template_(set.name) {}

  void run(const GoValue& data);
  std::string out;

 private:
  enum class Flow { Next, Break, Continue };
  struct Variable {
    std::string_view name;
    GoValue value;
  };
  // Counts depth as long as it lives.
  struct Deeper {
    explicit Deeper(Evaluator& evaluator) : evaluator_(evaluator) {
      if (++evaluator_.depth_ > kMaxDepth) evaluator_.over_limit("template calls are nested too deeply");
    }
    ~Deeper() { --evaluator_.depth_; }
    Evaluator& evaluator_;
  };
  using Arguments = std::span<Ast* const>;

  [[noreturn]] void fail(std::string_view message) const;
  [[noreturn]] void over_limit(std::string_view message) const;
  void at(const Ast* node) { node_ = node; }
  void step();
  void write(std::string_view text);
  GoValue keep(std::string_view text);

  Flow walk(const GoValue& dot, const Ast* node);
  Flow walk_list(const GoValue& dot, const Ast* list);
  Flow walk_if_or_with(const GoValue& dot, const Ast* node);
  Flow walk_range(const GoValue& dot, const Ast* node);
  Flow iterate(const Ast* node, const GoValue& index, const GoValue& item);
  bool range_over(const GoValue& value, const Ast* node, bool& ran);
  Flow loop_once(const Ast* node, const GoValue& index, const GoValue& item, bool& ran);
  void walk_template(const GoValue& dot, const Ast* node);
  void print(const Ast* node, const GoValue& value);

  GoValue pipeline(const GoValue& dot, const Ast* pipe);
  GoValue command(const GoValue& dot, const Ast* command, const GoValue& last);
  void not_a_function(Arguments arguments, const GoValue& last) const;
  GoValue constant(const Ast* node);
  GoValue field_node(const GoValue& dot, const Ast* node, Arguments arguments, const GoValue& last);
  GoValue chain_node(const GoValue& dot, const Ast* node, Arguments arguments, const GoValue& last);
  GoValue variable_node(const Ast* node, Arguments arguments, const GoValue& last);
  GoValue field_chain(GoValue receiver, std::span<const std::string_view> names, Arguments arguments, const GoValue& last);
  GoValue field(const GoValue& receiver, std::string_view name, bool has_arguments) const;
  GoValue function(const GoValue& dot, const Ast* name, const Ast* command, Arguments arguments, const GoValue& last);
  GoValue and_or(const GoValue& dot, bool is_or, Arguments arguments, const GoValue& last);
  GoValue call_value(const GoValue& callee, const Ast* first, const GoValue& last, const Ast* command);
  GoValue argument(const GoValue& dot, Parameter parameter, const Ast* node);
  GoValue checked(const GoValue& value, Parameter parameter) const;

  Variable& find(std::string_view name);
  void assign(const Ast* variable, const GoValue& value, bool is_assignment);

  const TemplateSet& set_;
  Arena& arena_;
  std::string_view template_;
  const Ast* node_ = nullptr;
  std::vector<Variable> variables_;
  size_t steps_ = 0, kept_ = 0;
  int depth_ = 0;
};

void Evaluator::fail(std::string_view message) const {
  throw ExecutionError{cat("template: ", location_of(set_, *node_), ": executing ", go_quote(template_), " at <", source_of(*node_), ">: ", message), false};
}

void Evaluator::over_limit(std::string_view message) const { throw ExecutionError{cat("template: ", set_.name, ": ", message), true}; }

void Evaluator::step() {
  if (++steps_ > kMaxSteps) over_limit("more than 10,000 steps");
}

void Evaluator::write(std::string_view text) {
  if (text.size() > kMaxOutput - out.size()) over_limit("more than 1 MiB of output");
  out += text;
}

GoValue Evaluator::keep(std::string_view text) {
  kept_ += text.size();
  if (text.size() > kMaxOutput || kept_ > kMaxKept) over_limit("values grow too large");
  return GoValue::string(arena_.copy(text));
}

void Evaluator::run(const GoValue& data) {
  variables_ = {{"$", data}};
  walk(data, set_.templates.find(set_.name)->second);
}

Evaluator::Flow Evaluator::walk(const GoValue& dot, const Ast* node) {
  const Deeper guard(*this);
  step();
  at(node);
  switch (node->kind) {
    case AstKind::Text: write(node->text); return Flow::Next;
    case AstKind::Action: {
      const GoValue value = pipeline(dot, node->pipe);
      if (node->pipe->declared.empty()) print(node, value);
      return Flow::Next;
    }
    case AstKind::List: return walk_list(dot, node);
    case AstKind::If:
    case AstKind::With: return walk_if_or_with(dot, node);
    case AstKind::Range: return walk_range(dot, node);
    case AstKind::Template: walk_template(dot, node); return Flow::Next;
    case AstKind::Break: return Flow::Break;
    case AstKind::Continue: return Flow::Continue;
    default: fail(cat("unknown node: ", source_of(*node)));
  }
}

Evaluator::Flow Evaluator::walk_list(const GoValue& dot, const Ast* list) {
  for (const Ast* node : list->items)
    if (const Flow flow = walk(dot, node); flow != Flow::Next) return flow;
  return Flow::Next;
}

void Evaluator::print(const Ast* node, const GoValue& value) {
  at(node);
  write(value.valid() ? format_value(indirect(value)) : "<no value>");
}

Evaluator::Flow Evaluator::walk_if_or_with(const GoValue& dot, const Ast* node) {
  const size_t mark = variables_.size();
  const GoValue value = pipeline(dot, node->pipe);
  Flow flow = Flow::Next;
  if (is_true(value)) flow = walk(node->kind == AstKind::With ? value : dot, node->list);
  else if (node->otherwise) flow = walk(dot, node->otherwise);
  variables_.resize(mark);
  return flow;
}

Evaluator::Flow Evaluator::walk_range(const GoValue& dot, const Ast* node) {
  const size_t mark = variables_.size();
  const GoValue value = indirect(pipeline(dot, node->pipe));
  bool ran = false;
  const bool finished = range_over(value, node, ran);
  Flow flow = Flow::Next;
  if (finished && !ran && node->otherwise) flow = walk(dot, node->otherwise);
  variables_.resize(mark);
  return flow;
}

// False when the loop was left by {{break}}.
bool Evaluator::range_over(const GoValue& value, const Ast* node, bool& ran) {
  switch (value.kind) {
    case GoKind::Int:
    case GoKind::Uint:
      if (node->pipe->declared.size() > 1) fail(cat("can't use ", format_value(value), " to iterate over more than one variable"));
      for (int64_t i = 0; i < value.i; ++i)
        if (loop_once(node, GoValue(), GoValue::integer(i, value.type), ran) == Flow::Break) return false;
      return true;
    case GoKind::Slice:
      for (size_t i = 0; i < value.size(); ++i)
        if (loop_once(node, GoValue::integer(static_cast<int64_t>(i)), slice_item(value, i), ran) == Flow::Break) return false;
      return true;
    case GoKind::Map:
      for (const NamedValue& entry : map_entries(value))
        if (loop_once(node, GoValue::string(entry.name), entry.value, ran) == Flow::Break) return false;
      return true;
    case GoKind::Missing:
    case GoKind::Invalid: return true;
    default: fail(cat("range can't iterate over ", format_value(value)));
  }
}

Evaluator::Flow Evaluator::loop_once(const Ast* node, const GoValue& index, const GoValue& item, bool& ran) {
  ran = true;
  const Ast& pipe = *node->pipe;
  const size_t mark = variables_.size(), count = pipe.declared.size();
  // The pipeline pushed its variables: the item is on top, the index below.
  if (pipe.flag) {
    if (count > 0) find(pipe.declared[0]->path[0]).value = count > 1 ? index : item;
    if (count > 1) find(pipe.declared[1]->path[0]).value = item;
  } else {
    if (count > 0) variables_[mark - 1].value = item;
    if (count > 1) variables_[mark - 2].value = index;
  }
  const Flow flow = walk(item, node->list);
  variables_.resize(mark);
  return flow;
}

void Evaluator::walk_template(const GoValue& dot, const Ast* node) {
  const auto found = set_.templates.find(node->value);
  if (found == set_.templates.end()) fail(cat("template ", go_quote(node->value), " not defined"));
  const GoValue data = node->pipe ? pipeline(dot, node->pipe) : GoValue();
  // A template sees no variables of its caller.
  std::vector<Variable> variables = {{"$", data}};
  std::swap(variables, variables_);
  const std::string_view caller = std::exchange(template_, found->first);
  walk(data, found->second);
  template_ = caller;
  std::swap(variables, variables_);
}

GoValue Evaluator::pipeline(const GoValue& dot, const Ast* pipe) {
  const Deeper guard(*this);
  at(pipe);
  GoValue value = GoValue::missing();
  for (const Ast* part : pipe->items) value = command(dot, part, value);
  for (const Ast* variable : pipe->declared) assign(variable, value, pipe->flag);
  return value;
}

Evaluator::Variable& Evaluator::find(std::string_view name) {
  const auto found = std::find_if(variables_.rbegin(), variables_.rend(), [&](const Variable& variable) { return variable.name == name; });
  if (found == variables_.rend()) fail(cat("undefined variable: ", name));
  return *found;
}

void Evaluator::assign(const Ast* variable, const GoValue& value, bool is_assignment) {
  if (is_assignment) find(variable->path[0]).value = value;
  else variables_.push_back({variable->path[0], value});
}

void Evaluator::not_a_function(Arguments arguments, const GoValue& last) const {
  if (arguments.size() > 1 || last.kind != GoKind::Missing) fail(cat("can't give argument to non-function ", source_of(*arguments[0])));
}

GoValue Evaluator::command(const GoValue& dot, const Ast* command, const GoValue& last) {
  step();
  const Arguments arguments = command->items;
  const Ast* first = arguments[0];
  switch (first->kind) {
    case AstKind::Field: return field_node(dot, first, arguments, last);
    case AstKind::Chain: return chain_node(dot, first, arguments, last);
    case AstKind::Identifier: return function(dot, first, command, arguments, last);
    case AstKind::Variable: return variable_node(first, arguments, last);
    case AstKind::Pipe: not_a_function(arguments, last); return pipeline(dot, first);
    default: break;
  }
  at(first);
  not_a_function(arguments, last);
  if (first->kind == AstKind::Dot) return dot;
  if (first->kind == AstKind::Nil) fail("nil is not a command");
  return constant(first);
}

GoValue Evaluator::constant(const Ast* node) {
  at(node);
  if (node->kind == AstKind::Bool) return GoValue::boolean(node->flag);
  if (node->kind == AstKind::String) return GoValue::string(node->value);
  const std::string_view text = node->text;
  const bool is_hex = text.size() > 2 && text[0] == '0' && (text[1] | 0x20) == 'x' && text.find_first_of("pP") == std::string_view::npos;
  if (node->number.is_float && !is_hex && text[0] != '\'' && text.find_first_of(".eEpP") != std::string_view::npos)
    return GoValue::real(node->number.real);
  if (!node->number.is_int) fail(cat(text, " overflows int"));
  return GoValue::integer(node->number.integer);
}

GoValue Evaluator::field_node(const GoValue& dot, const Ast* node, Arguments arguments, const GoValue& last) {
  at(node);
  return field_chain(dot, node->path, arguments, last);
}

GoValue Evaluator::chain_node(const GoValue& dot, const Ast* node, Arguments arguments, const GoValue& last) {
  at(node);
  if (node->inner->kind == AstKind::Nil) fail(cat("indirection through explicit nil in ", source_of(*node)));
  return field_chain(argument(dot, Parameter::Value, node->inner), node->path, arguments, last);
}

GoValue Evaluator::variable_node(const Ast* node, Arguments arguments, const GoValue& last) {
  at(node);
  const GoValue value = find(node->path[0]).value;
  if (node->path.size() > 1) return field_chain(value, std::span(node->path).subspan(1), arguments, last);
  if (!arguments.empty()) not_a_function(arguments, last);
  return value;
}

GoValue Evaluator::field_chain(GoValue receiver, std::span<const std::string_view> names, Arguments arguments, const GoValue& last) {
  for (std::string_view name : names.first(names.size() - 1)) receiver = field(receiver, name, false);
  return field(receiver, names.back(), arguments.size() > 1 || last.kind != GoKind::Missing);
}

GoValue Evaluator::field(const GoValue& receiver, std::string_view name, bool has_arguments) const {
  if (!receiver.valid()) return {};
  const GoValue target = indirect(receiver);
  if (target.kind == GoKind::Struct) {
    if (const std::optional<GoValue> found = struct_field(target, name)) {
      if (has_arguments) fail(cat(name, " has arguments but cannot be invoked as function"));
      return *found;
    }
  } else if (target.kind == GoKind::Map) {
    if (has_arguments) fail(cat(name, " is not a method but has arguments"));
    return map_entry(target, name).value_or(GoValue());
  } else if (target.kind == GoKind::Pointer) {
    const GoValue pointed = GoValue::of({}, target.type.substr(1));
    if (pointed.kind != GoKind::Struct || struct_field(pointed, name)) fail(cat("nil pointer evaluating ", receiver.type, ".", name));
  }
  fail(cat("can't evaluate field ", name, " in type ", receiver.type));
}

// Go checks the type of an argument for a parameter; only strings are ever asked for.
GoValue Evaluator::checked(const GoValue& value, Parameter parameter) const {
  if (parameter == Parameter::Value) return value.valid() ? value : GoValue();
  if (!value.valid()) fail("invalid value; expected string");
  if (value.type == "string") return value;
  if (value.type == "*string" && !value.nil) return indirect(value);
  if (value.type == "*string") fail("dereference of nil pointer of type string");
  fail(cat("wrong type for value; expected string; got ", value.type));
}

GoValue Evaluator::argument(const GoValue& dot, Parameter parameter, const Ast* node) {
  step();
  at(node);
  const GoValue none = GoValue::missing();
  switch (node->kind) {
    case AstKind::Dot: return checked(dot, parameter);
    case AstKind::Nil:
      if (parameter == Parameter::Value) return {};
      fail("cannot assign nil to string");
    case AstKind::Field: return checked(field_node(dot, node, {}, none), parameter);
    case AstKind::Variable: return checked(variable_node(node, {}, none), parameter);
    case AstKind::Pipe: return checked(pipeline(dot, node), parameter);
    case AstKind::Identifier: return checked(function(dot, node, node, {}, none), parameter);
    case AstKind::Chain: return checked(chain_node(dot, node, {}, none), parameter);
    default: break;
  }
  if (parameter == Parameter::Text && node->kind != AstKind::String) fail(cat("expected string; found ", source_of(*node)));
  return constant(node);
}

GoValue Evaluator::and_or(const GoValue& dot, bool is_or, Arguments arguments, const GoValue& last) {
  GoValue value;
  for (const Ast* node : arguments) {
    value = argument(dot, Parameter::Value, node);
    if (is_true(value) == is_or) return value;
  }
  return last.kind == GoKind::Missing ? value : checked(last, Parameter::Value);
}

// `call`: no value of a template's data is a function.
GoValue Evaluator::call_value(const GoValue& callee, const Ast* first, const GoValue& last, const Ast* command) {
  at(command);
  if (!callee.valid()) fail("error calling call: call of nil");
  const std::string name = first ? source_of(*first) : last.kind == GoKind::String ? std::string(last.text) : cat('<', last.type, " Value>");
  fail(cat("error calling call: non-function ", name, " of type ", callee.type));
}

GoValue Evaluator::function(const GoValue& dot, const Ast* name, const Ast* command, Arguments arguments, const GoValue& last) {
  at(name);
  const Function* function = find_function(name->text);
  if (!function) fail(cat(go_quote(name->text), " is not a defined function"));
  const Arguments given = arguments.empty() ? arguments : arguments.subspan(1);
  const bool piped = last.kind != GoKind::Missing;
  const size_t count = given.size() + (piped ? 1 : 0);
  if (function->variadic && count < function->fixed)
    fail(cat("wrong number of args for ", function->name, ": want at least ", size_t{function->fixed}, " got ", given.size()));
  if (!function->variadic && count != function->fixed)
    fail(cat("wrong number of args for ", function->name, ": want ", size_t{function->fixed}, " got ", count));
  if (function->name == "and" || function->name == "or") return and_or(dot, function->name == "or", given, last);
  std::vector<GoValue> values;
  values.reserve(count);
  for (size_t i = 0; i < given.size(); ++i) values.push_back(argument(dot, i == 0 ? function->first : Parameter::Value, given[i]));
  if (piped) values.push_back(checked(last, values.empty() ? function->first : Parameter::Value));
  if (function->name == "call") return call_value(values[0], given.empty() ? nullptr : given[0], last, command);
  Outcome outcome = function->call(values, kMaxOutput);
  if (outcome.error.empty()) return outcome.value.kind == GoKind::String && !outcome.text.empty() ? keep(outcome.text) : outcome.value;
  at(command);
  fail(cat("error calling ", function->name, ": ", outcome.error));
}

RunResult run(const TemplateSet& set, const GoValue& data, Arena& arena) {
  Evaluator evaluator(set, arena);
  try {
    evaluator.run(data);
  } catch (const ExecutionError& error) {
    return {{}, error.text, error.limit};
  }
  return {std::move(evaluator.out), {}, false};
}

}  // namespace isvcc::gotemplate

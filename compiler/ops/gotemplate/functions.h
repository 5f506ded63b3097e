#pragma once
// The functions of templates: comparison, indexing, printing, escaping. Each takes evaluated arguments.
#include <span>
#include <string>
#include <string_view>

#include "ops/gotemplate/value.h"

namespace isvcc::gotemplate {

// What a function expects of an argument: anything at all, anything but checked like an interface{}, or a string.
enum class Parameter : uint8_t { Value, Text };

// The result of a call: a value, or an error text.
struct Outcome {
  GoValue value;
  std::string error;
  std::string text;  // when set, the value is this string, not yet kept anywhere

  static Outcome of(GoValue value) { return {value, {}, {}}; }
  static Outcome of_text(std::string text) { return {GoValue::string({}), {}, std::move(text)}; }
  static Outcome failure(std::string error) { return {{}, std::move(error), {}}; }
};

struct Function {
  std::string_view name;
  uint8_t fixed;      // arguments that must be there
  bool variadic;      // any number may follow
  Parameter first;    // of the first argument
  Outcome (*call)(std::span<const GoValue> arguments, size_t limit);
};

// Null when there is no such function. and, or and call are known here but evaluated by the evaluator.
const Function* find_function(std::string_view name);

// The escapers html/template adds to every action.
inline constexpr std::string_view kHtmlEscaper = "_html_template_htmlescaper", kEvalArgs = "_eval_args_";

}  // namespace isvcc::gotemplate

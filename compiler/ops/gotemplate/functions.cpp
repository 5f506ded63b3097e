#include "ops/gotemplate/functions.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "ops/gotemplate/comparison.h"
#include "ops/gotemplate/escapers.h"
#include "ops/gotemplate/format.h"
#include "ops/gotemplate/parser.h"

namespace isvcc::gotemplate {

using Arguments = std::span<const GoValue>;

// A position in a container of `capacity` items; the end itself is allowed.
static std::optional<size_t> position(const GoValue& index, size_t capacity, std::string& error) {
  if (!index.valid()) error = "cannot index slice/array with nil";
  else if (index.kind != GoKind::Int && index.kind != GoKind::Uint) error = cat("cannot index slice/array with type ", index.type);
  else if (index.i < 0 || static_cast<uint64_t>(index.i) > capacity) error = cat("index out of range: ", index.i);
  if (!error.empty()) return std::nullopt;
  return static_cast<size_t>(index.i);
}

static Outcome index_sequence(const GoValue& item, const GoValue& index) {
  std::string error;
  const std::optional<size_t> at = position(index, item.size(), error);
  if (!at) return Outcome::failure(std::move(error));
  const bool is_text = item.kind == GoKind::String;
  if (*at == item.size()) return Outcome::failure(is_text ? "reflect: string index out of range" : "reflect: slice index out of range");
  return Outcome::of(is_text ? GoValue::byte(static_cast<uint8_t>(item.text[*at])) : slice_item(item, *at));
}

static Outcome index_map(const GoValue& map, const GoValue& key) {
  if (!key.valid()) return Outcome::failure("value is nil; should be of type string");
  if (key.type != "string") return Outcome::failure(cat("value has type ", key.type, "; should be string"));
  const std::optional<GoValue> found = map_entry(map, key.text);
  return Outcome::of(found ? *found : zero_element(map));
}

static Outcome call_index(Arguments arguments, size_t) {
  GoValue item = arguments[0];
  if (!item.valid()) return Outcome::failure("index of untyped nil");
  for (const GoValue& index : arguments.subspan(1)) {
    item = indirect(item);
    Outcome next;
    switch (item.kind) {
      case GoKind::Pointer:
      case GoKind::Invalid: return Outcome::failure("index of nil pointer");
      case GoKind::String:
      case GoKind::Slice: next = index_sequence(item, index); break;
      case GoKind::Map: next = index_map(item, index); break;
      default: return Outcome::failure(cat("can't index item of type ", item.type));
    }
    if (!next.error.empty()) return next;
    item = next.value;
  }
  return Outcome::of(item);
}

static Outcome slice_part(GoValue item, size_t begin, size_t end) {
  if (item.kind == GoKind::String) {
    item.text = item.text.substr(begin, end - begin);
    return Outcome::of(item);
  }
  item.end = item.begin + static_cast<uint32_t>(end);
  item.begin += static_cast<uint32_t>(begin);
  return Outcome::of(item);
}

static Outcome call_slice(Arguments arguments, size_t) {
  if (!arguments[0].valid()) return Outcome::failure("slice of untyped nil");
  const GoValue item = indirect(arguments[0]);
  const Arguments indexes = arguments.subspan(1);
  if (item.kind == GoKind::Pointer) return Outcome::failure("slice of nil pointer");
  if (indexes.size() > 3) return Outcome::failure(cat("too many slice indexes: ", indexes.size()));
  if (item.kind == GoKind::String && indexes.size() == 3) return Outcome::failure("cannot 3-index slice a string");
  if (item.kind != GoKind::String && item.kind != GoKind::Slice) return Outcome::failure(cat("can't slice item of type ", item.type));
  std::array<size_t, 3> bounds = {0, item.size(), item.size()};
  for (size_t i = 0; i < indexes.size(); ++i) {
    std::string error;
    const std::optional<size_t> at = position(indexes[i], item.size(), error);
    if (!at) return Outcome::failure(std::move(error));
    bounds[i] = *at;
  }
  for (size_t i = 0; i + 1 < std::max<size_t>(indexes.size(), 2); ++i)
    if (bounds[i] > bounds[i + 1]) return Outcome::failure(cat("invalid slice index: ", bounds[i], " > ", bounds[i + 1]));
  return slice_part(item, bounds[0], bounds[1]);
}

static Outcome call_len(Arguments arguments, size_t) {
  if (!arguments[0].valid()) return Outcome::failure("reflect: call of reflect.Value.Type on zero Value");
  const GoValue item = indirect(arguments[0]);
  switch (item.kind) {
    case GoKind::String:
    case GoKind::Slice:
    case GoKind::Map: return Outcome::of(GoValue::integer(static_cast<int64_t>(item.size())));
    case GoKind::Pointer: return Outcome::failure("len of nil pointer");
    default: return Outcome::failure(cat("len of type ", item.type));
  }
}

static Outcome call_not(Arguments arguments, size_t) { return Outcome::of(GoValue::boolean(!is_true(arguments[0]))); }

static Outcome truth(bool value, std::string error) {
  return error.empty() ? Outcome::of(GoValue::boolean(value)) : Outcome::failure(std::move(error));
}

static Outcome call_eq(Arguments arguments, size_t) {
  std::string error;
  const bool value = equals_any(arguments[0], arguments.subspan(1), error);
  return truth(value, std::move(error));
}
static Outcome call_ne(Arguments arguments, size_t) {
  std::string error;
  const bool value = !equals_any(arguments[0], arguments.subspan(1), error);
  return truth(value, std::move(error));
}
static Outcome call_lt(Arguments arguments, size_t) {
  std::string error;
  const bool value = less(arguments[0], arguments[1], error);
  return truth(value, std::move(error));
}
static Outcome call_ge(Arguments arguments, size_t) {
  std::string error;
  const bool value = !less(arguments[0], arguments[1], error);
  return truth(value, std::move(error));
}
static bool less_or_equal(Arguments arguments, std::string& error) {
  return less(arguments[0], arguments[1], error) || (error.empty() && equals_any(arguments[0], arguments.subspan(1), error));
}
static Outcome call_le(Arguments arguments, size_t) {
  std::string error;
  const bool value = less_or_equal(arguments, error);
  return truth(value, std::move(error));
}
static Outcome call_gt(Arguments arguments, size_t) {
  std::string error;
  const bool value = !less_or_equal(arguments, error);
  return truth(value, std::move(error));
}

static Outcome call_print(Arguments arguments, size_t) { return Outcome::of_text(sprint(arguments)); }
static Outcome call_println(Arguments arguments, size_t) { return Outcome::of_text(sprintln(arguments)); }
static Outcome call_printf(Arguments arguments, size_t limit) {
  return Outcome::of_text(sprintf(arguments[0].text, arguments.subspan(1), limit));
}

// The text an escaper works on: pointers are followed.
static std::string text_of(Arguments arguments) {
  std::vector<GoValue> values;
  for (const GoValue& argument : arguments) values.push_back(argument.valid() ? indirect(argument) : GoValue::string("<no value>"));
  return sprint(values);
}

static Outcome call_html(Arguments arguments, size_t) { return Outcome::of_text(escape_html(text_of(arguments))); }
static Outcome call_js(Arguments arguments, size_t) { return Outcome::of_text(escape_js(text_of(arguments))); }
static Outcome call_urlquery(Arguments arguments, size_t) { return Outcome::of_text(escape_url_query(text_of(arguments))); }

// Missing values vanish here, where text/template would print <no value>.
static Outcome call_html_escaper(Arguments arguments, size_t) {
  std::vector<GoValue> values;
  for (const GoValue& argument : arguments)
    if (argument.valid()) values.push_back(indirect(argument));
  return Outcome::of_text(escape_html_strictly(sprint(values)));
}

static Outcome call_eval_args(Arguments arguments, size_t) {
  std::vector<GoValue> values;
  for (const GoValue& argument : arguments) values.push_back(indirect(argument));
  return Outcome::of_text(sprint(values));
}

static Outcome not_here(Arguments, size_t) { return Outcome::failure("unreachable"); }

static constexpr std::array<Function, 21> kFunctions = {{
    {"and", 1, true, Parameter::Value, not_here},
    {"or", 1, true, Parameter::Value, not_here},
    {"call", 1, true, Parameter::Value, not_here},
    {"html", 0, true, Parameter::Value, call_html},
    {"index", 1, true, Parameter::Value, call_index},
    {"slice", 1, true, Parameter::Value, call_slice},
    {"js", 0, true, Parameter::Value, call_js},
    {"len", 1, false, Parameter::Value, call_len},
    {"not", 1, false, Parameter::Value, call_not},
    {"print", 0, true, Parameter::Value, call_print},
    {"printf", 1, true, Parameter::Text, call_printf},
    {"println", 0, true, Parameter::Value, call_println},
    {"urlquery", 0, true, Parameter::Value, call_urlquery},
    {"eq", 1, true, Parameter::Value, call_eq},
    {"ge", 2, false, Parameter::Value, call_ge},
    {"gt", 2, false, Parameter::Value, call_gt},
    {"le", 2, false, Parameter::Value, call_le},
    {"lt", 2, false, Parameter::Value, call_lt},
    {"ne", 2, false, Parameter::Value, call_ne},
    {kHtmlEscaper, 0, true, Parameter::Value, call_html_escaper},
    {kEvalArgs, 0, true, Parameter::Value, call_eval_args},
}};

const Function* find_function(std::string_view name) {
  const auto found = std::find_if(kFunctions.begin(), kFunctions.end(), [&](const Function& function) { return function.name == name; });
  return found == kFunctions.end() ? nullptr : &*found;
}

bool is_function(std::string_view name) { return name[0] != '_' && find_function(name) != nullptr; }

}  // namespace isvcc::gotemplate

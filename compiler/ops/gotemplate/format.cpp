#include "ops/gotemplate/format.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "ops/go_text.h"
#include "ops/gotemplate/number_format.h"

namespace isvcc::gotemplate {

// Verbs under which Go asks a value for its String method.
static constexpr std::u32string_view kTextual = U"vsxXq";
static constexpr size_t kMaxWidth = 1'000'000;

// One call of Printf or Print.
class Printer {
 public:
  explicit Printer(size_t limit = ~size_t{0}) : limit_(limit) {}

  void argument(const GoValue& value, char32_t verb);
  void run(std::string_view format, std::span<const GoValue> values);
  std::string out;

 private:
  void print(const GoValue& value, char32_t verb, int depth);
  void bad_verb(const GoValue& value, char32_t verb);
  void print_map(const GoValue& map, char32_t verb, int depth);
  void print_slice(const GoValue& slice, char32_t verb, int depth);
  void print_struct(const GoValue& value, char32_t verb, int depth);
  void print_pointer(const GoValue& pointer, char32_t verb, int depth);
  void separator(bool first) { out += first ? "" : flags_.go_syntax ? ", " : " "; }

  void directive();
  void read_flags();
  void read_index();
  void read_width();
  void read_precision();
  bool read_star(size_t& number, bool* negative);
  bool read_number(size_t& number);
  void extra_arguments();
  char at(size_t i) const { return i < format_.size() ? format_[i] : '\0'; }
  void note(std::string_view what, char32_t verb);

  size_t limit_;
  FormatFlags flags_;
  bool erroring_ = false;
  std::string_view format_;
  std::span<const GoValue> values_;
  size_t pos_ = 0, next_ = 0;
  bool reordered_ = false, good_index_ = true, after_index_ = false;
};

void Printer::bad_verb(const GoValue& value, char32_t verb) {
  out += "%!";
  append_rune(out, verb);
  out += '(';
  if (value.valid()) {
    out += cat(value.type, '=');
    const bool before = std::exchange(erroring_, true);
    print(value, 'v', 0);
    erroring_ = before;
  } else {
    out += "<nil>";
  }
  out += ')';
}

void Printer::argument(const GoValue& value, char32_t verb) {
  if (!value.valid()) {
    if (verb == 'v' || verb == 'T') pad(out, "<nil>", flags_);
    else bad_verb(value, verb);
    return;
  }
  if (verb == 'T') return void(format_string(out, value.type, 's', flags_));
  print(value, verb, 0);
}

void Printer::print(const GoValue& value, char32_t verb, int depth) {
  bool fits = true;
  switch (value.kind) {
    case GoKind::Missing:
    case GoKind::Invalid:
      if (verb == 'v') out += "<nil>";
      else fits = false;
      break;
    case GoKind::Bool: fits = format_bool(out, value.b, verb, flags_); break;
    case GoKind::Int: fits = format_integer(out, static_cast<uint64_t>(value.i), true, verb, flags_); break;
    case GoKind::Uint: fits = format_integer(out, value.u, false, verb, flags_); break;
    case GoKind::Float: fits = format_float(out, value.d, verb, flags_); break;
    case GoKind::String: fits = format_string(out, value.text, verb, flags_); break;
    case GoKind::Slice: print_slice(value, verb, depth); break;
    case GoKind::Map: print_map(value, verb, depth); break;
    case GoKind::Struct: print_struct(value, verb, depth); break;
    case GoKind::Pointer: print_pointer(value, verb, depth); break;
  }
  if (!fits) bad_verb(value, verb);
}

void Printer::print_map(const GoValue& map, char32_t verb, int depth) {
  if (flags_.go_syntax && map.nil) return void(out += cat(map.type, "(nil)"));
  out += flags_.go_syntax ? cat(map.type, '{') : "map[";
  bool first = true;
  for (const NamedValue& entry : map_entries(map)) {
    if (out.size() > limit_) break;
    separator(first);
    first = false;
    print(GoValue::string(entry.name), verb, depth + 1);
    out += ':';
    print(entry.value, verb, depth + 1);
  }
  out += flags_.go_syntax ? '}' : ']';
}

void Printer::print_slice(const GoValue& slice, char32_t verb, int depth) {
  if (flags_.go_syntax && slice.nil) return void(out += cat(slice.type, "(nil)"));
  out += flags_.go_syntax ? cat(slice.type, '{') : "[";
  for (size_t i = 0; i < slice.size() && out.size() <= limit_; ++i) {
    separator(i == 0);
    print(slice_item(slice, i), verb, depth + 1);
  }
  out += flags_.go_syntax ? '}' : ']';
}

void Printer::print_struct(const GoValue& value, char32_t verb, int depth) {
  if (is_time(value) && !flags_.go_syntax && kTextual.find(verb) != std::u32string_view::npos) return void(format_string(out, time_text(value), verb, flags_));
  if (is_time(value) && flags_.go_syntax) return void(out += time_source(value));
  out += flags_.go_syntax ? cat(value.type, '{') : "{";
  bool first = true;
  for (const NamedValue& field : struct_fields(value)) {
    separator(first);
    first = false;
    if (flags_.plus_names || flags_.go_syntax) out += cat(field.name, ':');
    print(field.value, verb, depth + 1);
  }
  out += '}';
}

// Addresses are not the same twice, so a pointer shows what it points to.
void Printer::print_pointer(const GoValue& pointer, char32_t verb, int depth) {
  if (!pointer.nil) return print(indirect(pointer), verb, depth + 1);
  if (pointer.type == "*v1.Time" && kTextual.find(verb) != std::u32string_view::npos) return void(out += "<nil>");
  if (verb == 'v') return pad(out, flags_.go_syntax ? cat('(', pointer.type, ")(nil)") : "<nil>", flags_);
  if (std::u32string_view(U"bodxX").find(verb) == std::u32string_view::npos) return bad_verb(pointer, verb);
  format_integer(out, 0, false, verb, flags_);
}

void Printer::note(std::string_view what, char32_t verb) {
  out += "%!";
  append_rune(out, verb);
  out += what;
}

bool Printer::read_number(size_t& number) {
  const size_t start = pos_;
  for (number = 0; at(pos_) >= '0' && at(pos_) <= '9'; ++pos_) {
    if (number > kMaxWidth) {
      pos_ = format_.size();
      return false;
    }
    number = number * 10 + static_cast<size_t>(at(pos_) - '0');
  }
  return pos_ > start;
}

// [n] chooses the argument.
void Printer::read_index() {
  after_index_ = false;
  if (at(pos_) != '[') return;
  reordered_ = true;
  const size_t close = format_.find(']', pos_);
  if (close == std::string_view::npos || format_.size() - pos_ < 3) {
    ++pos_;
    good_index_ = false;
    return;
  }
  const std::optional<int64_t> index = parse_int(format_.substr(pos_ + 1, close - pos_ - 1));
  pos_ = close + 1;
  after_index_ = index && *index >= 0;
  if (after_index_ && *index >= 1 && static_cast<size_t>(*index) <= values_.size()) next_ = static_cast<size_t>(*index - 1);
  else good_index_ = false;
}

// A width or precision taken from the arguments.
bool Printer::read_star(size_t& number, bool* negative) {
  ++pos_;
  number = 0;
  *negative = false;
  after_index_ = false;
  if (next_ >= values_.size()) return false;
  const GoValue& value = values_[next_++];
  if (value.kind != GoKind::Int && value.kind != GoKind::Uint) return false;
  *negative = value.kind == GoKind::Int && value.i < 0;
  number = static_cast<size_t>(*negative ? -value.i : value.i);
  if (number <= kMaxWidth) return true;
  number = 0;
  return false;
}

void Printer::read_width() {
  if (at(pos_) != '*') {
    flags_.has_width = read_number(flags_.width);
    if (after_index_ && flags_.has_width) good_index_ = false;
    return;
  }
  bool negative;
  flags_.has_width = read_star(flags_.width, &negative);
  if (!flags_.has_width) out += "%!(BADWIDTH)";
  if (negative) flags_.minus = true, flags_.zero = false;
}

void Printer::read_precision() {
  if (pos_ + 1 >= format_.size() || at(pos_) != '.') return;
  ++pos_;
  if (after_index_) good_index_ = false;
  read_index();
  if (at(pos_) != '*') {
    if (!read_number(flags_.precision)) flags_.precision = 0;
    flags_.has_precision = true;
    return;
  }
  bool negative;
  flags_.has_precision = read_star(flags_.precision, &negative) && !negative;
  if (!flags_.has_precision) out += "%!(BADPREC)";
}

void Printer::read_flags() {
  for (;; ++pos_) {
    switch (at(pos_)) {
      case '#': flags_.sharp = true; break;
      case '0': flags_.zero = true; break;
      case '+': flags_.plus = true; break;
      case '-': flags_.minus = true; break;
      case ' ': flags_.space = true; break;
      default: return;
    }
  }
}

// Everything from '%' to the verb.
void Printer::directive() {
  flags_ = {};
  good_index_ = true;
  read_flags();
  read_index();
  read_width();
  read_precision();
  if (!after_index_) read_index();
  if (pos_ >= format_.size()) return void(out += "%!(NOVERB)");
  const Rune verb = first_rune(format_.substr(pos_));
  pos_ += verb.length;
  if (verb.code == '%') return void(out += '%');
  if (!good_index_) return note("(BADINDEX)", verb.code);
  if (next_ >= values_.size()) return note("(MISSING)", verb.code);
  if (verb.code == 'v') {
    flags_.go_syntax = std::exchange(flags_.sharp, false);
    flags_.plus_names = std::exchange(flags_.plus, false);
  }
  argument(values_[next_++], verb.code);
}

void Printer::run(std::string_view format, std::span<const GoValue> values) {
  format_ = format;
  values_ = values;
  while (pos_ < format_.size() && out.size() <= limit_) {
    const size_t percent = std::min(format_.find('%', pos_), format_.size());
    out += format_.substr(pos_, percent - pos_);
    pos_ = percent + 1;
    if (percent < format_.size()) directive();
  }
  if (!reordered_ && next_ < values_.size()) extra_arguments();
}

void Printer::extra_arguments() {
  flags_ = {};
  out += "%!(EXTRA ";
  for (size_t i = next_; i < values_.size(); ++i) {
    if (i > next_) out += ", ";
    if (values_[i].valid()) out += cat(values_[i].type, '=');
    argument(values_[i], 'v');
  }
  out += ')';
}

std::string format_value(const GoValue& value, char32_t verb) {
  Printer printer;
  printer.argument(value, verb);
  return std::move(printer.out);
}

std::string sprint(std::span<const GoValue> values) {
  Printer printer;
  bool after_text = false;
  for (size_t i = 0; i < values.size(); ++i) {
    const bool is_text = values[i].kind == GoKind::String;
    if (i > 0 && !is_text && !after_text) printer.out += ' ';
    printer.argument(values[i], 'v');
    after_text = is_text;
  }
  return std::move(printer.out);
}

std::string sprintln(std::span<const GoValue> values) {
  Printer printer;
  for (size_t i = 0; i < values.size(); ++i) {
    if (i > 0) printer.out += ' ';
    printer.argument(values[i], 'v');
  }
  printer.out += '\n';
  return std::move(printer.out);
}

std::string sprintf(std::string_view format, std::span<const GoValue> values, size_t limit) {
  Printer printer(limit);
  printer.run(format, values);
  return std::move(printer.out);
}

}  // namespace isvcc::gotemplate

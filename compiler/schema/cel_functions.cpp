#include "schema/cel_functions.h"

#include <arpa/inet.h>

#include <algorithm>

#include "base/text.h"

namespace isvcc::cel {
namespace {

using Arguments = std::span<const Node* const>;

FunctionResult error(std::string text) { return {nullptr, std::move(text)}; }

// CEL counts code points. A text taken apart: point i begins at starts[i]; the last entry is its end.
class Points {
 public:
  explicit Points(std::string_view text) : text_(text) {
    for (size_t i = 0; i < text.size(); i += std::max<size_t>(utf8_length(text.substr(i)), 1)) starts_.push_back(i);
    starts_.push_back(text.size());
  }
  int64_t size() const { return static_cast<int64_t>(starts_.size()) - 1; }
  std::string_view between(int64_t from, int64_t to) const {
    const size_t begin = starts_[static_cast<size_t>(from)];
    return text_.substr(begin, starts_[static_cast<size_t>(to)] - begin);
  }
  int64_t position(size_t byte) const { return std::lower_bound(starts_.begin(), starts_.end(), byte) - starts_.begin(); }
  size_t byte(int64_t point) const { return starts_[static_cast<size_t>(point)]; }

 private:
  std::string_view text_;
  std::vector<size_t> starts_;
};

std::string ascii(std::string_view text, char first, char last, int shift) {
  std::string out(text);
  for (char& c : out)
    if (c >= first && c <= last) c = static_cast<char>(c + shift);
  return out;
}

FunctionResult char_at(std::string_view text, int64_t at, const Make& make) {
  const Points points(text);
  if (at < 0 || at > points.size()) return error(cat("index out of range: ", at));
  return {make.text(at == points.size() ? std::string_view() : points.between(at, at + 1)), {}};
}

FunctionResult substring(std::string_view text, Arguments arguments, const Make& make) {
  const Points points(text);
  const int64_t from = View(arguments[0]).integer().value_or(-1), to = arguments.size() > 1 ? View(arguments[1]).integer().value_or(-1) : points.size();
  if (from < 0 || from > points.size() || to < 0 || to > points.size()) return error(cat("index out of range: ", from < 0 || from > points.size() ? from : to));
  if (from > to) return error(cat("invalid substring range. start: ", from, ", end: ", to));
  return {make.text(points.between(from, to)), {}};
}

FunctionResult index_of(std::string_view text, Arguments arguments, bool last, const Make& make) {
  const Points points(text);
  const std::string_view part = View(arguments[0]).text();
  const int64_t otherwise = last ? points.size() : 0, from = arguments.size() > 1 ? View(arguments[1]).integer().value_or(-1) : otherwise;
  if (from < 0 || from > points.size()) return error(cat("index out of range: ", from));
  const size_t at = last ? text.rfind(part, points.byte(from)) : text.find(part, points.byte(from));
  return {make.integer(at == std::string_view::npos ? -1 : points.position(at)), {}};
}

FunctionResult replace(std::string_view text, Arguments arguments, const Make& make) {
  const std::string_view from = View(arguments[0]).text(), to = View(arguments[1]).text();
  int64_t left = arguments.size() > 2 ? View(arguments[2]).integer().value_or(-1) : -1;
  if (from.empty()) return {make.text(text), {}};
  std::string out;
  for (size_t at = text.find(from); at != std::string_view::npos && left != 0; at = text.find(from), --left) {
    out += cat(text.substr(0, at), to);
    text.remove_prefix(at + from.size());
  }
  return {make.text(out + std::string(text)), {}};
}

FunctionResult split_text(std::string_view text, Arguments arguments, const Make& make) {
  const std::string_view separator = View(arguments[0]).text();
  int64_t left = arguments.size() > 1 ? View(arguments[1]).integer().value_or(-1) : -1;
  std::vector<const Node*> parts;
  if (left == 0) return {make.list(parts), {}};
  const Points points(text);
  if (separator.empty())
    for (int64_t i = 0; i < points.size(); ++i) parts.push_back(make.text(points.between(i, i + 1)));
  for (size_t at = text.find(separator); !separator.empty() && at != std::string_view::npos && left != 1; at = text.find(separator), --left) {
    parts.push_back(make.text(text.substr(0, at)));
    text.remove_prefix(at + separator.size());
  }
  if (!separator.empty()) parts.push_back(make.text(text));
  return {make.list(parts), {}};
}

FunctionResult join_texts(View list, std::string_view separator, const Make& make) {
  std::string out;
  for (size_t i = 0; i < list.size(); ++i) {
    if (!list.item(i).is_text()) return error("no such overload");
    out += cat(i ? separator : std::string_view(), list.item(i).text());
  }
  return {make.text(out), {}};
}

// -1, 0, 1; nothing for values that have no order between them.
std::optional<int> compare(View a, View b) {
  if (a.is_text() && b.is_text()) return a.text() < b.text() ? -1 : a.text() > b.text();
  const auto x = a.integer(), y = b.integer();
  if (!x || !y) return std::nullopt;
  return *x < *y ? -1 : *x > *y;
}

FunctionResult is_sorted(View list, const Make& make) {
  for (size_t i = 1; i < list.size(); ++i) {
    const auto order = compare(list.item(i - 1), list.item(i));
    if (!order) return error("no such overload");
    if (*order > 0) return {make.boolean(false), {}};
  }
  return {make.boolean(true), {}};
}

// The smallest item, or the greatest.
FunctionResult extreme(View list, std::string_view name, int wanted) {
  if (list.size() == 0) return error(cat(name, " called on empty list"));
  const Node* best = list.items()[0];
  for (const Node* item : list.items()) {
    const auto order = compare(item, best);
    if (!order) return error("no such overload");
    if (*order == wanted) best = item;
  }
  return {best, {}};
}

FunctionResult sum(View list, const Make& make) {
  int64_t total = 0;
  for (const Node* item : list.items()) {
    const auto number = View(item).integer();
    if (!number) return error("no such overload");
    if (__builtin_add_overflow(total, *number, &total)) return error("integer overflow");
  }
  return {make.integer(total), {}};
}

FunctionResult item_index(View list, View wanted, bool last, const Make& make) {
  int64_t found = -1;
  for (size_t i = 0; i < list.size() && (last || found < 0); ++i)
    if (equal(list.item(i), wanted)) found = static_cast<int64_t>(i);
  return {make.integer(found), {}};
}

std::optional<FunctionResult> text_method(std::string_view name, std::string_view text, Arguments arguments, const Make& make) {
  const size_t count = arguments.size();
  const View first = count ? View(arguments[0]) : View(), second = count > 1 ? View(arguments[1]) : View();
  if (name == "lowerAscii" && count == 0) return FunctionResult{make.text(ascii(text, 'A', 'Z', 32)), {}};
  if (name == "upperAscii" && count == 0) return FunctionResult{make.text(ascii(text, 'a', 'z', -32)), {}};
  if (name == "trim" && count == 0) return FunctionResult{make.text(trim(text, " \t\r\n\v\f")), {}};
  if (name == "charAt" && count == 1 && first.integer()) return char_at(text, *first.integer(), make);
  if (name == "substring" && (count == 1 || count == 2)) return substring(text, arguments, make);
  if ((name == "indexOf" || name == "lastIndexOf") && (count == 1 || count == 2) && first.is_text()) return index_of(text, arguments, name == "lastIndexOf", make);
  if (name == "replace" && (count == 2 || count == 3) && first.is_text() && second.is_text()) return replace(text, arguments, make);
  if (name == "split" && (count == 1 || count == 2) && first.is_text()) return split_text(text, arguments, make);
  return std::nullopt;
}

std::optional<FunctionResult> list_method(std::string_view name, View list, Arguments arguments, const Make& make) {
  if (name == "join" && arguments.size() <= 1) return join_texts(list, arguments.empty() ? std::string_view() : View(arguments[0]).text(), make);
  if (name == "isSorted" && arguments.empty()) return is_sorted(list, make);
  if (name == "sum" && arguments.empty()) return sum(list, make);
  if (name == "min" && arguments.empty()) return extreme(list, name, -1);
  if (name == "max" && arguments.empty()) return extreme(list, name, 1);
  if ((name == "indexOf" || name == "lastIndexOf") && arguments.size() == 1) return item_index(list, arguments[0], name == "lastIndexOf", make);
  return std::nullopt;
}

}  // namespace

std::optional<FunctionResult> call_method(std::string_view name, View of, Arguments arguments, const Make& make) {
  if (of.is_text()) return text_method(name, of.text(), arguments, make);
  return of.is_list() ? list_method(name, of, arguments, make) : std::nullopt;
}

bool is_ip(std::string_view text) {
  unsigned char address[16];
  const std::string terminated(text);
  return text.find('\0') == std::string_view::npos && (inet_pton(AF_INET, terminated.c_str(), address) == 1 || inet_pton(AF_INET6, terminated.c_str(), address) == 1);
}

}  // namespace isvcc::cel

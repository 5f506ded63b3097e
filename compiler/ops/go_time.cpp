#include "ops/go_time.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace isvcc {
namespace {

constexpr std::string_view layout = "2006-01-02T15:04:05Z07:00";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A fixed number of digits, then a separator.
std::optional<int> take_number(std::string_view& rest, size_t digits, char separator) {
  if (rest.size() < digits + (separator ? 1 : 0)) return std::nullopt;
  int value = 0;
  for (size_t i = 0; i < digits; ++i) {
    if (!is_digit(rest[i])) return std::nullopt;
    value = value * 10 + (rest[i] - '0');
  }
  if (separator && rest[digits] != separator) return std::nullopt;
  rest.remove_prefix(digits + (separator ? 1 : 0));
  return value;
}

struct Part {
  size_t digits;
  char separator;
  std::string_view layout;
  int least, most;
  std::string_view range_name;
};

constexpr std::array<Part, 6> parts = {{{4, '-', "2006", 0, 9999, "year"},
                                        {2, '-', "01", 1, 12, "month"},
                                        {2, 'T', "02", 1, 31, "day"},
                                        {2, ':', "15", 0, 23, "hour"},
                                        {2, ':', "04", 0, 59, "minute"},
                                        {2, '\0', "05", 0, 59, "second"}}};

int days_in(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

void add_day(int& year, int& month, int& day, int step) {
  day += step;
  if (day < 1) {
    if (--month < 1) month = 12, --year;
    day = days_in(year, month);
  } else if (day > days_in(year, month)) {
    day = 1;
    if (++month > 12) month = 1, ++year;
  }
}

// Z or ±hh:mm as minutes east of UTC.
std::optional<int> take_offset(std::string_view rest) {
  if (rest == "Z") return 0;
  if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-')) return std::nullopt;
  const int sign = rest[0] == '-' ? -1 : 1;
  rest.remove_prefix(1);
  const auto hours = take_number(rest, 2, ':'), minutes = take_number(rest, 2, '\0');
  if (!hours || !minutes || *hours > 24 || *minutes > 60) return std::nullopt;
  return sign * (*hours * 60 + *minutes);
}

std::string padded(int value, size_t width) {
  std::string digits = cat(value);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

std::string utc(std::array<int, 6> t, int offset) {
  int minutes = t[3] * 60 + t[4] - offset;
  for (; minutes < 0; minutes += 1440) add_day(t[0], t[1], t[2], -1);
  for (; minutes >= 1440; minutes -= 1440) add_day(t[0], t[1], t[2], 1);
  return cat(padded(t[0], 4), '-', padded(t[1], 2), '-', padded(t[2], 2), 'T', padded(minutes / 60, 2), ':', padded(minutes % 60, 2), ':', padded(t[5], 2), 'Z');
}

std::string cannot_parse(std::string_view text, std::string_view rest, std::string_view part) {
  return cat("parsing time ", go_quote(text), " as ", go_quote(layout), ": cannot parse ", go_quote(rest), " as ", go_quote(part));
}

}  // namespace

std::string go_time(std::string_view text, std::string& error) {
  std::array<int, 6> time{};
  std::string_view rest = text;
  const auto out_of_range = [&](std::string_view what) { return error = cat("parsing time ", go_quote(text), ": ", what, " out of range"), std::string(); };
  for (size_t i = 0; i < parts.size(); ++i) {
    const std::optional<int> value = take_number(rest, parts[i].digits, parts[i].separator);
    if (!value) return error = cannot_parse(text, rest, parts[i].layout), std::string();
    if (*value < parts[i].least || *value > parts[i].most) return out_of_range(parts[i].range_name);
    time[i] = *value;
  }
  if (time[2] > days_in(time[0], time[1])) return out_of_range("day");
  if (rest.size() > 1 && (rest[0] == '.' || rest[0] == ',') && is_digit(rest[1])) rest.remove_prefix(std::min(rest.find_first_not_of("0123456789", 1), rest.size()));
  const std::optional<int> offset = take_offset(rest);
  if (!offset) return error = cannot_parse(text, rest, "Z07:00"), std::string();
  return utc(time, *offset);
}

}  // namespace isvcc

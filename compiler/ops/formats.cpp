#include "ops/formats.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "ops/names.h"
#include "schema/go_duration.h"

namespace isvcc {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

int two_digits(std::string_view text, size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); }

// `mask`: 0 stands for a digit, anything else for itself.
bool has_shape(std::string_view text, std::string_view mask) {
  if (text.size() != mask.size()) return false;
  for (size_t i = 0; i < mask.size(); ++i)
    if (mask[i] == '0' ? !is_digit(text[i]) : text[i] != mask[i]) return false;
  return true;
}

bool is_date(std::string_view text) {
  if (!has_shape(text, "0000-00-00")) return false;
  const int year = two_digits(text, 0) * 100 + two_digits(text, 2), month = two_digits(text, 5), day = two_digits(text, 8);
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int days[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

// hh:mm:ss, an optional fraction, then Z or an offset.
bool is_time(std::string_view text) {
  if (text.size() < 9 || !has_shape(text.substr(0, 8), "00:00:00")) return false;
  if (two_digits(text, 0) > 23 || two_digits(text, 3) > 59 || two_digits(text, 6) > 59) return false;
  text.remove_prefix(8);
  if (text[0] == '.') {
    const size_t end = text.find_first_not_of("0123456789", 1);
    if (end == 1 || end == std::string_view::npos) return false;
    text.remove_prefix(end);
  }
  if (text == "Z" || text == "z") return true;
  return text.size() == 6 && (text[0] == '+' || text[0] == '-') && has_shape(text.substr(1), "00:00");
}

bool is_date_time(std::string_view text) {
  return text.size() > 11 && is_date(text.substr(0, 10)) && (text[10] == 'T' || text[10] == 't') && is_time(text.substr(11));
}

bool is_uuid(std::string_view text, char version) {
  constexpr std::array<size_t, 5> groups = {8, 4, 4, 4, 12};
  std::string digits;
  for (size_t g = 0; g < groups.size(); ++g) {
    if (g > 0 && text.starts_with("-")) text.remove_prefix(1);
    if (text.size() < groups[g]) return false;
    digits += text.substr(0, groups[g]);
    text.remove_prefix(groups[g]);
  }
  if (!text.empty() || !std::all_of(digits.begin(), digits.end(), is_hex)) return false;
  if (version && digits[12] != version) return false;
  const bool variant = digits[16] == '8' || digits[16] == '9' || to_lower(digits.substr(16, 1)) == "a" || to_lower(digits.substr(16, 1)) == "b";
  return version < '4' || variant;
}

bool is_ipv4(std::string_view text) {
  const std::vector<std::string_view> parts = split(text, '.');
  return parts.size() == 4 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
    return all_digits(part) && part.size() <= 3 && (part.size() == 1 || part[0] != '0') && *parse_int(part) <= 255;
  });
}

bool is_ipv6(std::string_view text) {
  if (text.find(':') == std::string_view::npos) return false;
  size_t groups = 0;
  bool gap = false;
  if (text.starts_with("::")) gap = true, text.remove_prefix(2);
  else if (text.starts_with(":")) return false;
  while (!text.empty()) {
    const size_t end = text.find(':');
    const std::string_view group = text.substr(0, end);
    if (end == std::string_view::npos && group.find('.') != std::string_view::npos) {
      if (!is_ipv4(group)) return false;
      groups += 2;
      break;
    }
    if (group.empty() || group.size() > 4 || !std::all_of(group.begin(), group.end(), is_hex)) return false;
    ++groups;
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
    if (!text.starts_with(":")) {
      if (text.empty()) return false;
      continue;
    }
    if (gap) return false;
    gap = true;
    text.remove_prefix(1);
  }
  return gap ? groups < 8 : groups == 8;
}

bool is_cidr(std::string_view text) {
  const size_t slash = text.rfind('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view address = text.substr(0, slash), bits = text.substr(slash + 1);
  if (!all_digits(bits) || bits.size() > 3) return false;
  return (is_ipv4(address) && *parse_int(bits) <= 32) || (is_ipv6(address) && *parse_int(bits) <= 128);
}

// 00:00:5e:00:53:01 with 6, 8 or 20 bytes, also with dashes, or 0000.5e00.5301.
bool is_mac(std::string_view text) {
  const char separator = text.find('.') != std::string_view::npos ? '.' : text.find('-') != std::string_view::npos ? '-' : ':';
  const size_t width = separator == '.' ? 4 : 2;
  const std::vector<std::string_view> parts = split(text, separator);
  const size_t bytes = parts.size() * width / 2;
  return (bytes == 6 || bytes == 8 || bytes == 20) && std::all_of(parts.begin(), parts.end(), [&](std::string_view part) {
    return part.size() == width && std::all_of(part.begin(), part.end(), is_hex);
  });
}

bool is_base64(std::string_view text) {
  std::string clean;
  for (const char c : text)
    if (c != '\r' && c != '\n') clean.push_back(c);
  if (clean.size() % 4 != 0) return false;
  const size_t padding = clean.ends_with("==") ? 2 : clean.ends_with("=") ? 1 : 0;
  return std::all_of(clean.begin(), clean.end() - static_cast<long>(padding),
                     [](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '/'; });
}

// strfmt's own: "22 ns", "5 hours".
bool is_duration(std::string_view text) {
  if (parse_go_duration(text)) return true;
  size_t end = 0;
  while (end < text.size() && is_digit(text[end])) ++end;
  if (end == 0) return false;
  const std::string unit = to_lower(trim(text.substr(end)));
  constexpr std::string_view units[] = {"ns",     "nano",   "nanos",   "us",   "micro", "micros", "microsecond", "microseconds", "ms",  "milli", "millis",
                                        "second", "sec",    "s",       "minute", "min",  "m",     "hour",        "hr",           "h",   "day",   "days",
                                        "d",      "seconds", "minutes", "hours", "week",  "weeks",  "wk",          "w",            "nanosecond", "nanoseconds",
                                        "millisecond", "milliseconds", "secs", "mins", "hrs", "wks"};
  return std::find(std::begin(units), std::end(units), unit) != std::end(units);
}

// net/url.ParseRequestURI: an absolute URI or an absolute path, without control characters.
bool is_uri(std::string_view text) {
  if (text.empty() || std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) return false;
  if (text[0] == '/') return true;
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || !is_letter(text[0])) return false;
  const std::string_view scheme = text.substr(0, colon);
  if (!std::all_of(scheme.begin(), scheme.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.'; })) return false;
  return text.find(' ') == std::string_view::npos;
}

bool is_email(std::string_view text) {
  const size_t at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) return false;
  return text.find_first_of(" \t\r\n") == std::string_view::npos && text.find('@') == at;
}

bool is_hostname_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '-' || static_cast<unsigned char>(c) >= 0x80; });
}

bool is_hostname(std::string_view text) {
  if (text.empty() || text.size() > 255) return false;
  const std::vector<std::string_view> labels = split(text.ends_with(".") ? text.substr(0, text.size() - 1) : text, '.');
  return std::all_of(labels.begin(), labels.end(), is_hostname_label);
}

bool is_hex_color(std::string_view text) {
  if (text.starts_with("#")) text.remove_prefix(1);
  return (text.size() == 3 || text.size() == 6) && std::all_of(text.begin(), text.end(), is_hex);
}

bool is_ssn(std::string_view text) {
  std::string digits;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((text[i] == '-' || text[i] == ' ') && (digits.size() == 3 || digits.size() == 5)) continue;
    digits.push_back(text[i]);
  }
  return digits.size() == 9 && all_digits(digits);
}

bool is_isbn(std::string_view text, size_t length) {
  std::string digits;
  for (const char c : text)
    if (c != '-' && c != ' ') digits.push_back(c);
  if (digits.size() != length) return false;
  int sum = 0;
  for (size_t i = 0; i < length; ++i) {
    const bool tenth = length == 10 && i == 9 && digits[i] == 'X';
    if (!is_digit(digits[i]) && !tenth) return false;
    const int value = tenth ? 10 : digits[i] - '0';
    sum += length == 10 ? value * static_cast<int>(10 - i) : value * (i % 2 ? 3 : 1);
  }
  return sum % (length == 10 ? 11 : 10) == 0;
}

bool is_short_name(std::string_view text) { return is_valid_name(NameForm::Dns1123Label, text); }
bool is_long_name(std::string_view text) { return is_valid_name(NameForm::Dns1123Subdomain, text); }
bool is_bson_id(std::string_view text) { return text.size() == 24 && std::all_of(text.begin(), text.end(), is_hex); }
bool is_anything(std::string_view) { return true; }

struct Format {
  std::string_view name;
  bool (*matches)(std::string_view);
};

// creditcard and rgbcolor are taken as given: no schema in use has them.
constexpr Format formats[] = {
    {"date-time", is_date_time},
    {"datetime", is_date_time},
    {"date", is_date},
    {"duration", is_duration},
    {"byte", is_base64},
    {"uri", is_uri},
    {"email", is_email},
    {"hostname", is_hostname},
    {"ipv4", is_ipv4},
    {"ipv6", is_ipv6},
    {"cidr", is_cidr},
    {"mac", is_mac},
    {"uuid", [](std::string_view text) { return is_uuid(text, 0); }},
    {"uuid3", [](std::string_view text) { return is_uuid(text, '3'); }},
    {"uuid4", [](std::string_view text) { return is_uuid(text, '4'); }},
    {"uuid5", [](std::string_view text) { return is_uuid(text, '5'); }},
    {"hexcolor", is_hex_color},
    {"ssn", is_ssn},
    {"isbn", [](std::string_view text) { return is_isbn(text, 10) || is_isbn(text, 13); }},
    {"isbn10", [](std::string_view text) { return is_isbn(text, 10); }},
    {"isbn13", [](std::string_view text) { return is_isbn(text, 13); }},
    {"bsonobjectid", is_bson_id},
    {"k8s-short-name", is_short_name},
    {"k8s-long-name", is_long_name},
    {"password", is_anything},
    {"creditcard", is_anything},
    {"rgbcolor", is_anything},
};

const Format* find(std::string_view name) {
  for (const Format& format : formats)
    if (format.name == name) return &format;
  return nullptr;
}

}  // namespace

bool is_checked_format(std::string_view format) { return find(format) != nullptr; }

bool matches_format(std::string_view format, std::string_view text) {
  const Format* known = find(format);
  return !known || known->matches(text);
}

}  // namespace isvcc

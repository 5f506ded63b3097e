#include "admit/name_syntax.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {

static constexpr std::string_view kLabelFormat = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
static constexpr std::string_view kQualifiedFormat = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
static constexpr std::string_view kQualifiedWords =
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
static constexpr size_t kMaxSubdomain = 253, kMaxLabel = 63;

static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_lower_alnum(char c) { return is_lower(c) || is_digit(c); }
static bool is_alnum(char c) { return is_lower_alnum(c) || (c >= 'A' && c <= 'Z'); }

static bool is_dns_label(std::string_view text) {
  return !text.empty() && is_lower_alnum(text.front()) && is_lower_alnum(text.back()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_lower_alnum(c) || c == '-'; });
}

static bool is_dns_subdomain(std::string_view text) {
  for (;;) {
    const size_t dot = text.find('.');
    if (!is_dns_label(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

static bool is_qualified_part(std::string_view text) {
  return !text.empty() && is_alnum(text.front()) && is_alnum(text.back()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.'; });
}

bool is_dns_1035_label(std::string_view text) { return is_dns_label(text) && is_lower(text.front()); }

static std::string too_long(size_t limit) { return cat("must be no more than ", limit, " characters"); }

// RegexError of apimachinery.
static std::string regex_fault(std::string_view words, std::string_view format, const std::vector<std::string_view>& examples) {
  std::string out = cat(words, " (e.g. ");
  const char* between = "";
  for (std::string_view example : examples) {
    out += cat(between, '\'', example, "', ");
    between = "or ";
  }
  return cat(out, "regex used for validation is '", format, "')");
}

std::vector<std::string> dns_subdomain_faults(std::string_view text) {
  std::vector<std::string> faults;
  if (text.size() > kMaxSubdomain) faults.push_back(too_long(kMaxSubdomain));
  if (!is_dns_subdomain(text))
    faults.push_back(regex_fault("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "
                                 "start and end with an alphanumeric character",
                                 cat(kLabelFormat, "(\\.", kLabelFormat, ")*"), {"example.com"}));
  return faults;
}

std::vector<std::string> dns_label_faults(std::string_view text) {
  std::vector<std::string> faults;
  if (text.size() > kMaxLabel) faults.push_back(too_long(kMaxLabel));
  if (is_dns_label(text)) return faults;
  faults.push_back(is_dns_subdomain(text)
                       ? "must not contain dots"
                       : regex_fault("a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start "
                                     "and end with an alphanumeric character",
                                     kLabelFormat, {"my-name", "123-abc"}));
  return faults;
}

static std::string qualified_fault() { return regex_fault(kQualifiedWords, kQualifiedFormat, {"MyName", "my.name", "123-abc"}); }

static std::vector<std::string> prefix_faults(std::string_view prefix) {
  if (prefix.empty()) return {"prefix part must be non-empty"};
  std::vector<std::string> faults = dns_subdomain_faults(prefix);
  for (std::string& fault : faults) fault = cat("prefix part ", fault);
  return faults;
}

std::vector<std::string> qualified_name_faults(std::string_view text) {
  const size_t slash = text.find('/');
  if (slash != std::string_view::npos && text.find('/', slash + 1) != std::string_view::npos)
    return {cat("a qualified name ", qualified_fault(), " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')")};
  std::vector<std::string> faults;
  if (slash != std::string_view::npos) faults = prefix_faults(text.substr(0, slash));
  const std::string_view name = slash == std::string_view::npos ? text : text.substr(slash + 1);
  if (name.empty())
    faults.push_back("name part must be non-empty");
  else if (name.size() > kMaxLabel)
    faults.push_back(cat("name part ", too_long(kMaxLabel)));
  if (!is_qualified_part(name)) faults.push_back(cat("name part ", qualified_fault()));
  return faults;
}

std::vector<std::string> label_value_faults(std::string_view text) {
  std::vector<std::string> faults;
  if (text.size() > kMaxLabel) faults.push_back(too_long(kMaxLabel));
  if (!text.empty() && !is_qualified_part(text))
    faults.push_back(regex_fault(cat("a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must "
                                     "start and end with an alphanumeric character"),
                                 cat('(', kQualifiedFormat, ")?"), {"MyValue", "my_value", "12345"}));
  return faults;
}

}  // namespace isvcc

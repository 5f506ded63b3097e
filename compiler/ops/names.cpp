#include "ops/names.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "ops/go_text.h"

namespace isvcc {

// ---- characters

enum : uint8_t { kLower = 1, kUpper = 2, kDigit = 4, kHyphen = 8, kDotOrLine = 16 };
static constexpr unsigned kLabelChar = kLower | kDigit | kHyphen, kKeyChar = kLabelChar | kUpper | kDotOrLine;

static constexpr std::array<uint8_t, 256> kClasses = [] {
  std::array<uint8_t, 256> classes{};
  for (int c = 'a'; c <= 'z'; ++c) classes[c] = kLower;
  for (int c = 'A'; c <= 'Z'; ++c) classes[c] = kUpper;
  for (int c = '0'; c <= '9'; ++c) classes[c] = kDigit;
  classes['-'] = kHyphen;
  classes['.'] = classes['_'] = kDotOrLine;
  return classes;
}();

static bool is_one_of(char c, unsigned classes) { return kClasses[static_cast<uint8_t>(c)] & classes; }
static bool is_lower(char c) { return is_one_of(c, kLower); }
static bool is_digit(char c) { return is_one_of(c, kDigit); }
static bool is_lower_or_digit(char c) { return is_one_of(c, kLower | kDigit); }
static bool is_label_char(char c) { return is_one_of(c, kLabelChar); }
static bool is_alphanumeric(char c) { return is_one_of(c, kLower | kUpper | kDigit); }

// ---- forms

template <unsigned Classes>
static bool consists_of(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_one_of(c, Classes); });
}

static bool is_label(std::string_view text) {
  return !text.empty() && is_lower_or_digit(text.front()) && is_lower_or_digit(text.back()) && consists_of<kLabelChar>(text);
}
// Labels with dots between them.
static bool is_subdomain(std::string_view text) {
  char before = '.';
  for (const char c : text) {
    const bool fits = c == '.' ? is_lower_or_digit(before) : is_label_char(c) && (before != '.' || c != '-');
    if (!fits) return false;
    before = c;
  }
  return is_lower_or_digit(before);
}
static bool is_1035_label(std::string_view text) { return is_label(text) && is_lower(text.front()); }
static bool is_qualified_part(std::string_view text) {
  return !text.empty() && is_alphanumeric(text.front()) && is_alphanumeric(text.back()) && consists_of<kKeyChar>(text);
}
static bool is_label_value(std::string_view text) { return text.empty() || is_qualified_part(text); }
static bool is_env_name(std::string_view text) {
  return !text.empty() && !is_digit(text.front()) && consists_of<kKeyChar>(text);
}
static bool is_config_key(std::string_view text) { return !text.empty() && consists_of<kKeyChar>(text); }
static bool is_wildcard(std::string_view text) { return starts_with(text, "*.") && is_subdomain(text.substr(2)); }
static bool is_percent(std::string_view text) {
  return text.size() > 1 && text.back() == '%' && consists_of<kDigit>(text.substr(0, text.size() - 1));
}

struct FormRule {
  bool (*matches)(std::string_view);
  size_t max_length;
  std::string_view says;     // about a text that does not match
  std::string_view example;  // the bracket after it, with the regular expression
};

#define LABEL "[a-z0-9]([-a-z0-9]*[a-z0-9])?"
#define SUBDOMAIN LABEL "(\\." LABEL ")*"
#define QUALIFIED "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"
static constexpr FormRule kLabel = {is_label, 63,
                                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with "
                                    "an alphanumeric character",
                                    "(e.g. 'my-name',  or '123-abc', regex used for validation is '" LABEL "')"};
static constexpr FormRule kSubdomain = {is_subdomain, 253,
                                        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start "
                                        "and end with an alphanumeric character",
                                        "(e.g. 'example.com', regex used for validation is '" SUBDOMAIN "')"};
static constexpr FormRule kLabel1035 = {is_1035_label, 63,
                                        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic "
                                        "character, and end with an alphanumeric character",
                                        "(e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"};
static constexpr FormRule kQualifiedPart = {
    is_qualified_part, 63,
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
    "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '" QUALIFIED "')"};
static constexpr FormRule kLabelValue = {
    is_label_value, 63,
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
    "character",
    "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(" QUALIFIED ")?')"};
static constexpr FormRule kEnvVarName = {
    is_env_name, SIZE_MAX,
    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
    "(e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')"};
static constexpr FormRule kConfigMapKey = {
    is_config_key, 253, "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
    "(e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"};
static constexpr FormRule kWildcardDns = {is_wildcard, 253,
                                          "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of "
                                          "lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
                                          "(e.g. '*.example.com', regex used for validation is '\\*\\." SUBDOMAIN "')"};
static constexpr FormRule kPercent = {is_percent, SIZE_MAX, "a valid percent string must be a numeric string followed by an ending '%'",
                                      "(e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"};
#undef LABEL
#undef SUBDOMAIN
#undef QUALIFIED

using Problems = std::vector<std::string>;

static void check_length(std::string_view text, size_t limit, std::string_view prefix, Problems& out) {
  if (text.size() > limit) out.push_back(cat(prefix, "must be no more than ", limit, " characters"));
}

static void check(const FormRule& rule, std::string_view text, std::string_view prefix, Problems& out) {
  check_length(text, rule.max_length, prefix, out);
  if (!rule.matches(text)) out.push_back(cat(prefix, rule.says, " ", rule.example));
}

// Names of files that a volume would place outside its folder.
static void check_no_dots(std::string_view text, Problems& out) {
  if (text == ".") out.push_back("must not be '.'");
  else if (text == "..") out.push_back("must not be '..'");
  else if (starts_with(text, "..")) out.push_back("must not start with '..'");
}

static void check_label(std::string_view text, Problems& out) {
  check_length(text, kLabel.max_length, "", out);
  if (is_label(text)) return;
  out.push_back(is_subdomain(text) ? "must not contain dots" : cat(kLabel.says, " ", kLabel.example));
}

static void check_qualified_name(std::string_view text, Problems& out) {
  const size_t slash = text.find('/');
  const bool has_prefix = slash != std::string_view::npos;
  if (has_prefix && text.find('/', slash + 1) != std::string_view::npos) {
    out.push_back(cat("a qualified name ", kQualifiedPart.says, " ", kQualifiedPart.example,
                      " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"));
    return;
  }
  if (has_prefix) {
    if (slash == 0) out.push_back("prefix part must be non-empty");
    else check(kSubdomain, text.substr(0, slash), "prefix part ", out);
  }
  const std::string_view name = has_prefix ? text.substr(slash + 1) : text;
  if (name.empty()) out.push_back("name part must be non-empty");
  check(kQualifiedPart, name, "name part ", out);
}

static void check_relaxed_env_name(std::string_view text, Problems& out) {
  if (text.empty()) out.push_back("environment variable name must be non-empty");
  if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~' && c != '='; }))
    out.push_back("a valid environment variable name must consist only of printable ASCII characters other than '='");
}

static void check_port_name(std::string_view text, Problems& out) {
  check_length(text, 15, "", out);
  if (text.empty() || !consists_of<kLabelChar>(text))
    out.push_back("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
  if (std::none_of(text.begin(), text.end(), is_lower)) out.push_back("must contain at least one letter (a-z)");
  if (contains(text, "--")) out.push_back("must not contain consecutive hyphens");
  if (!text.empty() && (text.front() == '-' || text.back() == '-')) out.push_back("must not begin or end with a hyphen");
}

std::vector<std::string> name_problems(NameForm form, std::string_view text) {
  Problems out;
  switch (form) {
    case NameForm::Dns1123Label: check_label(text, out); break;
    case NameForm::Dns1123Subdomain: check(kSubdomain, text, "", out); break;
    case NameForm::Dns1035Label: check(kLabel1035, text, "", out); break;
    case NameForm::QualifiedName: check_qualified_name(text, out); break;
    case NameForm::LabelValue: check(kLabelValue, text, "", out); break;
    case NameForm::EnvVarName: check(kEnvVarName, text, "", out), check_no_dots(text, out); break;
    case NameForm::RelaxedEnvVarName: check_relaxed_env_name(text, out); break;
    case NameForm::ConfigMapKey: check(kConfigMapKey, text, "", out), check_no_dots(text, out); break;
    case NameForm::PortName: check_port_name(text, out); break;
    case NameForm::WildcardDns: check(kWildcardDns, text, "", out); break;
    case NameForm::Percent: check(kPercent, text, "", out); break;
  }
  return out;
}

static bool fits(const FormRule& rule, std::string_view text) { return text.size() <= rule.max_length && rule.matches(text); }

static bool is_qualified_name(std::string_view text) {
  const size_t slash = text.find('/');
  return slash == std::string_view::npos ? fits(kQualifiedPart, text) : fits(kSubdomain, text.substr(0, slash)) && fits(kQualifiedPart, text.substr(slash + 1));
}

bool is_valid_name(NameForm form, std::string_view text) {
  switch (form) {  // those that every object is full of
    case NameForm::QualifiedName: return is_qualified_name(text);
    case NameForm::LabelValue: return fits(kLabelValue, text);
    default: return name_problems(form, text).empty();
  }
}

std::string invalid_value(std::string_view path, std::string_view value, std::string_view problem) {
  return cat(path, ": Invalid value: ", go_quote(value), problem.empty() ? "" : ": ", problem);
}

static std::vector<const Field*> by_key(View map) {
  std::vector<const Field*> fields;
  for (const Field& field : map.fields()) fields.push_back(&field);
  std::sort(fields.begin(), fields.end(), [](const Field* a, const Field* b) { return a->key() < b->key(); });
  return fields;
}

// Nearly all keys are plain names; only the others are worth the API server's words.
static bool has_plain_keys(View map) {
  return std::all_of(map.fields().begin(), map.fields().end(), [](const Field& f) { return is_valid_name(NameForm::QualifiedName, f.key()); });
}

static bool has_label_values(View labels) {
  return std::all_of(labels.fields().begin(), labels.fields().end(), [](const Field& f) { return is_valid_name(NameForm::LabelValue, View(f.value).text()); });
}

std::vector<std::string> label_problems(View labels, std::string_view path) {
  Problems out;
  if (has_plain_keys(labels) && has_label_values(labels)) return out;
  for (const Field* field : by_key(labels)) {
    const std::string_view value = View(field->value).text();
    for (const std::string& problem : name_problems(NameForm::QualifiedName, field->key())) out.push_back(invalid_value(path, field->key(), problem));
    for (const std::string& problem : name_problems(NameForm::LabelValue, value)) out.push_back(invalid_value(path, value, problem));
  }
  return out;
}

std::vector<std::string> annotation_problems(View annotations, std::string_view path) {
  static constexpr size_t kLimit = 256 * 1024;
  Problems out;
  size_t total = 0;
  for (const Field& field : annotations.fields()) total += field.key().size() + View(field.value).text().size();
  if (total <= kLimit && has_plain_keys(annotations)) return out;
  for (const Field* field : by_key(annotations)) {
    // Case does not matter in annotation keys.
    for (const std::string& problem : name_problems(NameForm::QualifiedName, to_lower(field->key())))
      out.push_back(invalid_value(path, field->key(), problem));
  }
  if (total > kLimit) out.push_back(cat(path, ": Too long: may not be more than ", kLimit, " bytes"));
  return out;
}

}  // namespace isvcc

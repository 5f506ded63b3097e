#include "repo/uri_pattern.h"

#include <re2/re2.h>

#include <map>
#include <memory>

#include "base/text.h"

namespace isvcc {

// More patterns than anybody has; a repository that has more pays for compiling again.
static constexpr size_t kMaxPatterns = 256;

// Go's words for what RE2 calls by other names.
static std::string_view go_words(RE2::ErrorCode code) {
  switch (code) {
    case RE2::ErrorBadEscape:
      return "invalid escape sequence";
    case RE2::ErrorBadCharClass:
      return "invalid character class";
    case RE2::ErrorBadCharRange:
      return "invalid character class range";
    case RE2::ErrorMissingBracket:
      return "missing closing ]";
    case RE2::ErrorMissingParen:
      return "missing closing )";
    case RE2::ErrorUnexpectedParen:
      return "unexpected )";
    case RE2::ErrorTrailingBackslash:
      return "trailing backslash at end of expression";
    case RE2::ErrorRepeatArgument:
      return "missing argument to repetition operator";
    case RE2::ErrorRepeatSize:
      return "invalid repeat count";
    case RE2::ErrorRepeatOp:
      return "invalid nested repetition operator";
    case RE2::ErrorBadPerlOp:
      return "invalid or unsupported Perl syntax";
    case RE2::ErrorBadUTF8:
      return "invalid UTF-8";
    case RE2::ErrorBadNamedCapture:
      return "invalid named capture";
    default:
      return "expression too large";
  }
}

static std::string go_error(const RE2& pattern) {
  // Go names the trailing backslash without an argument and a whole expression that lacks its parenthesis.
  const bool whole = pattern.error_code() == RE2::ErrorMissingParen || pattern.error_code() == RE2::ErrorUnexpectedParen;
  const bool bare = pattern.error_code() == RE2::ErrorTrailingBackslash;
  return cat("error parsing regexp: ", go_words(pattern.error_code()), ": `",
             bare    ? ""
             : whole ? pattern.pattern()
                     : pattern.error_arg(),
             "`");
}

// Go reads (?<name>…) as (?P<name>…); RE2 learned it later.
static std::string with_named_groups(std::string_view pattern) {
  std::string out;
  bool in_class = false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    out += c;
    if (c == '\\' && i + 1 < pattern.size()) out += pattern[++i];
    else if (c == '[') in_class = true;
    else if (c == ']') in_class = false;
    const std::string_view rest = pattern.substr(i);
    if (in_class || !starts_with(rest, "(?<") || starts_with(rest, "(?<=") || starts_with(rest, "(?<!")) continue;
    out += "?P";
    ++i;
  }
  return out;
}

static const RE2& compiled(std::string_view pattern) {
  thread_local std::map<std::string, std::unique_ptr<RE2>, std::less<>> cache;
  const auto known = cache.find(pattern);
  if (known != cache.end()) return *known->second;
  if (cache.size() >= kMaxPatterns) cache.clear();
  RE2::Options options;
  options.set_log_errors(false);
  auto fresh = std::make_unique<RE2>(with_named_groups(pattern), options);
  return *cache.emplace(std::string(pattern), std::move(fresh)).first->second;
}

PatternResult find_pattern(std::string_view pattern, std::string_view text) {
  const RE2& re = compiled(pattern);
  if (!re.ok()) return {false, go_error(re)};
  return {RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), re), {}};
}

}  // namespace isvcc

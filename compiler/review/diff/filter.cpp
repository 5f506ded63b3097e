#include "review/diff/filter.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/text.h"

namespace isvcc::diff {
namespace {

// '*' in linear passes: the last star takes more and more.
bool glob(std::string_view pattern, std::string_view text) {
  size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

struct PathPattern {
  std::string kind, path;  // kind empty: any
};

PathPattern path_pattern(const std::string& text) {
  const size_t colon = text.find(':');
  const size_t bracket = text.find('[');
  if (colon == std::string::npos || colon > bracket) return {{}, text};
  return {text.substr(0, colon), text.substr(colon + 1)};
}

}  // namespace

struct Filter::Patterns {
  std::vector<std::string> kinds;
  std::vector<PathPattern> paths;
  std::vector<std::unique_ptr<re2::RE2>> values;

  std::string without_noise(View value) const {
    std::string text(value.is_text() ? value.text() : std::string_view());
    if (!value.is_text() && value) text = brief(value, SIZE_MAX);
    for (const auto& pattern : values) re2::RE2::GlobalReplace(&text, *pattern, "");
    return text;
  }
};

Filter::Filter() : patterns_(std::make_unique<Patterns>()) {}
Filter::Filter(Filter&&) noexcept = default;
Filter& Filter::operator=(Filter&&) noexcept = default;
Filter::~Filter() = default;

bool Filter::add(const FilterOptions& options, std::string& error) {
  patterns_->kinds = options.kinds;
  for (const std::string& path : options.paths) patterns_->paths.push_back(path_pattern(path));
  for (const std::string& value : options.values) {
    re2::RE2::Options quiet;
    quiet.set_log_errors(false);
    patterns_->values.push_back(std::make_unique<re2::RE2>(value, quiet));
    if (patterns_->values.back()->ok()) continue;
    error = cat(quote(value), " is no regular expression: ", patterns_->values.back()->error());
    return false;
  }
  return true;
}

bool Filter::ignores_kind(std::string_view kind) const { return std::find(patterns_->kinds.begin(), patterns_->kinds.end(), kind) != patterns_->kinds.end(); }

bool Filter::ignores(const Change& change, std::string_view kind) const {
  for (const PathPattern& p : patterns_->paths)
    if ((p.kind.empty() || p.kind == kind) && path_matches(p.path, change.path)) return true;
  if (patterns_->values.empty() || change.secret || change.op == Op::Reordered || change.op == Op::Respelled) return false;
  return patterns_->without_noise(change.before) == patterns_->without_noise(change.after);
}

bool path_matches(std::string_view pattern, std::string_view path) {
  if (glob(pattern, path)) return true;
  for (size_t end = path.find_last_of(".["); end != std::string_view::npos && end > 0; end = path.find_last_of(".[", end - 1))
    if (glob(pattern, path.substr(0, end))) return true;
  return false;
}

}  // namespace isvcc::diff

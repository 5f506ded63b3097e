#include "schema/pattern.h"

#include <re2/re2.h>

#include <mutex>
#include <optional>

namespace isvcc {

struct Pattern::Compiled {
  std::once_flag once;
  std::optional<re2::RE2> expression;
};

Pattern::Pattern(std::string_view text) : text_(text), compiled_(std::make_unique<Compiled>()) {}
Pattern::~Pattern() = default;

const Pattern::Compiled& Pattern::compiled() const {
  std::call_once(compiled_->once, [this] {
    re2::RE2::Options options;
    options.set_log_errors(false);
    compiled_->expression.emplace(text_, options);
  });
  return *compiled_;
}

bool Pattern::matches(std::string_view value) const {
  const re2::RE2& expression = *compiled().expression;
  return expression.ok() && re2::RE2::PartialMatch(re2::StringPiece(value.data(), value.size()), expression);
}

std::string_view Pattern::find(std::string_view value) const {
  const re2::RE2& expression = *compiled().expression;
  re2::StringPiece found;
  const re2::StringPiece text(value.data(), value.size());
  if (!expression.ok() || !expression.Match(text, 0, text.size(), re2::RE2::UNANCHORED, &found, 1)) return {};
  return {found.data(), found.size()};
}

std::string Pattern::error() const { return compiled().expression->error(); }

}  // namespace isvcc

#include "schema/pattern.h"

#include <re2/re2.h>

#include <array>
#include <atomic>
#include <cstring>
#include <mutex>
#include <optional>

namespace isvcc {
namespace {

// Verdicts on short texts: the same few kinds, groups and ports come again in every rendered object. One for each thread.
class RecentVerdicts {
 public:
  // Null when the pattern was not asked about the text lately.
  const bool* find(uint64_t pattern, std::string_view text) const {
    const Slot& slot = slots_[slot_of(pattern, text)];
    return slot.pattern == pattern && slot.size == text.size() && std::memcmp(slot.text, text.data(), text.size()) == 0 ? &slot.verdict : nullptr;
  }
  void keep(uint64_t pattern, std::string_view text, bool verdict) {
    Slot& slot = slots_[slot_of(pattern, text)];
    slot.pattern = pattern;
    slot.size = text.size();
    slot.verdict = verdict;
    std::memcpy(slot.text, text.data(), text.size());
  }

  static constexpr size_t longest = 40;

 private:
  struct Slot {
    uint64_t pattern = 0;
    size_t size = 0;
    bool verdict = false;
    char text[longest];
  };
  static size_t slot_of(uint64_t pattern, std::string_view text) { return (pattern * 7 + text.size() * 5 + static_cast<unsigned char>(text.empty() ? 0 : text[0])) % kSlots; }

  static constexpr size_t kSlots = 128;
  std::array<Slot, kSlots> slots_;
};

thread_local RecentVerdicts recent_verdicts;
std::atomic<uint64_t> pattern_count{0};

}  // namespace

struct Pattern::Compiled {
  std::once_flag once;
  std::optional<re2::RE2> expression;
  const uint64_t number = ++pattern_count;  // of no other pattern, now or later
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
  const bool short_enough = value.size() <= RecentVerdicts::longest;
  if (const bool* known = short_enough ? recent_verdicts.find(compiled_->number, value) : nullptr) return *known;
  const re2::RE2& expression = *compiled().expression;
  const bool verdict = expression.ok() && re2::RE2::PartialMatch(re2::StringPiece(value.data(), value.size()), expression);
  if (short_enough) recent_verdicts.keep(compiled_->number, value, verdict);
  return verdict;
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

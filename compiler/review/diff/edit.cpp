#include "review/diff/edit.h"

#include <algorithm>

namespace isvcc::diff {

// Names, versions and digests are words; what stands between them is not.
static bool ends_word(char c) { return c == '/' || c == ':' || c == '@' || c == '=' || c == ',' || c == ' ' || c == '"'; }

std::optional<Edit> edit_of(const Change& change) {
  if (change.op != Op::Changed || !change.before.is_text() || !change.after.is_text()) return std::nullopt;
  const std::string_view a = change.before.text(), b = change.after.text();
  if (a.find('\n') != std::string_view::npos || b.find('\n') != std::string_view::npos) return std::nullopt;
  const size_t shorter = std::min(a.size(), b.size());
  size_t head = 0, tail = 0;
  while (head < shorter && a[head] == b[head]) ++head;
  while (head > 0 && !ends_word(a[head - 1])) --head;
  while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  while (tail > 0 && !ends_word(a[a.size() - tail])) --tail;
  if (head + tail == 0) return std::nullopt;
  return Edit{a.substr(0, head), a.substr(head, a.size() - head - tail), b.substr(head, b.size() - head - tail), a.substr(a.size() - tail)};
}

}  // namespace isvcc::diff

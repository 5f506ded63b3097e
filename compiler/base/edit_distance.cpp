#include "base/edit_distance.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {

size_t edit_distance(std::string_view a, std::string_view b, size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  std::vector<size_t> row(a.size() + 1);
  for (size_t i = 0; i <= a.size(); ++i) row[i] = i;
  for (size_t j = 1; j <= b.size(); ++j) {
    size_t diagonal = row[0];
    row[0] = j;
    size_t best = row[0];
    for (size_t i = 1; i <= a.size(); ++i) {
      const size_t substitute = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[i];
      row[i] = std::min({row[i] + 1, row[i - 1] + 1, substitute});
      best = std::min(best, row[i]);
    }
    if (best > limit) return limit + 1;
  }
  return std::min(row[a.size()], limit + 1);
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  if (word.size() > 128) return {};
  const size_t limit = std::min<size_t>(3, word.size() / 3 + 1);
  std::string_view best;
  size_t best_distance = limit + 1;
  const std::string wanted = to_lower(word);
  for (std::string_view candidate : candidates) {
    const size_t distance = edit_distance(wanted, to_lower(candidate), limit);
    if (distance < best_distance || (distance == best_distance && distance <= limit && candidate < best)) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace isvcc

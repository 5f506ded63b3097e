#include "review/diff/arguments.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"

namespace isvcc::diff {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "-1" and "-.5" are values, "-" is standard input.
bool is_flag(std::string_view word) {
  if (word.size() < 2 || word[0] != '-') return false;
  return !is_digit(word[1]) && !(word[1] == '.' && word.size() > 2 && is_digit(word[2]));
}

Flag flag_of(std::string_view word) {
  const size_t equals = word.find('=');
  if (equals == std::string_view::npos || word.find_first_of(" \n\t") < equals) return {word, {}};
  return {word.substr(0, equals), {word.substr(equals + 1)}};
}

std::string joined(const std::vector<std::string_view>& words) { return join(words, " "); }

std::string ordinal(size_t n) { return n == 2 ? "2nd" : n == 3 ? "3rd" : cat(n, "th"); }

// Flags by name, each with its occurrences in order.
using Occurrences = std::map<std::string_view, std::vector<const Flag*>>;

Occurrences by_name(const std::vector<Flag>& flags) {
  Occurrences found;
  for (const Flag& flag : flags) found[flag.name].push_back(&flag);
  return found;
}

void compare_occurrences(std::string_view name, const std::vector<const Flag*>& before, const std::vector<const Flag*>& after, FlagChanges& out) {
  for (size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
    FlagChange change{i == 0 ? std::string(name) : cat(name, " (", ordinal(i + 1), ')'), i < before.size(), i < after.size(), {}, {}};
    if (change.before) change.value_before = joined(before[i]->values);
    if (change.after) change.value_after = joined(after[i]->values);
    if (change.before && change.after && before[i]->values == after[i]->values) continue;
    out.changes.push_back(std::move(change));
  }
}

bool same_order(const std::vector<Flag>& a, const std::vector<Flag>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Flag& x, const Flag& y) { return x.name == y.name && x.values == y.values; });
}

}  // namespace

std::vector<Flag> read_flags(View list) {
  std::vector<Flag> flags;
  bool closed = true;  // the flag has its value after '='
  for (const Node* item : list.items()) {
    const std::string_view word = View(item).text();
    if (is_flag(word)) {
      flags.push_back(flag_of(word));
      closed = !flags.back().values.empty();
    } else if (closed || flags.empty()) {
      if (flags.empty() || !flags.back().name.empty()) flags.push_back({});
      flags.back().values.push_back(word);
    } else {
      flags.back().values.push_back(word);
    }
  }
  return flags;
}

FlagChanges compare_flags(View before, View after) {
  FlagChanges out;
  const std::vector<Flag> a = read_flags(before), b = read_flags(after);
  const Occurrences old_flags = by_name(a), new_flags = by_name(b);
  std::vector<std::string_view> order;
  std::set<std::string_view> seen;
  for (const auto* flags : {&b, &a})
    for (const Flag& flag : *flags)
      if (seen.insert(flag.name).second) order.push_back(flag.name);
  for (std::string_view name : order) {
    const auto was = old_flags.find(name), is = new_flags.find(name);
    compare_occurrences(name, was == old_flags.end() ? std::vector<const Flag*>() : was->second, is == new_flags.end() ? std::vector<const Flag*>() : is->second, out);
  }
  if (!out.changes.empty() || equal(before, after)) return out;
  (same_order(a, b) ? out.respelled : out.reordered) = true;
  return out;
}

}  // namespace isvcc::diff

#include "review/diff/renames.h"

#include <algorithm>

namespace isvcc::diff {
namespace {

constexpr size_t kMostCandidates = 32;
constexpr size_t kSmall = 4;         // leaves: below this only equal contents make a rename
constexpr int kAlike = 700;

struct Count {
  size_t same = 0, all = 0;
};

size_t leaves(View value) {
  if (value.is_map()) {
    size_t n = 0;
    for (const Field& f : value.fields()) n += leaves(f.value);
    return n;
  }
  if (!value.is_list()) return value ? 1 : 0;
  size_t n = 0;
  for (const Node* item : value.items()) n += leaves(item);
  return n;
}

bool is_left_out(std::string_view key, const std::vector<std::string>* without) {
  return without && std::find(without->begin(), without->end(), key) != without->end();
}

void count(View a, View b, const std::vector<std::string>* without, Count& out) {
  if (a.is_map() && b.is_map()) {
    for (const Field& f : a.fields())
      if (!is_left_out(f.key(), without)) count(f.value, b[f.key()], nullptr, out);
    for (const Field& f : b.fields())
      if (!is_left_out(f.key(), without) && !a[f.key()]) out.all += leaves(f.value);
    return;
  }
  if (a.is_list() && b.is_list()) {
    for (size_t i = 0; i < std::max(a.size(), b.size()); ++i) count(a.item(i), b.item(i), nullptr, out);
    return;
  }
  const size_t most = std::max(leaves(a), leaves(b));
  out.all += most;
  if (equal(a, b)) out.same += most;
}

struct Candidate {
  Rename rename;
  int alike = 0;
};

// `value: "1"` is the value of many variables: with two places to go it is not known to have moved.
bool is_ambiguous(const Candidate& c, const std::vector<Candidate>& all) {
  return std::any_of(all.begin(), all.end(), [&](const Candidate& other) {
    const bool shares_old = other.rename.old_pair == c.rename.old_pair, shares_new = other.rename.new_pair == c.rename.new_pair;
    return shares_old != shares_new && other.alike == c.alike;
  });
}

}  // namespace

int similarity(View a, View b, const std::vector<std::string>& without) {
  Count n;
  count(a, b, &without, n);
  return n.all == 0 ? 0 : static_cast<int>(n.same * 1000 / n.all);
}

std::vector<Rename> find_renames(View before, View after, const ListPairs& pairs) {
  std::vector<size_t> gone, made;
  for (size_t i = 0; pairs.keyed && i < pairs.pairs.size(); ++i) {
    if (!pairs.pairs[i].after) gone.push_back(i);
    if (!pairs.pairs[i].before) made.push_back(i);
  }
  if (gone.empty() || made.empty() || gone.size() > kMostCandidates || made.size() > kMostCandidates) return {};
  std::vector<Candidate> candidates;
  for (size_t old_pair : gone)
    for (size_t new_pair : made) {
      const View a = before.item(*pairs.pairs[old_pair].before), b = after.item(*pairs.pairs[new_pair].after);
      const int alike = similarity(a, b, pairs.keys_of_item);
      if (alike == 1000 || (alike >= kAlike && leaves(a) > kSmall)) candidates.push_back({{old_pair, new_pair}, alike});
    }
  std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.alike > b.alike; });
  std::vector<Rename> out;
  std::vector<bool> taken(pairs.pairs.size());
  for (const Candidate& c : candidates) {
    if (taken[c.rename.old_pair] || taken[c.rename.new_pair] || is_ambiguous(c, candidates)) continue;
    taken[c.rename.old_pair] = taken[c.rename.new_pair] = true;
    out.push_back(c.rename);
  }
  return out;
}

}  // namespace isvcc::diff

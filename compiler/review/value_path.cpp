#include "review/value_path.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {
namespace {

// The next step of a path; `bracket` tells how it was written. Takes it off the path.
std::string_view next_step(std::string_view& path, bool& bracket) {
  if (!path.empty() && path[0] == '.') path.remove_prefix(1);
  bracket = !path.empty() && path[0] == '[';
  if (bracket) path.remove_prefix(1);
  const size_t end = std::min(path.find_first_of(bracket ? "]" : ".["), path.size());
  const std::string_view step = path.substr(0, end);
  path.remove_prefix(std::min(path.size(), end + (bracket ? 1 : 0)));
  return step;
}

std::optional<size_t> index_of(View list, std::string_view written) {
  for (size_t i = 0; i < list.items().size(); ++i)
    if (!list.item(i)["name"].text().empty() && list.item(i)["name"].text() == written) return i;
  const auto number = parse_int(written);
  if (number && *number >= 0 && static_cast<size_t>(*number) < list.items().size()) return static_cast<size_t>(*number);
  return std::nullopt;
}

}  // namespace

ValuePath::Step ValuePath::step_of(View at, std::string_view written, bool bracket) {
  const auto index = at.is_list() && bracket ? index_of(at, written) : std::nullopt;
  if (!index) return {std::string(written), false, bracket};
  const View item = at.item(*index);
  return {std::string(item["name"].text()), true, true, *index, std::string(item.text())};
}

ValuePath::ValuePath(View root, std::string_view path) {
  View at = root;
  while (!path.empty()) {
    bool bracket = false;
    const std::string_view written = next_step(path, bracket);
    if (written.empty() && !bracket) continue;
    steps_.push_back(step_of(at, written, bracket));
    at = follow(at, steps_.back());
  }
}

std::optional<size_t> ValuePath::place(View list, const Step& step) {
  for (size_t i = 0; i < list.items().size(); ++i) {
    const View item = list.item(i);
    if (step.key.empty() ? !step.item.empty() && item.text() == step.item : item["name"].text() == step.key) return i;
  }
  const bool by_index = step.key.empty() && step.index < list.items().size();
  return by_index ? std::optional(step.index) : std::nullopt;
}

View ValuePath::follow(View at, const Step& step) {
  if (!step.list) return at[step.key];
  const auto index = place(at, step);
  return index ? at.item(*index) : View();
}

View ValuePath::in(View root) const {
  View at = root;
  for (const Step& step : steps_) at = follow(at, step);
  return at;
}

ValuePath ValuePath::tail(size_t count) const {
  ValuePath out;
  out.steps_.assign(steps_.begin() + static_cast<ptrdiff_t>(std::min(count, steps_.size())), steps_.end());
  return out;
}

ValuePath ValuePath::head(size_t count) const {
  ValuePath out;
  out.steps_.assign(steps_.begin(), steps_.begin() + static_cast<ptrdiff_t>(std::min(count, steps_.size())));
  return out;
}

ValuePath ValuePath::after(std::string_view dotted_prefix) const {
  return tail(static_cast<size_t>(std::count(dotted_prefix.begin(), dotted_prefix.end(), '.')));
}

std::string ValuePath::text() const {
  std::string out;
  for (const Step& step : steps_) {
    if (step.list) out += cat('[', step.key.empty() ? cat(step.index) : step.key, ']');
    else if (step.bracket) out += cat('[', step.key, ']');
    else out += cat(out.empty() ? "" : ".", step.key);
  }
  return out;
}

std::string ValuePath::indexed_text(View root) const {
  std::string out;
  View at = root;
  for (const Step& step : steps_) {
    if (step.list) out += cat('[', place(at, step).value_or(step.index), ']');
    else if (step.bracket) out += cat('[', step.key, ']');
    else out += cat(out.empty() ? "" : ".", step.key);
    at = follow(at, step);
  }
  return out;
}

}  // namespace isvcc

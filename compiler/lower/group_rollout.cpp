#include "lower/group_rollout.h"

#include "base/text.h"

namespace isvcc {
namespace {

// A number of groups or a share of them.
struct Amount {
  int64_t value = 0;
  bool percent = false;

  int64_t of(int64_t replicas, bool up) const { return percent ? (replicas * value + (up ? 99 : 0)) / 100 : value; }
  const Node* node(Make make) const { return percent ? make.text(cat(value, '%')) : make.integer(value); }
};

// Digits are a number also when written as text; nothing for what LeaderWorkerSets refuse.
std::optional<Amount> parse_amount(std::string_view text) {
  Amount out;
  if (ends_with(text, "%")) {
    out.percent = true;
    text.remove_suffix(1);
  }
  const auto value = text.size() <= 10 ? parse_int(text) : std::nullopt;
  if (!value || *value < 0 || *value > (out.percent ? 100 : INT32_MAX)) return std::nullopt;
  out.value = *value;
  return out;
}

std::string amount_text(View value) { return value.is_number() ? number_text(*value.node()) : std::string(value.text()); }

// What is asked for, as texts; empty: not said.
struct Wish {
  std::string max_surge, max_unavailable;
  bool recreate = false;
  View where;
};

Wish wish_of(const ComponentPlan& component, const DeployConfig& config) {
  const View own = component.extension["deploymentStrategy"];
  if (own["type"].text() == "Recreate") return {"", "", true, own};
  if (own) return {amount_text(own["rollingUpdate"]["maxSurge"]), amount_text(own["rollingUpdate"]["maxUnavailable"]), false, own};
  if (config.default_mode != "Standard" || !config.has_rollout) return {};
  return {config.max_surge, config.max_unavailable, false, {}};
}

const Node* make_strategy(Amount surge, Amount unavailable, Make make) {
  const Node* limits = make.map({{"partition", make.integer(0)}, {"maxUnavailable", unavailable.node(make)}, {"maxSurge", surge.node(make)}});
  return make.map({{"type", make.borrowed("RollingUpdate")}, {"rollingUpdateConfiguration", limits}});
}

}  // namespace

GroupRollout group_rollout(const ComponentPlan& component, int64_t replicas, const Lowering& lowering) {
  const Wish wish = wish_of(component, lowering.config().deploy.value);
  if (wish.recreate) return {make_strategy({}, {100, true}, lowering.make), {}, {}};
  const auto surge = wish.max_surge.empty() ? Amount{} : parse_amount(wish.max_surge);
  if (!surge) return {nullptr, cat("maxSurge ", quote(wish.max_surge), " is no number of groups and no share up to 100%"), wish.where};
  // GPUs are scarce: unless groups are added first, they are replaced in place, one at a time.
  const auto unavailable = wish.max_unavailable.empty() ? Amount{surge->value == 0 ? 1 : 0, false} : parse_amount(wish.max_unavailable);
  if (!unavailable) return {nullptr, cat("maxUnavailable ", quote(wish.max_unavailable), " is no number of groups and no share up to 100%"), wish.where};
  if (replicas > 0 && surge->of(replicas, true) == 0 && unavailable->of(replicas, false) == 0)
    return {nullptr, cat("maxSurge and maxUnavailable are both 0 of ", replicas, replicas == 1 ? " group" : " groups", ": nothing could ever be updated"), wish.where};
  return {make_strategy(*surge, *unavailable, lowering.make), {}, {}};
}

}  // namespace isvcc

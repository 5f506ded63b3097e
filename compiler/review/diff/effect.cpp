#include "review/diff/effect.h"

#include <bit>

#include "base/text.h"

namespace isvcc::diff {
namespace {

struct Row {
  std::string_view group, kind, path;
  Effect effect;
};
constexpr Row kRows[] = {
#define EFFECT(group, kind, path, effect) {group, kind, path, Effect::effect},
#include "review/diff/effects.def"
#undef EFFECT
};

bool covers(const Row& row, std::string_view group, std::string_view kind, std::string_view path) {
  if (row.kind != "*" && (row.kind != kind || row.group != group)) return false;
  if (!starts_with(path, row.path)) return false;
  return row.path.empty() || path.size() == row.path.size() || path[row.path.size()] == '.';
}

}  // namespace

std::string_view effect_name(Effect effect) {
  constexpr std::string_view kNames[kEffects] = {"metadata", "config", "scale", "traffic", "restart", "create", "replace", "delete"};
  return kNames[static_cast<size_t>(effect)];
}

Effect Effects::worst() const { return bits_ == 0 ? Effect::Metadata : static_cast<Effect>(std::bit_width(bits_) - 1); }

Effect effect_of(std::string_view api_group, std::string_view kind, std::string_view path) {
  const Row* best = &kRows[0];
  for (const Row& row : kRows)
    if (covers(row, api_group, kind, path) && row.path.size() >= best->path.size()) best = &row;
  return best->effect;
}

}  // namespace isvcc::diff

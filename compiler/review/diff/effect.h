#pragma once
// What applying a change does to what runs: one word a field, looked up in a table by kind and path. Compares nothing.
#include <cstdint>
#include <string_view>

namespace isvcc::diff {

// In the order of what a reviewer wants to know first, least first.
enum class Effect : uint8_t {
  Metadata,  // labels, annotations, rollout settings: nothing that runs is touched
  Config,    // a controller or running pods read it; no pod is replaced
  Scale,     // more or fewer pods
  Traffic,   // who is reached, under which name
  Restart,   // pods are replaced by new ones
  Create,
  Replace,   // an immutable field: the object has to be deleted and made again
  Delete,
};
inline constexpr int kEffects = 8;
std::string_view effect_name(Effect effect);

class Effects {
 public:
  Effects() = default;
  Effects(Effect effect) { add(effect); }  // NOLINT: conversion is the point
  void add(Effect effect) { bits_ |= bit(effect); }
  void add(Effects other) { bits_ |= other.bits_; }
  bool has(Effect effect) const { return bits_ & bit(effect); }
  bool empty() const { return bits_ == 0; }
  // The one that stands for all; Metadata when there is none.
  Effect worst() const;

 private:
  static uint16_t bit(Effect effect) { return static_cast<uint16_t>(1u << static_cast<unsigned>(effect)); }
  uint16_t bits_ = 0;
};

// The effect of a change at `path` of an object: keys joined with dots, list places left out ("spec.template.spec.containers.image").
Effect effect_of(std::string_view api_group, std::string_view kind, std::string_view path);

}  // namespace isvcc::diff

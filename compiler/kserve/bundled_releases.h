#pragma once
// The table that the build writes from templates/lib: one row for each release, as JSON text with a marker for the image tag.
#include <span>
#include <string_view>

namespace isvcc {

struct BundledRelease {
  std::string_view name;     // "v0.20.0"
  std::string_view objects;  // a List
  std::string_view config;   // data key → value
};

// Oldest first.
std::span<const BundledRelease> bundled_releases();

}  // namespace isvcc

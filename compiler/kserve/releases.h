#pragma once
// The KServe releases isvcc knows and what differs between them. Code asks for a Feature, never for a release.
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace isvcc {

enum class Release : uint8_t { V0_18_1, V0_19_0, V0_20_0 };
inline constexpr Release kFirstRelease = Release::V0_18_1, kLatestRelease = Release::V0_20_0;

std::string_view release_name(Release release);                      // "v0.20.0"
std::optional<Release> find_release(std::string_view name);          // "v0.20.0" or "0.20.0"
std::vector<Release> all_releases();                                  // oldest first

enum class Feature : uint8_t {
#define FEATURE(name, since, until, words) name,
#include "kserve/features.def"
#undef FEATURE
};

bool has_feature(Release release, Feature feature);

}  // namespace isvcc

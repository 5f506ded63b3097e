#include "kserve/releases.h"

#include <iterator>

namespace isvcc {

static constexpr std::string_view kNames[] = {"v0.18.1", "v0.19.0", "v0.20.0"};

struct FeatureRange {
  Release since, until;
};
static constexpr FeatureRange kFeatures[] = {
#define FEATURE(name, since, until, words) {Release::since, Release::until},
#include "kserve/features.def"
#undef FEATURE
};

std::string_view release_name(Release release) { return kNames[static_cast<size_t>(release)]; }

std::optional<Release> find_release(std::string_view name) {
  for (size_t i = 0; i < std::size(kNames); ++i)
    if (name == kNames[i] || name == kNames[i].substr(1)) return static_cast<Release>(i);
  return std::nullopt;
}

std::vector<Release> all_releases() {
  std::vector<Release> all;
  for (size_t i = 0; i < std::size(kNames); ++i) all.push_back(static_cast<Release>(i));
  return all;
}

bool has_feature(Release release, Feature feature) {
  const FeatureRange range = kFeatures[static_cast<size_t>(feature)];
  return range.since <= release && release <= range.until;
}

}  // namespace isvcc

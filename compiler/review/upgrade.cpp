#include "review/upgrade.h"

#include "base/text.h"

namespace isvcc {

std::vector<ReleaseDifference> release_differences(Release from, Release to) {
  std::vector<ReleaseDifference> out;
  auto add = [&](Feature feature, std::string_view words) {
    const bool before = has_feature(from, feature), after = has_feature(to, feature);
    if (before != after) out.push_back({after, words});
  };
#define FEATURE(name, since, until, words) add(Feature::name, words);
#include "kserve/features.def"
#undef FEATURE
  return out;
}

std::string release_notes(Release from, Release to) {
  std::string out;
  for (const ReleaseDifference& d : release_differences(from, to)) out += cat(d.gained ? "  + " : "  - ", d.words, '\n');
  return out.empty() ? out : cat("\nwhat differs between ", release_name(from), " and ", release_name(to), ", besides schemas, images and bundled runtimes\n", out);
}

}  // namespace isvcc

#include "driver/only.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {

bool is_wanted_source(std::string_view file, const std::vector<std::string>& only) {
  auto holds = [&](const std::string& path) { return path == "." || file == path || starts_with(file, path + "/"); };
  return only.empty() || std::any_of(only.begin(), only.end(), holds);
}

static bool is_service(std::string_view kind) { return kind == "InferenceService" || kind == "InferenceGraph" || kind == "TrainedModel"; }

void keep_only(const std::vector<std::string>& only, Compilation& result) {
  if (only.empty()) return;
  std::vector<bool> wanted(result.sources.count() + 1);
  for (FileId file = 1; file <= result.sources.count(); ++file) wanted[file] = is_wanted_source(result.sources.get(file).name, only);
  std::erase_if(result.manifests, [&](const Manifest& m) { return m.owner && !wanted[m.owner->file]; });
  std::erase_if(result.services, [&](const ServiceResult& s) { return !wanted[s.service->file]; });
  std::erase_if(result.diags.all(), [&](const Diagnostic& d) { return d.span.file != 0 && !wanted[d.span.file] && is_service(d.object.kind); });
}

}  // namespace isvcc

#include "lower/knative_domain.h"

#include <algorithm>

#include "base/text.h"
#include "kserve/names.h"
#include "load/reader.h"

namespace isvcc {
namespace {

View domain_config(const Repository& repository) {
  const Object* found = repository.find("ConfigMap", "knative-serving", "config-domain");
  return found ? found->view()["data"] : View();
}

// The number of labels an entry of config-domain asks for, nothing when the service lacks one. The value is YAML text with `selector`.
std::optional<size_t> match(std::string_view entry, View labels, Arena& arena) {
  if (trim(entry).empty()) return 0;
  const View selector = View(parse_yaml(entry, arena))["selector"];
  for (const Field& f : selector.fields())
    if (labels[f.key()].text() != View(f.value).text()) return std::nullopt;
  return selector.fields().size();
}

// Most selectors win, then the smallest name; empty when nothing matches.
std::string_view selected_domain(View config, View labels, Arena& arena) {
  std::string_view best;
  size_t best_count = 0;
  for (const Field& f : config.fields()) {
    if (f.key() == "_example") continue;
    const auto count = match(View(f.value).text(), labels, arena);
    if (!count || (!best.empty() && (*count < best_count || (*count == best_count && f.key() > best)))) continue;
    best = f.key();
    best_count = *count;
  }
  return best;
}

}  // namespace

std::vector<std::string> knative_domains(const Repository& repository, const Profile& profile) {
  const View config = domain_config(repository);
  if (!config) return {profile.knative_domain};
  std::vector<std::string> out;
  for (const Field& f : config.fields()) out.emplace_back(f.key());
  std::sort(out.begin(), out.end());
  return out;
}

std::string knative_host(std::string_view name, std::string_view namespace_, View labels, const Repository& repository, const Profile& profile,
                         Arena& arena) {
  const std::string inside = cat("svc.", profile.cluster_domain);
  if (labels[names::kKnativeVisibility].text() == names::kClusterLocal) return cat(name, '.', namespace_, '.', inside);
  const View config = domain_config(repository);
  const std::string_view domain = config ? selected_domain(config, labels, arena) : std::string_view(profile.knative_domain);
  return cat(name, '.', namespace_, '.', domain.empty() ? std::string_view(inside) : domain);
}

}  // namespace isvcc

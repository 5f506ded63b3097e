#include "diag/report_parts.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {

std::string object_words(const ObjectRef& o) {
  if (o.kind.empty() && o.name.empty()) return {};
  return shown(o.namespace_.empty() ? cat(o.kind, ' ', o.name) : cat(o.kind, ' ', o.namespace_, '/', o.name));
}

std::string shown(std::string_view text) {
  static constexpr size_t kLongest = 4096;
  if (text.size() <= kLongest) return printable(text);
  size_t cut = kLongest;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return printable(text.substr(0, cut)) + "…";
}

std::string cluster_words(const Diagnostic& d) {
  if (d.clusters.empty()) return {};
  return cat(d.clusters.size() == 1 ? "cluster " : "clusters ", join(d.clusters, ", "));
}

std::string all_words(const Diagnostic& d, std::string_view separator) {
  std::string out = shown(d.message);
  if (!d.upstream.empty() && d.upstream != d.message) out += cat(separator, "kserve says: ", shown(d.upstream));
  if (!d.hint.empty()) out += cat(separator, "help: ", shown(d.hint));
  if (!d.clusters.empty()) out += cat(separator, "found in ", shown(cluster_words(d)));
  return out;
}

std::string Fingerprints::of(const Diagnostic& d, std::string_view file) {
  std::string identity = join(std::vector<std::string>{std::string(info(d.code).id), d.object.kind, d.object.namespace_, d.object.name, d.path, std::string(file)}, "\n");
  if (d.path.empty()) identity += cat('\n', d.message);
  const size_t earlier = seen_[identity]++;
  if (earlier > 0) identity += cat('\n', earlier);
  return sha256_hex(identity);
}

std::vector<const Diagnostic*> errors_first(const std::deque<Diagnostic>& diags) {
  std::vector<const Diagnostic*> sorted;
  for (const Diagnostic& d : diags) sorted.push_back(&d);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Diagnostic* a, const Diagnostic* b) { return a->severity < b->severity; });
  return sorted;
}

}  // namespace isvcc

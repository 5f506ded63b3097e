#include "driver/gitops/delivery.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"
#include "driver/commands/layout_files.h"

namespace isvcc {
namespace {

constexpr size_t kLongestName = 63, kHashDigits = 8;

using Identity = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>;  // group, kind, namespace, name

// Whom an autoscaler scales: the target of a HorizontalPodAutoscaler or of a KEDA ScaledObject.
std::optional<Identity> target_of(View object) {
  const std::string_view kind = object["kind"].text();
  const View target = object.at("spec.scaleTargetRef");
  if ((kind != "HorizontalPodAutoscaler" && kind != "ScaledObject") || !target) return std::nullopt;
  return Identity{api_group(target["apiVersion"].text("apps/v1")), target["kind"].text("Deployment"), object.at("metadata.namespace").text(), target["name"].text()};
}

}  // namespace

static void find_scaled(const std::vector<Manifest>& manifests, Delivery& delivery) {
  std::set<Identity> targets;
  for (const Manifest& m : manifests)
    if (const auto target = target_of(m.node)) targets.insert(*target);
  for (const Manifest& m : manifests)
    if (targets.contains(Identity{api_group(m.api_version), m.kind, m.namespace_, m.name}) && View(m.node).at("spec.replicas"))
      delivery.scaled.push_back({std::string(api_group(m.api_version)), std::string(m.kind), std::string(m.namespace_), std::string(m.name)});
}

bool describe(const std::vector<Manifest>& manifests, const std::vector<OutputFile>& files, Delivery& delivery) {
  find_scaled(manifests, delivery);
  delivery.parts = {{}};
  if (delivery.per == AppPer::Cluster) return true;
  std::map<std::string, std::string> namespaces, folders;  // by part, and by folder
  for (const Manifest& m : manifests) namespaces.emplace(part_of(m.namespace_), m.namespace_);
  for (const OutputFile& file : files) {
    const std::string app(app_of(file.path, delivery.layout));
    if (app.empty() && !file.part.empty()) return false;
    if (!app.empty() && (!namespaces.contains(file.part) || folders.emplace(app, file.part).first->second != file.part)) return false;
  }
  delivery.parts.clear();
  for (const auto& [folder, part] : folders) delivery.parts.push_back({folder, namespaces[part]});
  std::stable_partition(delivery.parts.begin(), delivery.parts.end(), [](const AppPart& part) { return part.namespace_.empty(); });
  return true;
}

std::string app_name(const std::vector<std::string>& parts) {
  std::string name;
  for (const std::string& part : parts)
    if (!part.empty()) name += cat(name.empty() ? "" : "-", part);
  if (name.size() <= kLongestName) return name;
  return cat(name.substr(0, kLongestName - kHashDigits - 1), '-', sha256_hex(name).substr(0, kHashDigits));
}

std::string name_of(const Delivery& delivery, const AppPart& part) {
  if (part.folder.empty() || !part.namespace_.empty()) return app_name({delivery.name, delivery.cluster, part.folder});
  return cat(app_name({delivery.name, delivery.cluster}), ".cluster", part.folder.substr(part_of("").size()));
}

std::string path_below(const std::string& path, const std::string& folder) {
  if (path.empty() || path == ".") return folder.empty() ? "." : folder;
  return folder.empty() ? path : cat(path, '/', folder);
}

}  // namespace isvcc

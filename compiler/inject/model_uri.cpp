#include "inject/model_uri.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {

static OciUri parse_oci_mode(std::string_view uri) {
  static constexpr std::string_view kPlus = "oci+", kSeparator = "://";
  if (!starts_with(uri, kPlus)) return {};
  const std::string_view rest = uri.substr(kPlus.size());
  const size_t at = rest.find(kSeparator);
  if (at == 0 || at == std::string_view::npos) return {};
  return {true, rest.substr(0, at), rest.substr(at + kSeparator.size())};
}

OciUri parse_oci_uri(std::string_view uri, const Profile& profile) {
  if (starts_with(uri, kOciScheme)) return {true, {}, uri.substr(kOciScheme.size())};
  return profile.has(Feature::OciModes) ? parse_oci_mode(uri) : OciUri();
}

std::string_view configured_oci_mode(const Profile& profile) {
  const StorageInitializerConfig& config = profile.config.storage_initializer.value;
  if (!profile.has(Feature::OciModes)) return config.enable_modelcar ? "modelcar" : "";
  if (!config.oci_model_mode.empty()) return config.oci_model_mode;
  return config.enable_modelcar || config.enable_oci_model_support ? "modelcar" : "";
}

std::string_view effective_oci_mode(std::string_view uri, const Profile& profile) {
  const OciUri oci = parse_oci_uri(uri, profile);
  if (!oci.is_oci) return {};
  return oci.mode.empty() ? configured_oci_mode(profile) : oci.mode;
}

PvcUri parse_pvc_uri(std::string_view uri) {
  if (starts_with(uri, kPvcScheme)) uri.remove_prefix(kPvcScheme.size());
  const size_t slash = uri.find('/');
  if (slash == std::string_view::npos) return {uri, {}};
  return {uri.substr(0, slash), uri.substr(slash + 1)};
}

std::string volume_name_of_path(std::string_view path) {
  std::string name(trim(path, "/"));
  std::replace(name.begin(), name.end(), '/', '-');
  return name;
}

// Go's filepath.Clean: no empty, "." and inner ".." steps; "." for nothing.
static std::string clean(std::string_view path) {
  const bool rooted = starts_with(path, "/");
  std::vector<std::string_view> kept;
  for (std::string_view step : split(path, '/')) {
    if (step.empty() || step == ".") continue;
    const bool up = step == "..";
    if (up && !kept.empty() && kept.back() != "..") kept.pop_back();
    else if (!up || !rooted) kept.push_back(step);
  }
  if (rooted) return "/" + join(kept, "/");
  return kept.empty() ? "." : join(kept, "/");
}

std::string directory_of(std::string_view path) {
  const size_t slash = path.rfind('/');
  return clean(slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1));
}

std::string parent_directory(std::string_view path) {
  std::string directory = directory_of(path);
  return directory == "." ? "/" : directory;
}

static std::vector<std::string_view> components(std::string_view path) {
  const std::string_view trimmed = trim(path, "/");
  return trimmed.empty() ? std::vector<std::string_view>() : split(trimmed, '/');
}

std::string common_parent(const std::vector<std::string_view>& paths) {
  if (paths.empty()) return {};
  if (paths.size() == 1) return std::string(paths[0]);
  std::vector<std::string_view> common = components(paths[0]);
  for (std::string_view path : paths) {
    const std::vector<std::string_view> other = components(path);
    const auto differ = std::mismatch(common.begin(), common.end(), other.begin(), other.end());
    common.erase(differ.first, common.end());
  }
  return "/" + join(common, "/");
}

}  // namespace isvcc

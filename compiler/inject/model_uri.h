#pragma once
// What a storage URI says to the injection: OCI image, claim, or something to download. Text only.
#include <string>
#include <string_view>
#include <vector>

#include "kserve/profile.h"

namespace isvcc {

inline constexpr std::string_view kPvcScheme = "pvc://", kOciScheme = "oci://";

// `oci://image` or, where the release knows modes, `oci+<mode>://image`.
struct OciUri {
  bool is_oci = false;
  std::string_view mode;  // from the scheme; empty for oci://
  std::string_view image;
};
OciUri parse_oci_uri(std::string_view uri, const Profile& profile);  // ParseOciScheme

// The mode of plain oci:// URIs, empty when OCI models are off (ResolveOciModelMode).
std::string_view configured_oci_mode(const Profile& profile);
// The mode a URI is served with, empty for what the storage initializer downloads.
std::string_view effective_oci_mode(std::string_view uri, const Profile& profile);

// pvc://<claim>[/<path>]; the path is taken verbatim (ParsePvcURI).
struct PvcUri {
  std::string_view claim, path;
};
PvcUri parse_pvc_uri(std::string_view uri);

// "/mnt/models/base" → "mnt-models-base" (GetVolumeNameFromPath).
std::string volume_name_of_path(std::string_view path);

// Go's filepath.Dir: "/mnt" for "/mnt/models", "/mnt/models" for "/mnt/models/", "." for a bare name.
std::string directory_of(std::string_view path);
// The same, with "/" for a bare name too (GetParentDirectory).
std::string parent_directory(std::string_view path);

// The deepest directory that holds all paths; a single path is its own (FindCommonParentPath).
std::string common_parent(const std::vector<std::string_view>& paths);

}  // namespace isvcc

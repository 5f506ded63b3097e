#pragma once
// What one run compiles for: KServe release, configuration, rendering and the assumed state of the cluster. Read-only while compiling.
#include <optional>
#include <set>
#include <string>

#include "kserve/config.h"
#include "kserve/releases.h"
#include "schema/schema.h"

namespace isvcc {

enum class Render { Workloads, Objects, Stored, Pinned };
// "workloads", "objects", "stored", "pinned".
std::optional<Render> find_render(std::string_view name);

enum class MultiNode { Deployments, LeaderWorkerSet };

struct Profile {
  Release release = kLatestRelease;
  const SchemaSet* schemas = nullptr;
  Config config;
  Render render = Render::Workloads;
  MultiNode multi_node = MultiNode::Deployments;
  std::string kserve_namespace = "kserve";
  std::string default_namespace = "default";
  std::string cluster_domain = "cluster.local";
  std::string knative_domain = "example.com";       // Knative's config-domain
  bool allow_zero_initial_scale = false;            // Knative's config-autoscaler
  std::set<std::string> absent_crds;                // kinds that are not installed
  int64_t generation = 1;                           // metadata.generation of a fresh object

  bool has(Feature feature) const { return has_feature(release, feature); }
  bool installed(std::string_view kind) const { return absent_crds.count(std::string(kind)) == 0; }
  // The named Go type of the release; a missing one is a bug.
  const Schema& type(std::string_view name) const;
};

// Why KServe's manager does not start, in its words; empty when it does: keys that it parses before anything else, routes that its
// controller wants to watch.
std::string startup_error(const Profile& profile);

}  // namespace isvcc

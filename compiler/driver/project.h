#pragma once
// isvcc.yaml: what a repository says about itself. It can only narrow: no commands, no absolute paths, no environment, no limits.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "diag/scratch.h"
#include "kserve/profile.h"
#include "emit/layouts.h"
#include "load/load.h"

namespace isvcc {

struct Project {
  std::string cluster;                             // the cluster it is meant for; empty in a project without clusters
  std::string kserve{release_name(kLatestRelease)};
  std::vector<std::string> sources = {"."};
  bool names_sources = false;                      // false: the whole project, unless a cluster names some
  std::vector<std::string> ignore;
  bool bundled_runtimes = true;
  std::string image_tag;                           // empty: the release's own
  std::optional<MultiNode> multi_node;
  std::optional<Render> render;
  const Node* config = nullptr;                    // laid over the inferenceservice-config
  std::set<std::string> absent_crds;
  std::string default_namespace = "default", kserve_namespace = "kserve", cluster_domain = "cluster.local", knative_domain = "example.com";
  bool allow_zero_initial_scale = false;
  std::string output, layout = "tree", file_per = "service";
  std::string file_name;                           // pattern of output files, instead of file_per
  bool sync_waves = false;
  size_t app_limit = kArgocdLimit;                 // bytes of one application of Argo CD
  bool freeze_runtimes = false;                    // with Render::Pinned
  bool passthrough = false;
  std::vector<std::string> passthrough_secrets;    // "namespace/name", the only Secrets that are copied
  bool strict = true;
  std::vector<std::string> schemas;                // files and folders with CustomResourceDefinitions that are not sources
  JsonnetOptions jsonnet;
  std::vector<Project> clusters;                   // as written; each is the project with the cluster's own settings laid over
};

// Reads the text of an isvcc.yaml; every problem is a diagnostic of stage config.
Project read_project(std::string_view text, FileId file, Scratch& scratch);
// The same from a map.
Project project_of(View map, Scratch& scratch);

}  // namespace isvcc

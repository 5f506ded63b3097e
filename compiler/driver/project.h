#pragma once
// isvcc.yaml: what a repository says about itself. It can only narrow: no commands, no absolute paths, no environment, no limits.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "diag/scratch.h"
#include "kserve/profile.h"
#include "load/load.h"

namespace isvcc {

struct Project {
  std::string kserve{release_name(kLatestRelease)};
  std::vector<std::string> sources = {"."};
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
  bool passthrough = false;
  std::vector<std::string> passthrough_secrets;    // "namespace/name", the only Secrets that are copied
  bool strict = true;
  JsonnetOptions jsonnet;
};

// Reads the text of an isvcc.yaml; every problem is a diagnostic of stage config.
Project read_project(std::string_view text, FileId file, Scratch& scratch);

}  // namespace isvcc

#pragma once
// The objects by which Argo CD and Flux apply what isvcc renders: where the manifests lie, what each application takes of them, and what
// others may change. Makes objects; never looks into a repository.
#include <string>
#include <vector>

#include "driver/pipeline.h"
#include "emit/layouts.h"

namespace isvcc {

enum class AppPer { Namespace, Cluster };

// What is applied together.
struct AppPart {
  std::string folder;      // below the path of the cluster; empty: all of it
  std::string namespace_;  // empty: objects of no or of several namespaces
};

// An object whose number of replicas an autoscaler sets, while its manifest states one, too.
struct ScaledObject {
  std::string group, kind, namespace_, name;
  bool operator==(const ScaledObject&) const = default;
};

// One cluster's manifests in a repository.
struct Delivery {
  std::string name = "models";     // of the objects, and the beginning of their names
  std::string url, revision, path; // path: of the output folder in the repository
  std::string cluster;             // of a project with clusters
  Layout layout = Layout::Tree;
  AppPer per = AppPer::Namespace;
  std::vector<AppPart> parts = {};      // sorted; what stands in no namespace comes first
  std::vector<ScaledObject> scaled = {};
};

// The parts of `files`, and the scaled objects of `manifests`. False when a part of its own would hold objects of several namespaces, as
// patterns of file names allow.
bool describe(const std::vector<Manifest>& manifests, const std::vector<OutputFile>& files, Delivery& delivery);

// A name of at most 63 characters: the parts with a hyphen between them; cut, a hash makes it distinct.
std::string app_name(const std::vector<std::string>& parts);
// The name of a part's application; "models.cluster" for what stands in no namespace.
std::string name_of(const Delivery& delivery, const AppPart& part);
// "a/b" of "a" and "b"; "." counts for nothing.
std::string path_below(const std::string& path, const std::string& folder);

// Each a list of objects.
std::vector<const Node*> argocd_applications(const std::vector<Delivery>& deliveries, Arena& arena);
// One ApplicationSet that finds the namespaces' folders itself; Applications for what stands in no namespace.
std::vector<const Node*> argocd_application_set(const std::vector<Delivery>& deliveries, Arena& arena);
std::vector<const Node*> flux_objects(const Delivery& delivery, Arena& arena);

}  // namespace isvcc

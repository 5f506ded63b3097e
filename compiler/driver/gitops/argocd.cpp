// Argo CD: an Application for each part, or an ApplicationSet that looks for the parts.
#include <algorithm>

#include "base/text.h"
#include "driver/gitops/delivery.h"
#include "tree/make.h"

namespace isvcc {
namespace {

constexpr std::string_view kApi = "argoproj.io/v1alpha1", kHere = "https://kubernetes.default.svc";

class Applications {
 public:
  explicit Applications(Arena& arena) : make_(arena) {}

  const Node* application(const Delivery& delivery, const AppPart& part) const {
    const std::string name = name_of(delivery, part);
    const Node* spec = specification(delivery, make_.text(path_below(delivery.path, folder_of(delivery, part))), file_of(delivery, part), destination(delivery.cluster, part.namespace_),
                                     differences(delivery.scaled, part.namespace_));
    return make_.map({{"apiVersion", make_.borrowed(kApi)}, {"kind", make_.borrowed("Application")}, {"metadata", metadata(name)}, {"spec", spec}});
  }

  const Node* application_set(const std::vector<Delivery>& deliveries) const {
    const Delivery& first = deliveries.front();
    const std::string cluster = first.cluster.empty() ? "" : "{{.values.cluster}}";
    std::vector<const Node*> generators;
    std::vector<ScaledObject> scaled;
    for (const Delivery& delivery : deliveries) {
      generators.push_back(generator(delivery));
      for (const ScaledObject& object : delivery.scaled)
        if (std::find(scaled.begin(), scaled.end(), object) == scaled.end()) scaled.push_back(object);
    }
    const Node* spec = specification(first, make_.borrowed("{{.path.path}}"), {}, destination(cluster, R"({{index (splitList "." .path.basename) 0}})"), differences(scaled, {}));
    const std::string name = cat(first.name, '-', cluster.empty() ? "" : cat(cluster, '-'), "{{.path.basename}}");
    const Node* body = make_.map({{"goTemplate", make_.boolean(true)},
                                  {"goTemplateOptions", make_.texts({"missingkey=error"})},
                                  {"generators", make_.list(generators)},
                                  {"template", make_.map({{"metadata", make_.map({{"name", make_.text(name)}, {"annotations", compare_options()}})}, {"spec", spec}})}});
    return make_.map({{"apiVersion", make_.borrowed(kApi)}, {"kind", make_.borrowed("ApplicationSet")}, {"metadata", make_.map({{"name", make_.text(first.name)}, {"namespace", make_.borrowed("argocd")}})}, {"spec", body}});
  }

 private:
  // The server compares: defaults and webhooks are no differences then.
  const Node* compare_options() const { return make_.map({{"argocd.argoproj.io/compare-options", make_.borrowed("ServerSideDiff=true")}}); }
  const Node* metadata(const std::string& name) const {
    return make_.map({{"name", make_.text(name)}, {"namespace", make_.borrowed("argocd")}, {"annotations", compare_options()}});
  }

  // The layout `bundle` has a file for each namespace, and no folder.
  static std::string folder_of(const Delivery& delivery, const AppPart& part) { return delivery.layout == Layout::Bundle ? "" : part.folder; }
  static std::string file_of(const Delivery& delivery, const AppPart& part) { return delivery.layout == Layout::Bundle && !part.folder.empty() ? cat(part.folder, ".yaml") : ""; }

  const Node* specification(const Delivery& delivery, const Node* path, const std::string& file, const Node* destination, const Node* differences) const {
    const bool kustomized = delivery.layout == Layout::Flux || delivery.layout == Layout::Kustomize;
    // Lists of owned files are JSON, and no manifests.
    const Node* directory = make_.map({{"recurse", make_.boolean(true)}, {"include", file.empty() ? nullptr : make_.text(file)}, {"exclude", file.empty() ? make_.borrowed("{.isvcc/*,*.json}") : nullptr}});
    const Node* source = make_.map({{"repoURL", make_.text(delivery.url)}, {"targetRevision", make_.text(delivery.revision)}, {"path", path}, {"directory", kustomized ? nullptr : directory}});
    std::vector<std::string> options = {"CreateNamespace=true", "ServerSideApply=true"};
    if (differences) options.push_back("RespectIgnoreDifferences=true");
    const Node* policy = make_.map({{"automated", make_.map({{"prune", make_.boolean(true)}, {"selfHeal", make_.boolean(true)}})}, {"syncOptions", make_.texts(options)}});
    return make_.map({{"project", make_.borrowed("default")}, {"source", source}, {"destination", destination}, {"syncPolicy", policy}, {"ignoreDifferences", differences}});
  }

  const Node* destination(const std::string& cluster, const std::string& space) const {
    return make_.map({{"name", cluster.empty() ? nullptr : make_.text(cluster)}, {"server", cluster.empty() ? make_.borrowed(kHere) : nullptr}, {"namespace", space.empty() ? nullptr : make_.text(space)}});
  }

  // Of one namespace, or of all; null when there are none.
  const Node* differences(const std::vector<ScaledObject>& scaled, const std::string& space) const {
    std::vector<const Node*> list;
    for (const ScaledObject& object : scaled)
      if (space.empty() || object.namespace_ == space)
        list.push_back(make_.map({{"group", make_.text(object.group)}, {"kind", make_.text(object.kind)}, {"namespace", make_.text(object.namespace_)}, {"name", make_.text(object.name)},
                                  {"jsonPointers", make_.texts({"/spec/replicas"})}}));
    return list.empty() ? nullptr : make_.list(list);
  }

  // A folder for each namespace; those of isvcc begin with an underscore.
  const Node* generator(const Delivery& delivery) const {
    const Node* folders = make_.list({make_.map({{"path", make_.text(path_below(delivery.path, "*"))}}), make_.map({{"path", make_.text(path_below(delivery.path, "_*"))}, {"exclude", make_.boolean(true)}})});
    const Node* values = delivery.cluster.empty() ? nullptr : make_.map({{"cluster", make_.text(delivery.cluster)}});
    return make_.map({{"git", make_.map({{"repoURL", make_.text(delivery.url)}, {"revision", make_.text(delivery.revision)}, {"directories", folders}, {"values", values}})}});
  }

  Make make_;
};

}  // namespace

std::vector<const Node*> argocd_applications(const std::vector<Delivery>& deliveries, Arena& arena) {
  const Applications applications(arena);
  std::vector<const Node*> objects;
  for (const Delivery& delivery : deliveries)
    for (const AppPart& part : delivery.parts) objects.push_back(applications.application(delivery, part));
  return objects;
}

std::vector<const Node*> argocd_application_set(const std::vector<Delivery>& deliveries, Arena& arena) {
  const Applications applications(arena);
  std::vector<const Node*> objects;
  for (const Delivery& delivery : deliveries)
    for (const AppPart& part : delivery.parts)
      if (part.namespace_.empty()) objects.push_back(applications.application(delivery, part));
  objects.push_back(applications.application_set(deliveries));
  return objects;
}

}  // namespace isvcc

// Flux: the source, and a Kustomization for each part.
#include "base/text.h"
#include "driver/gitops/delivery.h"
#include "tree/make.h"

namespace isvcc {
namespace {

constexpr std::string_view kNamespace = "flux-system", kGit = "GitRepository", kOci = "OCIRepository";

class FluxObjects {
 public:
  FluxObjects(const Delivery& delivery, Arena& arena) : delivery_(delivery), make_(arena), source_(app_name({delivery.name, delivery.cluster})) {}

  std::vector<const Node*> all() const {
    std::vector<const Node*> objects = {source()};
    for (const AppPart& part : delivery_.parts) objects.push_back(kustomization(part));
    return objects;
  }

 private:
  bool is_oci() const { return starts_with(delivery_.url, "oci://"); }

  const Node* object(std::string_view api, std::string_view kind, const std::string& name, const Node* spec) const {
    return make_.map({{"apiVersion", make_.borrowed(api)}, {"kind", make_.borrowed(kind)}, {"metadata", make_.map({{"name", make_.text(name)}, {"namespace", make_.borrowed(kNamespace)}})}, {"spec", spec}});
  }

  const Node* source() const {
    const Node* at = make_.map({{is_oci() ? "tag" : "branch", make_.text(delivery_.revision)}});
    return object("source.toolkit.fluxcd.io/v1", is_oci() ? kOci : kGit, source_, make_.map({{"interval", make_.borrowed("5m")}, {"url", make_.text(delivery_.url)}, {"ref", at}}));
  }

  // What stands in no namespace comes first: the others need it.
  const Node* first_part(const AppPart& part) const {
    const AppPart& first = delivery_.parts.front();
    if (part.namespace_.empty() || !first.namespace_.empty()) return nullptr;
    return make_.list({make_.map({{"name", make_.text(name_of(delivery_, first))}})});
  }

  // A model may take long to load: the time that Flux waits for it.
  const Node* kustomization(const AppPart& part) const {
    const Node* from = make_.map({{"kind", make_.borrowed(is_oci() ? kOci : kGit)}, {"name", make_.text(source_)}});
    const Node* spec = make_.map({{"interval", make_.borrowed("10m")}, {"timeout", make_.borrowed("30m")}, {"retryInterval", make_.borrowed("2m")}, {"prune", make_.boolean(true)},
                                  {"wait", make_.boolean(true)}, {"path", make_.text(cat("./", path_below(delivery_.path, part.folder)))}, {"sourceRef", from}, {"dependsOn", first_part(part)}, {"patches", patches(part)}});
    return object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", name_of(delivery_, part), spec);
  }

  // Flux has no differences to ignore: what an autoscaler sets must not be in the manifest.
  const Node* patches(const AppPart& part) const {
    std::vector<const Node*> list;
    for (const ScaledObject& object : delivery_.scaled) {
      if (!part.folder.empty() && object.namespace_ != part.namespace_) continue;
      const Node* target = make_.map({{"group", make_.text(object.group)}, {"kind", make_.text(object.kind)}, {"namespace", make_.text(object.namespace_)}, {"name", make_.text(object.name)}});
      list.push_back(make_.map({{"patch", make_.borrowed("- {op: remove, path: /spec/replicas}\n")}, {"target", target}}));
    }
    return list.empty() ? nullptr : make_.list(list);
  }

  const Delivery& delivery_;
  Make make_;
  std::string source_;
};

}  // namespace

std::vector<const Node*> flux_objects(const Delivery& delivery, Arena& arena) { return FluxObjects(delivery, arena).all(); }

}  // namespace isvcc

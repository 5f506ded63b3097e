// The CA bundle that KServe copies into every namespace with a service (cabundle_configmap_reconciler.go, KServe v0.20.0).
#include "base/text.h"
#include "lower/shared_objects.h"

namespace isvcc {

static constexpr std::string_view kFile = "cabundle.crt";
static constexpr std::string_view kFailure = "fails to get cabundle configmap for creating to user namespace: ";

std::optional<Failure> check_ca_bundle(const Repository& repository, const Profile& profile) {
  const auto& config = profile.config.storage_initializer;
  if (config.panics) return failure(cat("unable to unmarshal storage initializer json string", std::string_view(config.error).substr(config.error.find(" due to "))));
  const std::string& name = config.value.ca_bundle_config_map;
  if (name.empty()) return std::nullopt;
  const Object* source = repository.find("ConfigMap", profile.kserve_namespace, name);
  if (!source) return failure(cat(kFailure, "failed to get configmap ", name, " from the cluster: configmaps \"", name, "\" not found"));
  if (!source->view()["data"][kFile].text().empty()) return std::nullopt;
  return failure(cat(kFailure, "specified cabundle file ", kFile, " not found in cabundle configmap ", name), source->view());
}

void lower_ca_bundle(std::string_view namespace_, Lowering& lowering) {
  const std::string& name = lowering.config().storage_initializer.value.ca_bundle_config_map;
  if (name.empty()) return;
  const Object* source = lowering.repository.find("ConfigMap", lowering.profile.kserve_namespace, name);
  const Make& make = lowering.make;
  const Node* bundle = make.map({{"apiVersion", make.borrowed("v1")},
                                 {"kind", make.borrowed("ConfigMap")},
                                 {"metadata", make_metadata(make, namespace_, "global-ca-bundle", nullptr, nullptr)},
                                 {"data", make.map({{kFile, source->view()["data"][kFile].node()}})}});
  lowering.out.push_back({bundle, nullptr, false});
}

}  // namespace isvcc

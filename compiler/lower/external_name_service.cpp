// The service's own name inside the cluster, an alias of Knative's local gateway (reconcileExternalService, KServe v0.20.0).
#include "lower/routes.h"

namespace isvcc {

void lower_external_name_service(const ServicePlan& plan, Lowering& lowering) {
  const Make& make = lowering.make;
  const Node* gateway = lowering.ingress().local_gateway_service.empty() ? nullptr : make.text(lowering.ingress().local_gateway_service);
  const Node* spec =
      make.map({{"type", make.borrowed("ExternalName")}, {"externalName", gateway}, {"sessionAffinity", make.borrowed("None")}});
  lowering.emit(make_object(make, {"v1", "Service"}, make_metadata(make, plan.namespace_(), plan.name(), nullptr, nullptr), spec));
}

}  // namespace isvcc

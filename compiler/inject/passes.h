#pragma once
// The passes of the pod webhook, one function each. The order is in mutate.cpp. Each returns the text with which the webhook refuses the
// pod, empty on success.
#include "inject/context.h"

namespace isvcc {

// Nodes with the accelerator of an annotation, for pods that ask for a GPU (InjectGKEAcceleratorSelector).
std::string inject_accelerator_selector(PodMutation& pod);
// The model of a single storage URI (InjectStorageInitializer).
std::string inject_storage_initializer(PodMutation& pod);
// The storage initializer runs as the uid of an annotation, else as Istio's sidecar (SetIstioCniSecurityContext).
std::string set_initializer_uid(PodMutation& pod);
// Logger, batcher and model puller, all in one container (InjectAgent).
std::string inject_agent(PodMutation& pod);
// Annotations for metrics (InjectMetricsAggregator).
std::string inject_metrics(PodMutation& pod);
// The image of a single oci:// or oci+<mode>:// URI; nothing while OCI models are off (InjectModelcar).
std::string inject_oci_model(PodMutation& pod);

}  // namespace isvcc

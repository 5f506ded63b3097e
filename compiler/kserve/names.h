#pragma once
// The annotation keys, labels, container names and paths that KServe gives a meaning. Facts only.
#include <string_view>

namespace isvcc::names {

using sv = std::string_view;

// Annotations people write
inline constexpr sv kDeploymentMode = "serving.kserve.io/deploymentMode";
inline constexpr sv kAutoscalerClass = "serving.kserve.io/autoscalerClass";
inline constexpr sv kStop = "serving.kserve.io/stop";
inline constexpr sv kServerType = "serving.kserve.io/server-type";
inline constexpr sv kAllowZeroInitialScale = "allow-zero-initial-scale";
inline constexpr sv kDisableAutoUpdate = "serving.kserve.io/disable-auto-update";
inline constexpr sv kDisableLocalModel = "serving.kserve.io/disable-localmodel";
inline constexpr sv kNodeGroup = "serving.kserve.io/nodegroup";
inline constexpr sv kTagRouting = "serving.kserve.io/enable-tag-routing";
inline constexpr sv kMetricAggregation = "serving.kserve.io/enable-metric-aggregation";
inline constexpr sv kPrometheusScraping = "serving.kserve.io/enable-prometheus-scraping";
inline constexpr sv kGkeAccelerator = "serving.kserve.io/gke-accelerator";
inline constexpr sv kGpuResourceTypes = "serving.kserve.io/gpu-resource-types";
inline constexpr sv kStorageInitializerUid = "serving.kserve.io/storage-initializer-uid";
inline constexpr sv kStorageReadOnly = "storage.kserve.io/readonly";
inline constexpr sv kModelFormat = "modelFormat";
inline constexpr sv kPrometheusPort = "prometheus.kserve.io/port";
inline constexpr sv kPrometheusPath = "prometheus.kserve.io/path";
inline constexpr sv kExecutorBackend = "multinode/executor-backend";
inline constexpr sv kInitialScale = "autoscaling.knative.dev/initial-scale";
inline constexpr sv kLastApplied = "kubectl.kubernetes.io/last-applied-configuration";

// Annotations the controller writes for the pod webhook
inline constexpr sv kSourceUri = "internal.serving.kserve.io/storage-initializer-sourceuri";
inline constexpr sv kStorageSpec = "internal.serving.kserve.io/storage-spec";
inline constexpr sv kStorageSpecParam = "internal.serving.kserve.io/storage-spec-param";
inline constexpr sv kStorageSpecKey = "internal.serving.kserve.io/storage-spec-key";
inline constexpr sv kStorageContainerName = "internal.serving.kserve.io/storage-container-name";
inline constexpr sv kLogger = "internal.serving.kserve.io/logger";
inline constexpr sv kLoggerSinkUrl = "internal.serving.kserve.io/logger-sink-url";
inline constexpr sv kLoggerMode = "internal.serving.kserve.io/logger-mode";
inline constexpr sv kLoggerMetadataHeaders = "internal.serving.kserve.io/logger-metadata-headers";
inline constexpr sv kLoggerMetadataAnnotations = "internal.serving.kserve.io/logger-metadata-annotations";
inline constexpr sv kBatcher = "internal.serving.kserve.io/batcher";
inline constexpr sv kBatcherMaxBatchSize = "internal.serving.kserve.io/batcher-max-batchsize";
inline constexpr sv kBatcherMaxLatency = "internal.serving.kserve.io/batcher-max-latency";
inline constexpr sv kAgent = "internal.serving.kserve.io/agent";
inline constexpr sv kConfigVolumeName = "internal.serving.kserve.io/configVolumeName";
inline constexpr sv kConfigMountPath = "internal.serving.kserve.io/configMountPath";
inline constexpr sv kModelDir = "internal.serving.kserve.io/modelDir";
inline constexpr sv kPredictorHost = "internal.serving.kserve.io/predictor-host";
inline constexpr sv kPredictorProtocol = "internal.serving.kserve.io/predictor-protocol";
inline constexpr sv kLocalModelSourceUri = "internal.serving.kserve.io/localmodel-sourceuri";
inline constexpr sv kLocalModelPvcName = "internal.serving.kserve.io/localmodel-pvc-name";
inline constexpr sv kConfidentialEnabled = "internal.serving.kserve.io/confidential-enabled";
inline constexpr sv kConfidentialResourceId = "internal.serving.kserve.io/confidential-resource-id";

// Labels
inline constexpr sv kInferenceService = "serving.kserve.io/inferenceservice";
inline constexpr sv kComponent = "component";
inline constexpr sv kApp = "app";
inline constexpr sv kGeneration = "isvc.generation";
inline constexpr sv kMultiNodeRole = "multinode/role";
inline constexpr sv kModelClass = "modelClass";
inline constexpr sv kServiceEnvelope = "serviceEnvelope";
inline constexpr sv kLocalModelLabel = "internal.serving.kserve.io/localmodel";
inline constexpr sv kLocalModelNamespaceLabel = "internal.serving.kserve.io/localmodel-namespace";
inline constexpr sv kKnativeVisibility = "networking.knative.dev/visibility";
inline constexpr sv kKserveVisibility = "networking.kserve.io/visibility";
inline constexpr sv kInferenceGraph = "serving.kserve.io/inferencegraph";
inline constexpr sv kClusterLocal = "cluster-local";

// Containers
inline constexpr sv kKserveContainer = "kserve-container";
inline constexpr sv kTransformerContainer = "transformer-container";
inline constexpr sv kWorkerContainer = "worker-container";
inline constexpr sv kStorageInitializer = "storage-initializer";
inline constexpr sv kQueueProxy = "queue-proxy";
inline constexpr sv kAgentContainer = "agent";

// Paths and ports
inline constexpr sv kModelMountPath = "/mnt/models";
inline constexpr sv kConfigMapName = "inferenceservice-config";
inline constexpr sv kStorageSpecSchemePlaceholder = "<scheme-placeholder>";

// API groups and kinds
inline constexpr sv kServingV1beta1 = "serving.kserve.io/v1beta1";
inline constexpr sv kServingV1alpha1 = "serving.kserve.io/v1alpha1";

}  // namespace isvcc::names

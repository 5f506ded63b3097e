// The settings in KServe's ConfigMap inferenceservice-config as a release installs them, one value for each data key.
//
// release(version, tag)   the values
// configMap(values)       the ConfigMap that holds them as KServe reads it, each value as JSON text
local releases = import 'releases.libsonnet';

local bounded(cpuRequest, memoryRequest, cpuLimit, memoryLimit) = {
  cpuRequest: cpuRequest,
  memoryRequest: memoryRequest,
  cpuLimit: cpuLimit,
  memoryLimit: memoryLimit,
};
// Of the helpers that KServe adds to a pod.
local small = bounded('100m', '100Mi', '1', '1Gi');

local settings(tag) = {
  // The version is not stamped by a release.
  explainers: { art: { image: 'kserve/art-explainer', defaultImageVersion: 'latest' } },

  storageInitializer: small {
    image: 'kserve/storage-initializer:' + tag,
    caBundleConfigMapName: '',
    caBundleVolumeMountPath: '/etc/ssl/custom-certs',
    enableModelcar: true,
    cpuModelcar: '10m',
    memoryModelcar: '15Mi',
    uidModelcar: 1010,
  },

  credentials: {
    storageSpecSecretName: 'storage-config',
    storageSecretNameAnnotation: 'serving.kserve.io/storageSecretName',
    gcs: { gcsCredentialFileName: 'gcloud-application-credentials.json' },
    s3: {
      [field]: ''
      for field in [
        's3Endpoint',
        's3UseHttps',
        's3Region',
        's3VerifySSL',
        's3UseVirtualBucket',
        's3UseAccelerate',
        's3UseAnonymousCredential',
        's3CABundleConfigMap',
        's3CABundle',
      ]
    } + {
      s3AccessKeyIDName: 'AWS_ACCESS_KEY_ID',
      s3SecretAccessKeyName: 'AWS_SECRET_ACCESS_KEY',
    },
  },

  ingress: {
    enableGatewayApi: false,
    kserveIngressGateway: 'kserve/kserve-ingress-gateway',
    ingressGateway: 'knative-serving/knative-ingress-gateway',
    localGateway: 'knative-serving/knative-local-gateway',
    localGatewayService: 'knative-local-gateway.istio-system.svc.cluster.local',
    ingressDomain: 'example.com',
    ingressClassName: 'istio',
    domainTemplate: '{{ .Name }}-{{ .Namespace }}.{{ .IngressDomain }}',
    urlScheme: 'http',
    disableIstioVirtualHost: false,
    disableIngressCreation: false,
    disableHTTPRouteTimeout: false,
  },

  agent: small { image: 'kserve/agent:' + tag },
  logger: small { image: 'kserve/agent:' + tag, defaultUrl: 'http://default-broker' },
  batcher: bounded('1', '1Gi', '1', '1Gi') { image: 'kserve/agent:' + tag, maxBatchSize: '32', maxLatency: '5000' },
  router: small { image: 'kserve/router:' + tag, imagePullPolicy: 'IfNotPresent' },

  deploy: { defaultDeploymentMode: 'Serverless' },
  // Text, not booleans: KServe reads them so.
  metricsAggregator: { enableMetricAggregation: 'false', enablePrometheusScraping: 'false' },
  security: { autoMountServiceAccountToken: true },
  inferenceService: { resource: bounded('1', '2Gi', '1', '2Gi') },

  localModel: {
    enabled: false,
    jobNamespace: 'kserve-localmodel-jobs',
    defaultJobImage: 'kserve/storage-initializer:' + tag,
    fsGroup: 1000,
    jobTTLSecondsAfterFinished: 3600,
    reconcilationFrequencyInSecs: 60,
    disableVolumeManagement: false,
  },

  opentelemetryCollector: {
    scrapeInterval: '5s',
    metricReceiverEndpoint: 'keda-otel-scaler.keda.svc:4317',
    metricScalerEndpoint: 'keda-otel-scaler.keda.svc:4318',
    resource: bounded('200m', '512Mi', '1', '2Gi'),
  },
  autoscaler: { scaleUpStabilizationWindowSeconds: '0', scaleDownStabilizationWindowSeconds: '300' },
};

{
  // The releases known here have the same settings, up to the image tag.
  release(version, tag=version)::
    assert releases.check(version);
    settings(tag),

  configMap(values, namespace='kserve'):: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'inferenceservice-config', namespace: namespace },
    data: { [key]: std.manifestJsonEx(values[key], '  ') for key in std.objectFields(values) },
  },
}

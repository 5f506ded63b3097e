// The ClusterServingRuntimes that KServe installs, as values to use, change or take apart.
//
//   local shipped = (import 'isvcc/runtimes.libsonnet').release('v0.20.0');
//   [shipped['kserve-sklearnserver'] { metadata+: { name: 'sklearn-ours' } }]
//
// release(version, tag)  what the release installs, by name; `tag` is for the images that a release stamps
// library(tag)           every runtime known here by name, also those that no release installs
local releases = import 'releases.libsonnet';

// ---- parts that many runtimes share

local resources(cpu='1', memory='2Gi', cpuLimit=cpu, memoryLimit=memory) = {
  requests: { cpu: cpu, memory: memory },
  limits: { cpu: cpuLimit, memory: memoryLimit },
};

// No privileges; `runAsUser` where the image names no user of its own.
local unprivileged(runAsUser=null) = {
  allowPrivilegeEscalation: false,
  privileged: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
} + (if runAsUser == null then {} else { runAsUser: runAsUser });

// One entry for each version. Versions are text: '1' and '1.0' are different.
local format(name, versions, priority, autoSelect=true) = [
  { name: name, version: version, autoSelect: autoSelect, priority: priority }
  for version in versions
];

local env(values) = [
  { name: pair[0] } + (if std.isObject(pair[1]) then { valueFrom: pair[1] } else { value: pair[1] })
  for pair in values
];
local fromPod(path) = { fieldRef: { fieldPath: path } };

local modelDir = '/mnt/models';
// The flags that KServe's own Python servers have in common.
local serverFlags = ['--model_name={{.Name}}', '--model_dir=' + modelDir, '--http_port=8080'];

local memoryVolume(name, sizeLimit=null) = {
  mounts: [{ name: name, mountPath: '/dev/shm' }],
  volumes: [{ name: name, emptyDir: { medium: 'Memory' } + (if sizeLimit == null then {} else { sizeLimit: sizeLimit }) }],
};

local container(image) = {
  name: 'kserve-container',
  image: image,
  resources: resources(),
  securityContext: unprivileged(),
};

local runtime(name, server, formats, protocols, serving, metricsPort='8080') = {
  apiVersion: 'serving.kserve.io/v1alpha1',
  kind: 'ClusterServingRuntime',
  metadata: { name: name, annotations: { 'serving.kserve.io/server-type': server } },
  spec: {
    annotations: { 'prometheus.kserve.io/port': metricsPort, 'prometheus.kserve.io/path': '/metrics' },
    supportedModelFormats: formats,
    [if protocols != null then 'protocolVersions']: protocols,
    containers: [serving],
  },
};

// KServe's own servers: same image repository, flags, resources and protocols.
local ownServer(server, tag, formats, extraFlags=[]) =
  runtime('kserve-' + server, server, formats, ['v1', 'v2'], container('kserve/%s:%s' % [server, tag]) {
    args: serverFlags + extraFlags,
  });

// ---- the runtimes

local multinode = import 'multinode.libsonnet';

local library(tag) = {
  'kserve-sklearnserver': ownServer('sklearnserver', tag, format('sklearn', ['1'], 1)),
  'kserve-xgbserver': ownServer('xgbserver', tag, format('xgboost', ['2'], 1), ['--nthread=1']),
  'kserve-lgbserver': ownServer('lgbserver', tag, format('lightgbm', ['4'], 1), ['--nthread=1']),
  'kserve-pmmlserver': ownServer('pmmlserver', tag, format('pmml', ['3', '4'], 1)),
  'kserve-paddleserver': ownServer('paddleserver', tag, format('paddle', ['2'], 1)),
  'kserve-autogluonserver': ownServer('autogluonserver', tag, format('autogluon', ['1'], 1)),
  // Serves several frameworks, but only when it is asked for by name.
  'kserve-predictiveserver': ownServer(
    'predictiveserver', tag,
    format('sklearn', ['1'], 3, autoSelect=false)
    + format('xgboost', ['2'], 3, autoSelect=false)
    + format('lightgbm', ['4'], 3, autoSelect=false),
    ['--framework={{.Annotations.modelFormat}}', '--nthread=1']
  ) { spec+: { multiModel: false } },

  'kserve-mlserver': runtime(
    'kserve-mlserver', 'mlserver',
    format('sklearn', ['0', '1'], 2)
    + format('xgboost', ['1', '2'], 2)
    + format('lightgbm', ['3', '4'], 2)
    + format('mlflow', ['1', '2'], 1),
    ['v2'],
    container('docker.io/seldonio/mlserver:1.7.1') {
      env: env([
        ['MLSERVER_MODEL_IMPLEMENTATION', '{{.Labels.modelClass}}'],
        ['MLSERVER_HTTP_PORT', '8080'],
        ['MLSERVER_GRPC_PORT', '9000'],
      ]),
    }
  ),

  'kserve-tensorflow-serving': runtime(
    'kserve-tensorflow-serving', 'tensorflow-serving',
    format('tensorflow', ['1', '2'], 2),
    ['v1', 'grpc-v1'],
    container('tensorflow/serving:2.6.2') {
      command: ['/usr/bin/tensorflow_model_server'],
      args: [
        '--model_name={{.Name}}',
        '--port=9000',
        '--rest_api_port=8080',
        '--model_base_path=' + modelDir,
        '--rest_api_timeout_in_ms=60000',
      ],
      securityContext: unprivileged(runAsUser=1000),
    }
  ),

  'kserve-torchserve': runtime(
    'kserve-torchserve', 'torchserve',
    format('pytorch', ['1'], 2),
    ['v1', 'v2', 'grpc-v2'],
    container('pytorch/torchserve-kfs:0.9.0') {
      args: [
        'torchserve',
        '--start',
        '--model-store=%s/model-store' % modelDir,
        '--ts-config=%s/config/config.properties' % modelDir,
      ],
      env: env([['TS_SERVICE_ENVELOPE', '{{.Labels.serviceEnvelope}}']]),
      securityContext: unprivileged(runAsUser=1000),
    },
    metricsPort='8082'
  ),

  'kserve-tritonserver': runtime(
    'kserve-tritonserver', 'tritonserver',
    format('tensorrt', ['8'], 1)
    + format('tensorflow', ['1', '2'], 1)
    + format('onnx', ['1'], 1)
    + [{ name: 'pytorch', version: '1' }]  // on request only
    + format('triton', ['2'], 1),
    ['v2', 'grpc-v2'],
    container('nvcr.io/nvidia/tritonserver:23.05-py3') {
      args: [
        'tritonserver',
        '--model-store=' + modelDir,
        '--grpc-port=9000',
        '--http-port=8080',
        '--allow-grpc=true',
        '--allow-http=true',
      ],
      securityContext: unprivileged(runAsUser=1000),
    },
    metricsPort='8002'
  ),

  'kserve-huggingfaceserver':
    local shm = memoryVolume('devshm');
    runtime(
      'kserve-huggingfaceserver', 'huggingfaceserver',
      format('huggingface', ['1'], 1),
      ['v2', 'v1'],
      container('kserve/huggingfaceserver:' + tag) {
        args: ['--model_name={{.Name}}'],
        env: env([['LMCACHE_USE_EXPERIMENTAL', 'True']]),
        volumeMounts: shm.mounts,
      }
    ) { spec+: { hostIPC: false, volumes: shm.volumes } },

  'kserve-huggingfaceserver-multinode':
    local shm = memoryVolume('shm', '3Gi');
    local node(name) = {
      name: name,
      image: 'kserve/huggingfaceserver:%s-gpu' % tag,
      resources: resources('2', '6Gi', '4', '12Gi'),
      volumeMounts: shm.mounts,
    };
    runtime(
      'kserve-huggingfaceserver-multinode', 'huggingfaceserver',
      format('huggingface', ['1'], 2),
      ['v2', 'v1'],
      node('kserve-container') + multinode.head {
        args: ['--model_name={{.Name}}'],
        env: env([
          ['RAY_PORT', '6379'],
          ['POD_NAMESPACE', fromPod('metadata.namespace')],
          ['POD_IP', fromPod('status.podIP')],
          ['VLLM_CONFIG_ROOT', '/tmp'],
          ['HF_HUB_CACHE', '/tmp'],
        ]),
      }
    ) {
      spec+: {
        volumes: shm.volumes,
        workerSpec: {
          pipelineParallelSize: 1,
          tensorParallelSize: 1,
          containers: [node('worker-container') + multinode.worker {
            env: env([
              ['POD_NAME', fromPod('metadata.name')],
              ['POD_NAMESPACE', fromPod('metadata.namespace')],
            ]),
          }],
          volumes: shm.volumes,
        },
      },
    },

  // The image is the one for GPUs: KServe takes the sibling repository vllm-openai-cpu for services without one.
  'kserve-vllmserver':
    local shm = memoryVolume('devshm');
    local models = { httpGet: { path: '/v1/models', port: 8080 }, successThreshold: 1 };  // answers once the model is loaded
    runtime(
      'kserve-vllmserver', 'vllmserver',
      format('vLLM', ['1'], 1),
      null,
      container('vllm/vllm-openai:' + tag) {
        command: ['python', '-m', 'vllm.entrypoints.openai.api_server'],
        args: ['--port=8080', '--served-model-name={{.Name}}', '--model=' + modelDir],
        env: env([
          ['LMCACHE_USE_EXPERIMENTAL', 'True'],
          ['HF_HOME', '/tmp'],
          ['VLLM_CONFIG_ROOT', '/tmp'],
          ['VLLM_WORKER_MULTIPROC_METHOD', 'spawn'],
        ]),
        // The image runs as root.
        securityContext: { [k]: unprivileged()[k] for k in ['allowPrivilegeEscalation', 'privileged', 'capabilities'] },
        readinessProbe: models { failureThreshold: 3, periodSeconds: 10, timeoutSeconds: 5 },
        startupProbe: models { failureThreshold: 60, periodSeconds: 30, timeoutSeconds: 10, initialDelaySeconds: 30 },
        volumeMounts: shm.mounts,
      }
    ) { spec+: { hostIPC: false, volumes: shm.volumes } },

  // Comes with KServe's sources, but no release installs it or says which image version: set it with openvino(version).
  'kserve-openvino': $.openvino('latest'),
  openvino(version):: runtime(
    'kserve-openvino', 'ovms',
    format('openvino', ['10'], 1)
    + format('onnx', ['1'], 2)
    + format('tensorflow', ['1'], 3)
    + [{ name: 'huggingface', autoSelect: true }],
    ['v1', 'v2', 'grpc-v2'],
    container('openvino/model_server:' + version) {
      args: [
        '--model_name={{.Name}}',
        '--model_path=' + modelDir,
        '--port=9000',
        '--rest_port=8080',
        '--file_system_poll_wait_seconds=0',
      ],
      securityContext: unprivileged(runAsUser=5000),
    }
  ) {
    metadata+: {
      annotations+: { 'meta.helm.sh/release-name': 'kserve', 'meta.helm.sh/release-namespace': 'kserve' },
      labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    },
  },
};

// First release that installs a runtime, where it is not the oldest one; null: none does.
local installedSince = {
  'kserve-autogluonserver': 'v0.20.0',
  'kserve-vllmserver': 'v0.20.0',
  'kserve-openvino': null,
};
local installs(release, name) =
  !std.objectHas(installedSince, name)
  || (installedSince[name] != null && releases.since(release, installedSince[name]));

{
  // The releases known here, oldest first.
  releases:: releases.known,

  library(tag):: library(tag),

  release(version, tag=version)::
    assert releases.check(version);
    local all = library(tag);
    { [name]: all[name] for name in std.objectFields(all) if installs(version, name) },
}

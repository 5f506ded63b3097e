// Runtimes and services of KServe in layers: a constructor makes an object, functions make layers, + adds them.
//
//   local ks = import 'isvcc/kserve.libsonnet';
//   ks.runtime('sklearn', 'kserve/sklearnserver:v0.20.0') + ks.format('sklearn', '1') + ks.flags({ http_port: 8080 })
//
// - Layers name what they change (a flag, a variable, a volume), so a later layer replaces or, with null, removes it.
// - ks.from(object) makes layers apply to any existing runtime or service, for example one that KServe ships.
// - What a layer does not name keeps its place; what it adds comes last, by name. The result is plain YAML: nothing of this is left in it.
// - Nothing is filled in that KServe fills in itself.
// Each function has its description under the same name with '#' in front, as docsonnet reads it.

local described(help) = { 'function': { help: help } };

// ---- values

local text(what, value) =
  if std.isString(value) then value
  else if std.isBoolean(value) then (if value then 'true' else 'false')
  else if std.isNumber(value) && value == std.floor(value) && value < 9007199254740992 && value > -9007199254740992 then '%d' % value
  else if std.isNumber(value) then error '%s: write the number as a string, Jsonnet would print %.17g' % [what, value]
  else error '%s: expected a string, a number or a boolean, got %s' % [what, std.type(value)];

local texts(what, values) = { [key]: if values[key] == null then null else text('%s.%s' % [what, key], values[key]) for key in std.objectFields(values) };

local isEmpty(value) = value == null || value == {} || value == [];

// `object` with `key` set to `value`; an empty value takes the key away.
local with(object, key, value) =
  if isEmpty(value) then { [k]: object[k] for k in std.objectFields(object) if k != key }
  else object { [key]: value };

local without(object, values) = { [key]: object[key] for key in std.objectFields(object) if !std.objectHas(values, key) || values[key] != null };
local present(values) = { [key]: values[key] for key in std.objectFields(values) if values[key] != null };
// A map with the entries of `values` laid over it; null takes an entry away.
local overlaid(object, values) = without(object, values) + present(values);

// A map inside an object with changes laid over it, as an object to add; nothing when there are no changes.
local map(object, key, changes) = if changes == {} then {} else { [key]: overlaid(std.get(object, key, {}), changes) };

// A list whose items have a name, with named changes: an object replaces or adds, null removes.
local named(list, changes, key='name') =
  [
    if std.objectHas(changes, item[key]) then { [key]: item[key] } + changes[item[key]] else item
    for item in list
    if !std.objectHas(changes, item[key]) || changes[item[key]] != null
  ]
  + [
    { [key]: name } + changes[name]
    for name in std.objectFields(changes)
    if changes[name] != null && std.length([0 for item in list if item[key] == name]) == 0
  ];

// "--name=value" → "name", also for "--name" alone; null for any other argument.
local flagName(argument) =
  if std.length(argument) > 2 && argument[:2] == '--' then std.split(argument[2:], '=')[0] else null;
local flag(name, value) = if value == '' then '--' + name else '--%s=%s' % [name, value];

local arguments(list, flags, more) =
  local known = [flagName(argument) for argument in list];
  [
    if known[i] != null && std.objectHas(flags, known[i]) then flag(known[i], flags[known[i]]) else list[i]
    for i in std.range(0, std.length(list) - 1)
    if known[i] == null || !std.objectHas(flags, known[i]) || flags[known[i]] != null
  ]
  + [flag(name, flags[name]) for name in std.objectFields(flags) if flags[name] != null && std.length(std.find(name, known)) == 0]
  + more;

local variable(name, value) =
  if value == null then null
  else if std.isObject(value) then { valueFrom: value }
  else { value: text('env.' + name, value) };

// ---- what layers say about one container

local nothing = {
  image: null,
  command: null,
  flags: {},
  args: [],
  env: {},
  requests: {},
  limits: {},
  ports: {},
  mounts: {},
  fields: {},
};

local resources(old, change) =
  local of(kind, values) = with({}, kind, overlaid(std.get(old, kind, {}), texts('resources.' + kind, values)));
  { [kind]: old[kind] for kind in std.objectFields(old) if kind != 'requests' && kind != 'limits' }
  + of('requests', change.requests)
  + of('limits', change.limits);

// Keys that the layers leave alone stay as they are, also empty ones.
local container(old, change) =
  local set(object, key, touched, value) = if touched then with(object, key, value) else object;
  local steps = [
    ['image', change.image != null, change.image],
    ['command', change.command != null, change.command],
    ['args', change.flags != {} || change.args != [], arguments(std.get(old, 'args', []), texts('flags', change.flags), change.args)],
    ['env', change.env != {}, named(std.get(old, 'env', []), { [name]: variable(name, change.env[name]) for name in std.objectFields(change.env) })],
    ['resources', change.requests != {} || change.limits != {}, resources(std.get(old, 'resources', {}), change)],
    ['ports', change.ports != {}, named(std.get(old, 'ports', []), change.ports)],
    ['volumeMounts', change.mounts != {}, named(std.get(old, 'volumeMounts', []), change.mounts)],
  ];
  overlaid(std.foldl(function(object, step) set(object, step[0], step[1], step[2]), steps, old), change.fields);

// ---- objects

local mainContainer = 'kserve-container';
local isService(object) = object.kind == 'InferenceService';

local sidecars(settings) = { [name]: if settings[name] == null then null else container({}, nothing + settings[name]) for name in std.objectFields(settings) };

// The pod's containers with the layers applied to the main one, and the other containers added, replaced or removed.
local containers(list, main, others) =
  local changed = [if c.name == mainContainer then container(c, main) else c for c in list];
  local missing = if std.length([0 for c in list if c.name == mainContainer]) == 0 then [container({ name: mainContainer }, main)] else [];
  named(missing + changed, sidecars(others));

local pod(old, this) =
  local volumes = named(std.get(old, 'volumes', []), this.volumes_);
  overlaid(if this.volumes_ == {} then old else with(old, 'volumes', volumes), this.pod_);

local formats(old, changes) =
  local id(f) = f.name + (if std.objectHas(f, 'version') then '@' + f.version else '');
  [if std.objectHas(changes, id(f)) then changes[id(f)] else f for f in old if !std.objectHas(changes, id(f)) || changes[id(f)] != null]
  + [changes[key] for key in std.objectFields(changes) if changes[key] != null && std.length([0 for f in old if id(f) == key]) == 0];

local runtimeSpec(this) =
  local old = std.get(this.base_, 'spec', {});
  pod(old, this)
  + (if this.formats_ == {} then {} else { supportedModelFormats: formats(std.get(old, 'supportedModelFormats', []), this.formats_) })
  + { containers: containers(std.get(old, 'containers', []), this.container_, this.containers_) }
  + map(old, 'labels', this.podLabels_)
  + map(old, 'annotations', this.podAnnotations_);

// Where a predictor names its model: the field model, or the one of a framework in old services.
local frameworks = ['huggingface', 'lightgbm', 'onnx', 'paddle', 'pmml', 'pytorch', 'sklearn', 'tensorflow', 'triton', 'xgboost'];
local modelKey(old) =
  local used = [key for key in ['model'] + frameworks if std.objectHas(old, key)];
  if used != [] then used[0] else if std.objectHas(old, 'containers') then null else 'model';

// Layers apply to the model, or to the container of a service that has none.
local predictor(old, this) =
  local key = modelKey(old), others = named(std.get(old, 'containers', []), sidecars(this.containers_));
  pod(old, this) + (
    if key == null then { containers: containers(old.containers, this.container_, this.containers_) }
    else (if this.container_ == nothing then {} else { [key]: container(std.get(old, key, {}), this.container_) })
         + (if this.containers_ == {} then {} else { containers: others })
  );

local serviceSpec(this) =
  local old = std.get(this.base_, 'spec', {}), oldPredictor = std.get(old, 'predictor', {});
  old
  + { predictor: predictor(oldPredictor, this) + map(oldPredictor, 'labels', this.podLabels_) + map(oldPredictor, 'annotations', this.podAnnotations_) }
  + this.components_;

local layered(object) = {
  local this = self,
  base_:: object,
  container_:: nothing,
  containers_:: {},
  volumes_:: {},
  formats_:: {},
  pod_:: {},
  podLabels_:: {},
  podAnnotations_:: {},
  components_:: {},
  metadata_:: {},
  labels_:: {},
  annotations_:: {},
  apiVersion: object.apiVersion,
  kind: object.kind,
  metadata: object.metadata + this.metadata_
            + map(object.metadata, 'labels', this.labels_)
            + map(object.metadata, 'annotations', this.annotations_),
  spec: if isService(object) then serviceSpec(this) else runtimeSpec(this),
};

local serving(kind, version, name, namespace, spec) = layered({
  apiVersion: 'serving.kserve.io/' + version,
  kind: kind,
  metadata: { name: name } + (if namespace == null then {} else { namespace: namespace }),
  spec: spec,
});

{
  local ks = self,

  // ---- runtimes

  '#runtime':: described('A ClusterServingRuntime: every namespace may use it.'),
  runtime(name, image):: serving('ClusterServingRuntime', 'v1alpha1', name, null, {}) + ks.image(image),

  '#namespacedRuntime':: described('A ServingRuntime of one namespace.'),
  namespacedRuntime(name, image, namespace=null):: serving('ServingRuntime', 'v1alpha1', name, namespace, {}) + ks.image(image),

  '#from':: described('An existing runtime or service, for layers to be added: one that KServe ships, or a manifest read with fromYaml.'),
  from(object):: layered(object),

  '#fromYaml':: described("The first document of a YAML text: ks.fromYaml(importstr 'runtime.yaml'). Needs isvcc, whose YAML reader it uses."),
  fromYaml(yaml):: layered(std.native('parseYaml')(yaml)[0]),

  '#format':: described('A model format that the runtime serves. autoSelect: KServe may choose the runtime for it; priority: the larger one wins.'),
  format(name, version=null, autoSelect=true, priority=null)::
    local shown = if version == null then {} else { version: text('version', version) };
    {
      formats_+:: {
        [name + (if version == null then '' else '@' + shown.version)]:
          { name: name } + shown + { autoSelect: autoSelect } + (if priority == null then {} else { priority: priority }),
      },
    },

  '#withoutFormat':: described('Takes a format away.'),
  withoutFormat(name, version=null):: { formats_+:: { [name + (if version == null then '' else '@' + version)]: null } },

  '#protocols':: described("The protocols that the runtime speaks: ['v1', 'v2', 'grpc-v2', 'openai']."),
  protocols(list):: { pod_+:: { protocolVersions: list } },

  '#workers':: described('Pods beside the head of a multi-node runtime. One model is cut into pipelineParallelSize × tensorParallelSize parts.'),
  workers(containers, pipelineParallelSize=1, tensorParallelSize=1):: {
    pod_+:: {
      workerSpec: {
        pipelineParallelSize: pipelineParallelSize,
        tensorParallelSize: tensorParallelSize,
        containers: [container({ name: name }, nothing + containers[name]) for name in std.objectFields(containers)],
      },
    },
  },

  // ---- services

  '#model':: described('An InferenceService for a model in a store. Without a runtime KServe chooses one for the format.'),
  model(name, format, uri, version=null, runtime=null, namespace=null)::
    serving('InferenceService', 'v1beta1', name, namespace, {
      predictor: {
        model: { modelFormat: { name: format } + (if version == null then {} else { version: text('version', version) }), storageUri: uri }
               + (if runtime == null then {} else { runtime: runtime }),
      },
    }),

  '#custom':: described('An InferenceService with a container of its own instead of a model.'),
  custom(name, image, namespace=null)::
    serving('InferenceService', 'v1beta1', name, namespace, { predictor: { containers: [{ name: mainContainer }] } }) + ks.image(image),

  '#scale':: described('Replicas, and what they are scaled by: concurrency, rps, cpu or memory, with its target.'),
  scale(min=null, max=null, metric=null, target=null):: {
    pod_+:: present({ minReplicas: min, maxReplicas: max, scaleMetric: metric, scaleTarget: target }),
  },

  '#deploymentMode':: described("How the service runs: 'Standard' (a Deployment) or 'Knative'."),
  deploymentMode(mode):: ks.annotations({ 'serving.kserve.io/deploymentMode': mode }),

  '#canary':: described('Knative: so many percent of the requests go to the newest revision, the rest to the one before.'),
  canary(percent):: { pod_+:: { canaryTrafficPercent: percent } },

  '#timeout':: described('Seconds after which a request is given up.'),
  timeout(seconds):: { pod_+:: { timeout: seconds } },

  '#transformer':: described('A container that changes requests and responses. It takes the same words as the main one: flags, env, requests, …'),
  transformer(image, settings={}, fields={}):: {
    components_+:: { transformer: { containers: [container({ name: mainContainer }, nothing + settings + { image: image })] } + fields },
  },

  // ---- the main container of a runtime or service

  '#image':: described('The image of the main container.'),
  image(name):: { container_+:: { image: name } },

  '#command':: described('What the main container executes instead of what its image says.'),
  command(list):: { container_+:: { command: list } },

  '#flags':: described("Arguments of the form --name=value. '' gives --name alone, null removes the flag."),
  flags(values):: { container_+:: { flags+: values } },

  '#args':: described('Further arguments, in this order, behind the flags.'),
  args(list):: { container_+:: { args+: list } },

  '#env':: described('Environment variables: a value, or an object for valueFrom such as { secretKeyRef: { name: …, key: … } }; null removes one.'),
  env(values):: { container_+:: { env+: values } },

  '#resources':: described('Requested resources, and their limits (the same ones unless given).'),
  resources(requests, limits=requests):: { container_+:: { requests+: requests, limits+: limits } },

  '#gpu':: described('So many GPUs.'),
  gpu(count=1, resource='nvidia.com/gpu'):: ks.resources({ [resource]: count }),

  '#port':: described('A port of the main container, by name.'),
  port(name, number, protocol='TCP'):: { container_+:: { ports+: { [name]: { containerPort: number, protocol: protocol } } } },

  '#mount':: described("A volume of the pod, and where the main container sees it: ks.mount('cache', '/cache', { emptyDir: {} })."),
  mount(name, path, volume, readOnly=null):: {
    container_+:: { mounts+: { [name]: present({ mountPath: path, readOnly: readOnly }) } },
    volumes_+:: { [name]: volume },
  },

  '#container':: described('Any other field of the main container; null removes one.'),
  container(fields):: { container_+:: { fields+: fields } },

  '#sidecar':: described('One more container in the pod: { image: …, flags: {…}, env: {…}, requests: {…}, fields: {…} }; null removes it.'),
  sidecar(name, settings):: { containers_+:: { [name]: settings } },

  // ---- the pod

  '#pod':: described('Any other field of the pod (of the runtime or the predictor); null removes one.'),
  pod(fields):: { pod_+:: fields },

  '#nodeSelector':: described('Labels that a node must have.'),
  nodeSelector(labels):: { pod_+:: { nodeSelector+: labels } },

  '#tolerate':: described('A taint that the pod puts up with.'),
  tolerate(key, value=null, effect='NoSchedule')::
    { pod_+:: { tolerations+: [{ key: key, effect: effect } + (if value == null then { operator: 'Exists' } else { operator: 'Equal', value: value })] } },

  '#serviceAccount':: described('The service account that the pod runs as: its secrets open the model store.'),
  serviceAccount(name):: { pod_+:: { serviceAccountName: name } },

  '#imagePullSecrets':: described('Secrets for private registries.'),
  imagePullSecrets(names):: { pod_+:: { imagePullSecrets: [{ name: name } for name in names] } },

  '#podLabels':: described('Labels of the pods.'),
  podLabels(values):: { podLabels_+:: texts('podLabels', values) },

  '#podAnnotations':: described('Annotations of the pods.'),
  podAnnotations(values):: { podAnnotations_+:: texts('podAnnotations', values) },

  // ---- the object

  '#name':: described('Another name.'),
  name(name):: { metadata_+:: { name: name } },

  '#namespace':: described('Another namespace.'),
  namespace(name):: { metadata_+:: { namespace: name } },

  '#labels':: described('Labels of the object.'),
  labels(values):: { labels_+:: texts('labels', values) },

  '#annotations':: described('Annotations of the object; KServe copies most of a service to its pods.'),
  annotations(values):: { annotations_+:: texts('annotations', values) },

  // ---- many objects

  '#each':: described('One object for each entry of a map: ks.each({ iris: "s3://m/iris" }, function(name, uri) ks.model(name, "sklearn", uri)).'),
  each(map, make):: { [key]: make(key, map[key]) for key in std.objectFields(map) },

  '#all':: described('The same layer on every object of a map or list.'),
  all(objects, layer)::
    if std.isArray(objects) then [object + layer for object in objects]
    else { [key]: objects[key] + layer for key in std.objectFields(objects) },

  // ---- where models are

  '#uri':: described('Storage URIs: s3, gs, pvc, hf, oci.'),
  uri:: {
    s3(bucket, path):: 's3://%s/%s' % [bucket, path],
    gs(bucket, path):: 'gs://%s/%s' % [bucket, path],
    pvc(claim, path=''):: 'pvc://%s/%s' % [claim, path],
    hf(model, revision=null):: 'hf://' + model + (if revision == null then '' else ':' + revision),
    oci(image):: 'oci://' + image,
  },

  // ---- tests

  '#same':: described('An error that shows both values unless they are equal: for tests of a library, evaluated with isvcc or jsonnet.'),
  same(name, actual, expected)::
    if actual == expected then true
    else error '%s:\nactual   %s\nexpected %s' % [name, std.manifestJsonEx(actual, '  '), std.manifestJsonEx(expected, '  ')],
}

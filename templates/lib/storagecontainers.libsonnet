// The ClusterStorageContainer that KServe installs: what downloads a model, and for which URIs.
//
// release(version, tag)  what the release installs, by name
local releases = import 'releases.libsonnet';

local default(tag) = {
  apiVersion: 'serving.kserve.io/v1alpha1',
  kind: 'ClusterStorageContainer',
  metadata: { name: 'default' },
  spec: {
    workloadType: 'initContainer',
    supportsMultiModelDownload: true,
    supportedUriFormats:
      [{ prefix: scheme + '://' } for scheme in ['gs', 's3', 'hdfs', 'hf', 'webhdfs']]
      + [{ regex: 'https://(.+?).%s.core.windows.net/(.+)' % kind } for kind in ['blob', 'file']]
      + [{ regex: 'https?://(.+)/(.+)' }],
    container: {
      name: 'storage-initializer',
      image: 'kserve/storage-initializer:' + tag,
      imagePullPolicy: 'IfNotPresent',
      resources: {
        requests: { cpu: '100m', memory: '100Mi' },
        limits: { cpu: '1', memory: '1Gi' },
      },
    },
  },
};

{
  release(version, tag=version)::
    assert releases.check(version);
    { default: default(tag) },
}

// The four operations that a run spends its time in, alone: reading YAML, merging containers, validating, writing YAML.
#include <benchmark/benchmark.h>

#include "emit/yaml_writer.h"
#include "load/reader.h"
#include "ops/schema_ops.h"
#include "ops/strategic_merge.h"
#include "schema/schema.h"

namespace isvcc {
namespace {

constexpr std::string_view kService = R"(apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata:
  name: iris-classifier
  namespace: team-a
  labels: {team: a, tier: gold}
  annotations:
    serving.kserve.io/deploymentMode: RawDeployment
    example.com/owner: team-a@example.com
spec:
  predictor:
    minReplicas: 1
    maxReplicas: 5
    scaleMetric: cpu
    scaleTarget: 70
    model:
      modelFormat: {name: sklearn, version: "1"}
      storageUri: s3://models/iris
      args: ["--workers=4", "--log_level=debug"]
      env:
        - name: OMP_NUM_THREADS
          value: "4"
        - name: TOKEN
          valueFrom: {secretKeyRef: {name: model-token, key: token}}
      resources:
        requests: {cpu: 500m, memory: 1Gi}
        limits: {cpu: "2", memory: 4Gi}
)";

constexpr std::string_view kContainer = R"(name: kserve-container
image: kserve/sklearnserver:v0.20.0
args: ["--model_name={{.Name}}", "--model_dir=/mnt/models", "--http_port=8080"]
env:
  - name: OMP_NUM_THREADS
    value: "1"
ports:
  - {containerPort: 8080, protocol: TCP}
resources:
  requests: {cpu: "1", memory: 2Gi}
  limits: {cpu: "1", memory: 2Gi}
securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
)";

View read_one(std::string_view text, Scratch& scratch, YamlEngine engine = YamlEngine::LibYaml) {
  const std::vector<const Node*> documents = read_yaml(text, 1, engine, {}, scratch);
  return documents.empty() ? View() : View(documents[0]);
}

void count_bytes(benchmark::State& state, size_t each) { state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * static_cast<int64_t>(each)); }

void reader(benchmark::State& state, YamlEngine engine) {
  Arena arena;
  for (auto step : state) {
    Diagnostics diags;
    Scratch scratch{arena, diags};
    benchmark::DoNotOptimize(read_one(kService, scratch, engine).node());
    arena.reset();
  }
  count_bytes(state, kService.size());
}
BENCHMARK_CAPTURE(reader, fast_path, YamlEngine::LibYaml);
BENCHMARK_CAPTURE(reader, yaml_cpp, YamlEngine::YamlCpp);

void merge(benchmark::State& state) {
  Arena inputs, arena;
  Diagnostics diags;
  Scratch scratch{inputs, diags};
  const View base = read_one(kContainer, scratch), overlay = read_one(kService, scratch).at("spec.predictor.model");
  const Schema& container = *builtin_schemas("v0.20.0").type("Container");
  for (auto step : state) {
    benchmark::DoNotOptimize(merge_containers(base, overlay, container, arena, EnvConflicts::Clear).value);
    arena.reset();
  }
}
BENCHMARK(merge);

void validation(benchmark::State& state) {
  Arena inputs, arena;
  Diagnostics diags;
  Scratch scratch{inputs, diags};
  const View service = read_one(kService, scratch);
  const Schema& schema = *builtin_schemas("v0.20.0").kind("serving.kserve.io/v1beta1", "InferenceService");
  for (auto step : state) {
    Scratch again{arena, diags};
    benchmark::DoNotOptimize(validate(service, schema, again));
    arena.reset();
  }
}
BENCHMARK(validation);

void writer(benchmark::State& state) {
  Arena inputs, arena;
  Diagnostics diags;
  Scratch scratch{inputs, diags};
  const View service = read_one(kService, scratch);
  size_t bytes = 0;
  for (auto step : state) {
    bytes = print_yaml(service, arena).size();
    arena.reset();
  }
  count_bytes(state, bytes);
}
BENCHMARK(writer);

}  // namespace
}  // namespace isvcc

BENCHMARK_MAIN();

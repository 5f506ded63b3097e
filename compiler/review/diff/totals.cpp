#include "review/diff/totals.h"

#include <algorithm>

#include "base/text.h"
#include "ops/quantity.h"
#include "review/diff/wording.h"

namespace isvcc::diff {
namespace {

int64_t plus(int64_t a, int64_t b) {
  int64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}
int64_t product(int64_t a, int64_t b) {
  int64_t out = 0;
  return __builtin_mul_overflow(a, b, &out) ? INT64_MAX : out;
}

// ---- one pod

int64_t amount(std::string_view resource, View value) {
  const auto quantity = Quantity::parse(value);
  if (!quantity || quantity->sign() < 0) return 0;
  return (resource == "cpu" ? quantity->milli_value() : quantity->value()).value_or(INT64_MAX);
}

void read_amounts(View resources, Amounts& to) {
  for (const Field& f : resources.fields()) {
    const int64_t value = amount(f.key(), f.value);
    if (f.key() == "cpu") to.cpu_milli = value;
    else if (f.key() == "memory") to.memory_bytes = value;
    else if (contains(f.key(), "/")) to.devices[std::string(f.key())] = value;
  }
}

// What is asked for; a limit without a request is one, as the API server fills in.
Amounts request_of(View container) {
  Amounts out;
  read_amounts(container["resources"]["limits"], out);
  read_amounts(container["resources"]["requests"], out);
  return out;
}

Amounts larger(const Amounts& a, const Amounts& b) {
  Amounts out{std::max(a.pods, b.pods), std::max(a.cpu_milli, b.cpu_milli), std::max(a.memory_bytes, b.memory_bytes), a.devices};
  for (const auto& [name, value] : b.devices) out.devices[name] = std::max(out.devices[name], value);
  return out;
}

// Init containers run one after the other, those that stay (restartPolicy Always) beside everything that comes later.
Amounts pod_request(View spec) {
  Amounts running, peak, overhead;
  for (const Node* item : spec["initContainers"].items()) {
    Amounts now = running;
    now.add(request_of(item));
    peak = larger(peak, now);
    if (View(item)["restartPolicy"].text() == "Always") running = now;
  }
  for (const Node* item : spec["containers"].items()) running.add(request_of(item));
  read_amounts(spec["overhead"], overhead);
  Amounts out = larger(peak, running);
  out.add(overhead);
  out.pods = 1;
  return out;
}

// ---- workloads

struct Workload {
  Amounts unit;  // of one replica: a pod, or a group of pods
  Scaling scaling;
  View surge;    // maxSurge; absent: the kind's default
  std::string_view default_surge = "0";
};

Amounts group_request(View spec) {
  const View templates = spec["leaderWorkerTemplate"];
  const int64_t size = std::max<int64_t>(templates["size"].integer().value_or(1), 1);
  const Amounts worker = pod_request(templates["workerTemplate"]["spec"]);
  Amounts out = templates["leaderTemplate"] ? pod_request(templates["leaderTemplate"]["spec"]) : worker;
  out.add(worker, size - 1);
  return out;
}

int64_t annotated(View annotations, std::string_view newer, std::string_view older, int64_t otherwise) {
  const View value = annotations[newer] ? annotations[newer] : annotations[older];
  return value.is_text() ? parse_int(value.text()).value_or(otherwise) : otherwise;
}

Workload knative_workload(View spec) {
  const View annotations = spec.at("template.metadata.annotations");
  const int64_t least = annotated(annotations, "autoscaling.knative.dev/min-scale", "autoscaling.knative.dev/minScale", 0);
  const int64_t most = annotated(annotations, "autoscaling.knative.dev/max-scale", "autoscaling.knative.dev/maxScale", 0);
  // A new revision comes up in full before the old one goes.
  return {pod_request(spec.at("template.spec")), {std::max<int64_t>(least, 0), std::max(least, most), most > 0}, {}, "100%"};
}

std::optional<Workload> workload_of(const SideObject& object, const Autoscalers& autoscalers) {
  const View spec = View(object.node)["spec"];
  const std::string_view group = api_group(object.api_version);
  if (group == "serving.knative.dev" && object.kind == "Service") return knative_workload(spec);
  Workload out;
  if (group == "apps" && object.kind == "Deployment") {
    out.unit = pod_request(spec.at("template.spec"));
    out.surge = spec.at("strategy.rollingUpdate.maxSurge");
    out.default_surge = spec.at("strategy.type").text() == "Recreate" ? "0" : "25%";
  } else if (group == "apps" && object.kind == "StatefulSet") {
    out.unit = pod_request(spec.at("template.spec"));
  } else if (group == "leaderworkerset.x-k8s.io" && object.kind == "LeaderWorkerSet") {
    out.unit = group_request(spec);
    out.surge = spec.at("rolloutStrategy.rollingUpdateConfiguration.maxSurge");
  } else {
    return std::nullopt;
  }
  const int64_t replicas = std::max<int64_t>(spec["replicas"].integer().value_or(1), 0);
  const auto scaled = autoscalers.find(object.ref());
  out.scaling = scaled == autoscalers.end() ? Scaling{replicas, replicas, true} : scaled->second;
  return out;
}

// Percentages are rounded up, as the controllers do.
int64_t surge_count(View surge, std::string_view otherwise, int64_t replicas) {
  if (const auto whole = surge.integer()) return std::clamp<int64_t>(*whole, 0, replicas);
  const std::string_view text = surge.text(otherwise);
  if (!ends_with(text, "%")) return 0;
  const int64_t percent = std::clamp<int64_t>(parse_int(text.substr(0, text.size() - 1)).value_or(0), 0, 100);
  return replicas / 100 * percent + (replicas % 100 * percent + 99) / 100;
}

ObjectRef target_of(View reference, std::string_view namespace_) {
  return {std::string(reference["kind"].text("Deployment")), std::string(namespace_), std::string(reference["name"].text())};
}

}  // namespace

void Amounts::add(const Amounts& other, int64_t n) {
  pods = plus(pods, product(other.pods, n));
  cpu_milli = plus(cpu_milli, product(other.cpu_milli, n));
  memory_bytes = plus(memory_bytes, product(other.memory_bytes, n));
  for (const auto& [name, value] : other.devices) devices[name] = plus(devices[name], product(value, n));
}

void Demand::add(const Demand& other) {
  least.add(other.least);
  most.add(other.most);
  bounded = bounded && other.bounded;
}

Autoscalers autoscalers_of(const Side& side) {
  Autoscalers out;
  for (const SideObject& o : side.objects) {
    const View spec = View(o.node)["spec"];
    if (o.kind == "HorizontalPodAutoscaler") {
      const int64_t least = spec["minReplicas"].integer().value_or(1);
      out[target_of(spec["scaleTargetRef"], o.namespace_)] = {least, std::max(least, spec["maxReplicas"].integer().value_or(least)), true};
    } else if (o.kind == "ScaledObject") {
      const int64_t least = spec["minReplicaCount"].integer().value_or(0);
      out[target_of(spec["scaleTargetRef"], o.namespace_)] = {least, std::max(least, spec["maxReplicaCount"].integer().value_or(100)), true};
    }
  }
  return out;
}

bool runs_pods(const SideObject& object) {
  const std::string_view group = api_group(object.api_version);
  if (group == "apps") return object.kind == "Deployment" || object.kind == "StatefulSet";
  return (group == "leaderworkerset.x-k8s.io" && object.kind == "LeaderWorkerSet") || (group == "serving.knative.dev" && object.kind == "Service");
}

Demand demand_of(const SideObject& object, const Autoscalers& autoscalers) {
  Demand out;
  const auto workload = workload_of(object, autoscalers);
  if (!workload) return out;
  out.least.add(workload->unit, workload->scaling.least);
  out.most.add(workload->unit, workload->scaling.most);
  out.bounded = workload->scaling.bounded;
  return out;
}

Amounts surge_of(const SideObject& object, const Autoscalers& autoscalers) {
  Amounts out;
  if (const auto workload = workload_of(object, autoscalers)) out.add(workload->unit, surge_count(workload->surge, workload->default_surge, workload->scaling.least));
  return out;
}

// ---- words

std::string cpu_words(int64_t milli) {
  std::string fraction = cat(1000 + milli % 1000).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return cat(grouped(milli / 1000), fraction.empty() ? "" : ".", fraction);
}

std::string memory_words(int64_t bytes) {
  constexpr std::string_view kUnits[] = {"", "Ki", "Mi", "Gi"};
  size_t unit = 0;
  int64_t scale = 1;
  while (unit < 3 && bytes / scale >= 1024) {
    scale *= 1024;
    ++unit;
  }
  const int64_t tenths = bytes / scale * 10 + bytes % scale * 10 / scale;
  return cat(grouped(tenths / 10), tenths % 10 ? cat('.', tenths % 10) : std::string(), kUnits[unit]);
}

}  // namespace isvcc::diff

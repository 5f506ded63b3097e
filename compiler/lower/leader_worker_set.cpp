#include "lower/leader_worker_set.h"

#include <algorithm>

#include "base/text.h"
#include "kserve/names.h"
#include "lower/group_rollout.h"
#include "lower/standard.h"

namespace isvcc {
namespace {

constexpr ObjectKind kLeaderWorkerSet{"leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet"};
constexpr std::string_view kReserved = "leaderworkerset.sigs.k8s.io/", kGroupIndex = "ISVCC_LWS_GROUP_INDEX";
constexpr std::string_view kAddressed[] = {kGroupIndex, "HEAD_SVC", "WORKER_SVC"};

// Nothing depends on the generation any more: a change that does not touch the pods restarts none.
const Node* template_labels(Make make, View labels, std::string_view app, std::string_view role) {
  MapBuilder out(make, labels);
  out.erase(names::kGeneration).set(names::kApp, make.text(app));
  if (!role.empty()) out.set(names::kMultiNodeRole, make.borrowed(role));
  return out.build();
}

const Node* env_text(Make make, std::string_view name, std::string_view value) {
  return make.map({{"name", make.borrowed(name)}, {"value", make.text(value)}});
}

// Every worker finds the leader of its own group. Kubernetes expands $(NAME) from earlier entries only, so the three stand last.
const Node* addressed_env(View env, std::string_view set_name, Make make) {
  std::vector<const Node*> out;
  for (const View entry : env.items())
    if (std::find(std::begin(kAddressed), std::end(kAddressed), entry["name"].text()) == std::end(kAddressed)) out.push_back(entry.node());
  const Node* field = make.map({{"fieldPath", make.borrowed("metadata.labels['leaderworkerset.sigs.k8s.io/group-index']")}});
  out.push_back(make.map({{"name", make.borrowed(kGroupIndex)}, {"valueFrom", make.map({{"fieldRef", field}})}}));
  out.push_back(env_text(make, "HEAD_SVC", cat(set_name, "-$(", kGroupIndex, ").", set_name)));
  out.push_back(env_text(make, "WORKER_SVC", set_name));
  return make.list(out);
}

const Node* addressed_pod(View pod, std::string_view set_name, Make make) {
  const View containers = pod["containers"];
  for (size_t i = 0; i < containers.items().size(); ++i) {
    const View container = containers.item(i);
    if (container["name"].text() != names::kWorkerContainer) continue;
    const Node* changed = make.with(container, "env", addressed_env(container["env"], set_name, make));
    return make.with(pod, "containers", make.replaced(containers, i, changed));
  }
  return pod.node();
}

const Node* make_template(Make make, const Node* labels, const Node* annotations, const Node* spec) {
  const Node* metadata = make.map({{"labels", labels}, {"annotations", or_null_when_empty(annotations)}});
  return make.map({{"metadata", metadata}, {"spec", spec}});
}

View labels_of(const PodTemplate& pod, const Node* component_labels) { return pod.labels ? pod.labels : component_labels; }
const Node* annotations_of(const PodTemplate& pod, const Node* of_component) { return pod.annotations ? pod.annotations : of_component; }

// Texts a container's program can see: command, arguments, values of variables, commands of probes.
bool mentions(View value, std::string_view word, int depth = 0) {
  if (value.is_text()) return contains(value.text(), word);
  if (depth > 8) return false;
  const auto items = value.items();
  const auto fields = value.fields();
  return std::any_of(items.begin(), items.end(), [&](const Node* v) { return mentions(v, word, depth + 1); }) ||
         std::any_of(fields.begin(), fields.end(), [&](const Field& f) { return f.key() != "name" && mentions(f.value, word, depth + 1); });
}

bool pod_mentions(View pod, std::string_view word) {
  for (const View container : pod["containers"].items())
    for (const std::string_view key : {"command", "args", "env", "livenessProbe", "readinessProbe", "startupProbe"})
      if (mentions(container[key], word)) return true;
  return false;
}

// Lowers one predictor.
class GroupLowering {
 public:
  GroupLowering(const ComponentPlan& component, Lowering& lowering)
      : c_(component), w_(*component.worker), lowering_(lowering), make_(lowering.make), name_(lowering.keep(leader_worker_set_name(component.name))) {
    const bool fixed = View(c_.annotations)[names::kAutoscalerClass].text() == "none";
    replicas_ = fixed ? c_.extension["minReplicas"].integer() : std::nullopt;
  }

  std::optional<Failure> run() {
    if (auto failed = check_set()) return failed;
    if (auto failed = check_pods()) return failed;
    const GroupRollout rollout = group_rollout(c_, replicas_.value_or(1), lowering_);
    if (!rollout.error.empty()) return failure(cat("LeaderWorkerSet ", name_, ": ", rollout.error), rollout.where);
    warn();
    Workload leader;
    leader.app = lowering_.keep(cat("isvc.", c_.name));
    leader.metadata = metadata(c_.name);
    const Entry leaders_only{"leaderworkerset.sigs.k8s.io/worker-index", make_.borrowed("0")};
    lowering_.emit(make_default_service(c_, leader, lowering_, leaders_only));
    lowering_.emit(make_object(make_, kLeaderWorkerSet, metadata(name_), make_spec(rollout.strategy)));
    return lower_autoscaler(leader);
  }

 private:
  Failure refuse(const std::string& why, View where = {}) const { return failure(cat("LeaderWorkerSet ", name_, ": ", why), where); }

  const Node* metadata(std::string_view name) const {
    return make_metadata(make_, c_.namespace_, name, template_labels(make_, c_.labels, cat("isvc.", c_.name), ""), c_.annotations);
  }

  const Node* make_spec(const Node* rollout) const {
    const Node* leader = make_template(make_, template_labels(make_, labels_of(c_.pod, c_.labels), cat("isvc.", c_.name), "head"),
                                       annotations_of(c_.pod, c_.annotations), c_.pod.spec);
    const Node* worker = make_template(make_, template_labels(make_, labels_of(w_.pod, w_.labels), cat("isvc.", c_.name, "-worker"), "worker"),
                                       annotations_of(w_.pod, w_.annotations), addressed_pod(w_.pod.spec, name_, make_));
    // The stock head becomes ready only after its workers joined: waiting for a ready leader would never end. And no group survives
    // the loss of one of its pods.
    const Node* group = make_.map({{"size", make_.integer(w_.node_count)},
                                   {"restartPolicy", make_.borrowed("RecreateGroupOnPodRestart")},
                                   {"leaderTemplate", leader},
                                   {"workerTemplate", worker}});
    return make_.map({{"replicas", replicas_ ? make_.integer(*replicas_) : nullptr},
                      {"startupPolicy", make_.borrowed("LeaderCreated")},
                      {"rolloutStrategy", rollout},
                      {"leaderWorkerTemplate", group}});
  }

  std::optional<Failure> check_set() const {
    if (w_.node_count < 1) return refuse(cat("a group of ", w_.node_count, " pods has no leader: its size must be at least 1"), c_.extension["workerSpec"]);
    if (replicas_.value_or(1) > INT32_MAX / w_.node_count) return refuse("replicas × size is beyond 2147483647 pods", c_.extension["minReplicas"]);
    for (const std::string_view kind : {"Service", "LeaderWorkerSet", "InferenceService", "InferenceGraph"})
      if (const Object* other = lowering_.repository.find(kind, c_.namespace_, name_))
        return refuse(cat("its pods need a headless Service of this name, which ", kind, ' ', quote(name_), " of the same namespace takes"), other->view());
    return std::nullopt;
  }

  std::optional<Failure> check_pods() const {
    for (const View all : {labels_of(c_.pod, c_.labels), labels_of(w_.pod, w_.labels)})
      for (const Field& f : all.fields())
        if (starts_with(f.key(), kReserved)) return refuse(cat("label ", quote(f.key()), " belongs to its controller"), f.value);
    for (const View pod : {View(c_.pod.spec), View(w_.pod.spec)})
      if (pod["restartPolicy"].text("Always") != "Always") return refuse("its pods must have restartPolicy Always", pod["restartPolicy"]);
    return std::nullopt;
  }

  void warn() const {
    const auto report = [&](Code code, View where, std::string message) {
      lowering_.scratch.diags.report(code, Stage::Render, where, std::move(message)).in(lowering_.owner->ref());
    };
    if (pod_mentions(c_.pod.spec, "WORKER_SVC") || pod_mentions(w_.pod.spec, "WORKER_SVC"))
      report(Code::WorkerServiceMentioned, lowering_.owner->view(), cat("WORKER_SVC is ", name_, ", which resolves to the pods of all groups, leaders included"));
    const View strategy = c_.extension["deploymentStrategy"];
    if (strategy["type"].text() == "RollingUpdate") report(Code::StrategyOfGroups, strategy, "deploymentStrategy applies to whole groups, not to head and workers apart");
    const View source = View(c_.annotations)[names::kSourceUri];
    if (replicas_.value_or(1) > 1 && starts_with(source.text(), "pvc://"))
      report(Code::SharedClaim, source, cat(*replicas_, " groups mount the claim of ", quote(source.text()), ": it must be readable from many nodes"));
  }

  // KServe's admission allows multi-node services no autoscaler but `none`; the others work all the same.
  std::optional<Failure> lower_autoscaler(const Workload& leader) {
    const auto class_ = autoscaler_class(c_.annotations);
    if (make_otel_collector(c_, lowering_)) return refuse("pod metrics of OpenTelemetry name a Deployment, which its pods do not have", c_.extension["autoScaling"]);
    const Node* target = make_.map({{"apiVersion", make_.borrowed(kLeaderWorkerSet.api_version)}, {"kind", make_.borrowed(kLeaderWorkerSet.kind)}, {"name", make_.borrowed(name_)}});
    if (class_ == AutoscalerClass::Hpa) lowering_.emit(make_hpa(c_, leader, target, lowering_));
    if (class_ == AutoscalerClass::Keda) lowering_.emit(make_scaled_object(c_, leader, target, lowering_));
    return std::nullopt;
  }

  const ComponentPlan& c_;
  const WorkerPlan& w_;
  Lowering& lowering_;
  Make make_;
  std::string_view name_;
  std::optional<int64_t> replicas_;
};

}  // namespace

std::string leader_worker_set_name(std::string_view predictor) {
  if (predictor.size() + 3 <= 48) return cat(predictor, "-mn");
  return cat(predictor.substr(0, 36), '-', sha256_hex(predictor).substr(0, 8), "-mn");
}

std::optional<Failure> lower_leader_worker_set(const ComponentPlan& component, Lowering& lowering) { return GroupLowering(component, lowering).run(); }

}  // namespace isvcc

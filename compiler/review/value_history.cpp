#include "review/value_history.h"

#include "base/text.h"
#include "review/value_path.h"

namespace isvcc {
namespace {

// Where pods hide in rendered objects, and whether those are the pods of workers.
struct PodPlace {
  std::string_view prefix;
  bool worker;
};
constexpr PodPlace kPodPlaces[] = {{"spec.template.", false}, {"spec.leaderWorkerTemplate.leaderTemplate.", false}, {"spec.leaderWorkerTemplate.workerTemplate.", true}};

const PodPlace* pod_place(std::string_view path) {
  for (const PodPlace& place : kPodPlaces)
    if (starts_with(path, place.prefix)) return &place;
  return nullptr;
}

struct PodOwner {
  const ComponentPlan* component = nullptr;
  bool worker = false;
  explicit operator bool() const { return component != nullptr; }
  const PodTemplate& pod() const { return worker ? component->worker->pod : component->pod; }
};

// The component an object was made for. A LeaderWorkerSet has a name of its own, but only predictors become one.
PodOwner owner_in(const std::vector<ComponentPlan>& components, View object, bool worker) {
  const std::string_view name = object["metadata"]["name"].text();
  for (const ComponentPlan& c : components) {
    const bool set = object["kind"].text() == "LeaderWorkerSet" && c.worker;
    if (set || c.name == name) return {&c, worker && c.worker};
    if (c.worker && c.worker->name == name) return {&c, true};
  }
  return {};
}

View value_in(const PodTemplate& pod, const ValuePath& rest) {
  if (rest.begins_with("spec")) return rest.tail(1).in(pod.spec);
  if (rest.begins_with("metadata", "labels")) return rest.tail(2).in(pod.labels);
  if (rest.begins_with("metadata", "annotations")) return rest.tail(2).in(pod.annotations);
  return {};
}

// Containers of a runtime stand in the service as such, and the main one as spec.predictor.model.
View value_in_service(View spec, const ValuePath& rest, const PodOwner& owner) {
  View component = spec[role_name(owner.component->role)];
  if (owner.worker) component = component["workerSpec"];
  if (rest.begins_with("metadata")) return {};
  const ValuePath in_pod = rest.tail(1);
  if (const View value = in_pod.in(component)) return value;
  return in_pod.begins_with("containers", "kserve-container") ? in_pod.tail(2).in(component["model"]) : View();
}

// A runtime has the labels and annotations of its pods beside their containers.
View value_in_runtime(View spec, const ValuePath& rest, bool worker) { return rest.tail(1).in(worker ? spec["workerSpec"] : spec); }

bool same(View a, View b) {
  return a.node() == b.node() || (a && b && a.node()->origin.file == b.node()->origin.file && a.node()->origin.offset == b.node()->origin.offset && equal(a, b));
}

class History {
 public:
  void source(std::string where, View value) {
    if (!value) return;
    entries_.push_back({std::move(where), value});
    last_ = value;
  }
  void stage(std::string_view words, View value) {
    if (!value || (last_ && same(last_, value))) return;
    entries_.push_back({cat("after ", words), value});
    last_ = value;
  }
  std::vector<HistoryEntry> take() { return std::move(entries_); }

 private:
  std::vector<HistoryEntry> entries_;
  View last_;
};

}  // namespace

std::vector<HistoryEntry> history_of(View object, std::string_view path, const ServiceFacts& service, const PodStages& stages) {
  const PodPlace* place = pod_place(path);
  if (!place || stages.all().empty()) return {};
  const PodOwner owner = owner_in(stages.all().back().components, object, place->worker);
  if (!owner) return {};
  const ValuePath rest = ValuePath(object, path).after(place->prefix);
  History history;
  const Object* runtime = owner.component->role == Role::Predictor || owner.component->role == Role::Canary ? runtime_of(service) : nullptr;
  if (runtime) history.source(long_name(*runtime), value_in_runtime(runtime->view()["spec"], rest, owner.worker));
  history.source(long_name(*service.service), value_in_service(service.service->view()["spec"], rest, owner));
  for (const PodStages::Stage& stage : stages.all())
    if (const PodOwner then = owner_in(stage.components, object, place->worker)) history.stage(stage.words, value_in(then.pod(), rest));
  history.stage("rendering", find(object, path));
  return history.take();
}

}  // namespace isvcc

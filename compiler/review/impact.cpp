#include "review/impact.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "review/explain.h"
#include "select/labels.h"

namespace isvcc {
namespace {

using Name = std::pair<std::string_view, std::string_view>;
using ManifestsByOwner = std::map<std::tuple<std::string_view, std::string_view, std::string_view>, std::vector<const Manifest*>>;

std::tuple<std::string_view, std::string_view, std::string_view> owner_key(const Object& o) { return {o.kind, o.namespace_, o.name}; }

ManifestsByOwner by_owner(std::span<const Manifest> manifests) {
  ManifestsByOwner out;
  for (const Manifest& m : manifests)
    if (m.owner) out[owner_key(*m.owner)].push_back(&m);
  return out;
}

bool same_rendering(const std::vector<const Manifest*>& a, const std::vector<const Manifest*>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Manifest* x, const Manifest* y) { return equal(x->node, y->node); });
}

bool compiles(const ServiceFacts& s) { return s.plan && !s.failure; }

bool same_object(const Object* a, const Object* b) { return a == b || (a && b && a->ref() == b->ref()); }

bool is_runtime(const Object& o) { return o.kind == "ServingRuntime" || o.kind == "ClusterServingRuntime"; }

// What one runtime means to the services that do not run on it.
class RuntimeReach {
 public:
  RuntimeReach(const Runtime& runtime, const Facts& facts) : runtime_(runtime), facts_(facts) {
    for (const Node* format : View(runtime.spec)["supportedModelFormats"].items()) formats_.insert(View(format)["name"].text());
  }

  // Nothing for services that have nothing to do with the runtime.
  std::optional<ImpactEntry> of(const ServiceFacts& service) const {
    const Object& object = *service.service;
    const View predictor = object.view().at("spec.predictor"), model = predictor["model"];
    const bool visible = runtime_.cluster || runtime_.object->namespace_ == object.namespace_;
    if (!service.plan || !visible || !formats_.count(model["modelFormat"]["name"].text())) return std::nullopt;
    if (model["runtime"]) return shielded(service, cat("names runtime ", quote(model["runtime"].text())));
    const bool multi_node = static_cast<bool>(predictor["workerSpec"]);
    if (const Drop drop = drop_of(runtime_, model, multi_node); drop != Drop::None) return shielded(service, cat(short_name(*runtime_.object), ' ', drop_sentence({&runtime_, drop, {}}, model)));
    return behind(service, model["modelFormat"]["name"].text());
  }

 private:
  static ImpactEntry shielded(const ServiceFacts& service, std::string why) { return {&service, Reach::Shielded, nullptr, std::move(why), false}; }

  std::optional<ImpactEntry> behind(const ServiceFacts& service, std::string_view format) const {
    const Object* winner = runtime_of(service);
    if (!winner) return std::nullopt;
    if (runtime_.cluster && winner->kind == "ServingRuntime") return shielded(service, cat(long_name(*winner), " of its own namespace goes first, whatever the priority"));
    const Runtime* found = winner->kind == "ServingRuntime" ? scope_find(facts_.runtimes.in(winner->namespace_), winner->name) : scope_find(facts_.runtimes.cluster, winner->name);
    const auto priority = found ? priority_for(found->spec, format) : std::nullopt;
    const std::string why = !runtime_.cluster && winner->kind == "ClusterServingRuntime" ? std::string("any change that makes it a candidate is enough")
                            : priority                                                    ? cat("a priority above ", *priority, " is enough")
                                                                                          : std::string("any priority is enough");
    return ImpactEntry{&service, Reach::Could, winner, why, false};
  }

  static const Runtime* scope_find(const RuntimeScope& scope, std::string_view name) {
    const auto found = scope.by_name.find(name);
    return found == scope.by_name.end() ? nullptr : &scope.runtimes[found->second];
  }

  const Runtime& runtime_;
  const Facts& facts_;
  std::set<std::string_view> formats_;
};

class ImpactFinder {
 public:
  ImpactFinder(const ImpactSubjects& subjects, const CompiledSide& with, const CompiledSide& without)
      : subjects_(subjects), with_(with), before_(by_owner(with.manifests)), after_(by_owner(without.manifests)) {
    for (const ServiceFacts& s : without.facts.services) later_[{s.service->namespace_, s.service->name}] = &s;
    for (const Object* o : subjects.objects) {
      own_.insert(owner_key(*o));
      if (is_runtime(*o)) add_runtime(*o);
    }
  }

  Impact find() {
    Impact impact;
    impact.total_services = with_.facts.services.size();
    for (const ServiceFacts& s : with_.facts.services)
      if (auto entry = entry_of(s)) {
        entry->held = entry->reach <= Reach::Changes && annotation(s.service->view(), "serving.kserve.io/disable-auto-update").text() == "true";
        impact.services.push_back(std::move(*entry));
      }
    for (const auto& [key, manifests] : before_) add_other(manifests, impact);
    return impact;
  }

 private:
  void add_runtime(const Object& object) {
    const RuntimeScope& scope = object.kind == "ServingRuntime" ? with_.facts.runtimes.in(object.namespace_) : with_.facts.runtimes.cluster;
    if (const auto found = scope.by_name.find(object.name); found != scope.by_name.end()) runtimes_.emplace_back(scope.runtimes[found->second], with_.facts);
  }

  std::optional<ImpactEntry> entry_of(const ServiceFacts& s) const {
    if (own_.count(owner_key(*s.service))) return ImpactEntry{&s, Reach::Own, nullptr, {}, false};
    if (auto reached = reached_of(s)) return reached;
    if (!subjects_.everything.empty()) return ImpactEntry{&s, Reach::Changes, nullptr, {}, false};
    std::optional<ImpactEntry> best;
    for (const RuntimeReach& runtime : runtimes_)
      if (auto entry = runtime.of(s); entry && (!best || entry->reach < best->reach)) best = std::move(entry);
    return best;
  }

  std::optional<ImpactEntry> reached_of(const ServiceFacts& s) const {
    const auto found = later_.find({s.service->namespace_, s.service->name});
    if (found == later_.end()) return std::nullopt;
    const ServiceFacts& later = *found->second;
    if (compiles(s) && !compiles(later)) return ImpactEntry{&s, Reach::Breaks, nullptr, later.failure ? later.failure->message : "admission would refuse it", false};
    if (const Object* next = runtime_of(later); next && !same_object(runtime_of(s), next)) return ImpactEntry{&s, Reach::Switches, next, {}, false};
    if (compiles(s) == compiles(later) && same_rendering(rendering(before_, s), rendering(after_, s))) return std::nullopt;
    return ImpactEntry{&s, Reach::Changes, nullptr, {}, false};
  }

  static const std::vector<const Manifest*>& rendering(const ManifestsByOwner& manifests, const ServiceFacts& s) {
    static const std::vector<const Manifest*> none;
    const auto found = manifests.find(owner_key(*s.service));
    return found == manifests.end() ? none : found->second;
  }

  void add_other(const std::vector<const Manifest*>& manifests, Impact& impact) const {
    const Object& owner = *manifests[0]->owner;
    if (owner.kind == "InferenceService" || own_.count(owner_key(owner))) return;
    const auto later = after_.find(owner_key(owner));
    if (!subjects_.everything.empty() || later == after_.end() || !same_rendering(manifests, later->second)) impact.others.push_back(&owner);
  }

  const ImpactSubjects& subjects_;
  const CompiledSide& with_;
  ManifestsByOwner before_, after_;
  std::map<Name, const ServiceFacts*> later_;
  std::set<std::tuple<std::string_view, std::string_view, std::string_view>> own_;
  std::vector<RuntimeReach> runtimes_;
};

}  // namespace

std::string_view reach_word(Reach reach) {
  static constexpr std::string_view kWords[] = {"own", "breaks", "switches", "changes", "could", "shielded"};
  return kWords[static_cast<size_t>(reach)];
}

size_t Impact::count(Reach reach) const {
  return static_cast<size_t>(std::count_if(services.begin(), services.end(), [&](const ImpactEntry& e) { return e.reach == reach; }));
}

Impact find_impact(const ImpactSubjects& subjects, const CompiledSide& with, const CompiledSide& without) { return ImpactFinder(subjects, with, without).find(); }

}  // namespace isvcc

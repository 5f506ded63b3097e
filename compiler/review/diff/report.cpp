#include "review/diff/report.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/parallel.h"
#include "base/text.h"
#include "review/diff/compare.h"
#include "review/diff/service_renames.h"

namespace isvcc::diff {

bool ServiceChange::runtime_switched() const {
  if (before.state != ServiceState::Rendered || after.state != ServiceState::Rendered) return false;
  return before.runtime_kind != after.runtime_kind || before.runtime_name != after.runtime_name;
}

namespace {

auto identity(const SideObject& o) { return std::tuple(api_group(o.api_version), o.kind, o.namespace_, o.name); }

struct Pair {
  const SideObject *before = nullptr, *after = nullptr;
};

// Both lists are sorted by identity.
std::vector<Pair> pair_objects(const Side& before, const Side& after) {
  std::vector<Pair> pairs;
  pairs.reserve(std::max(before.objects.size(), after.objects.size()));
  size_t i = 0, j = 0;
  while (i < before.objects.size() || j < after.objects.size()) {
    const SideObject* a = i < before.objects.size() ? &before.objects[i] : nullptr;
    const SideObject* b = j < after.objects.size() ? &after.objects[j] : nullptr;
    if (a && b && identity(*a) != identity(*b)) (identity(*a) < identity(*b) ? b : a) = nullptr;
    pairs.push_back({a, b});
    i += a != nullptr;
    j += b != nullptr;
  }
  return pairs;
}

size_t apply(const Filter& filter, ObjectChange& change) {
  const auto ignored = [&](const Change& c) { return filter.ignores(c, change.object().kind); };
  const size_t count = change.changes.size();
  change.changes.erase(std::remove_if(change.changes.begin(), change.changes.end(), ignored), change.changes.end());
  return count - change.changes.size();
}

ObjectChange compare_pair(const Pair& pair, const SchemaSet* schemas, const Filter& filter, Arena& arena, size_t& ignored) {
  ObjectChange out{pair.before, pair.after, {}, {}};
  if (pair.before && pair.after && equal(pair.before->node, pair.after->node)) return out;
  if (filter.ignores_kind(out.object().kind)) {
    ++ignored;
    return out;
  }
  if (!pair.before || !pair.after) {
    out.effects.add(pair.after ? Effect::Create : Effect::Delete);
    // A route that comes or goes changes traffic, an autoscaler the scale.
    const Effect kind = effect_of(api_group(out.object().api_version), out.object().kind, "spec.x");
    if (kind == Effect::Traffic || kind == Effect::Scale) out.effects.add(kind);
    return out;
  }
  out.changes = compare_objects(pair.before->node, pair.after->node, schemas ? schemas->kind(pair.after->api_version, pair.after->kind) : nullptr, arena);
  ignored += apply(filter, out);
  for (const Change& c : out.changes) out.effects.add(c.effect);
  return out;
}

std::vector<ObjectChange> changed_objects(const Side& before, const Side& after, const ReportOptions& options, Report& report) {
  const std::vector<Pair> pairs = pair_objects(before, after);
  std::vector<ObjectChange> slots(pairs.size());
  const size_t threads = std::max<size_t>(options.threads, 1);
  std::vector<size_t> ignored(threads);
  for (size_t i = 0; i < threads; ++i) report.arenas.emplace_back();
  constexpr size_t kAtOnce = 64;  // pairs a task
  parallel_for((pairs.size() + kAtOnce - 1) / kAtOnce, threads, [&](size_t worker, size_t task) {
    for (size_t i = task * kAtOnce; i < std::min(pairs.size(), (task + 1) * kAtOnce); ++i)
      slots[i] = compare_pair(pairs[i], after.schemas, options.filter, report.arenas[worker], ignored[worker]);
  });
  for (size_t count : ignored) report.ignored += count;
  slots.erase(std::remove_if(slots.begin(), slots.end(), [](const ObjectChange& c) { return c.effects.empty(); }), slots.end());
  return slots;
}

// ---- services

// The services of one side, and what hides some of them.
struct ServiceIndex {
  explicit ServiceIndex(const Side& side) {
    for (const SideService& s : side.services) services.emplace(s.ref, &s);
    for (const SideError& e : side.errors)
      if (!e.file.empty()) files_with_errors.insert(e.file);
  }
  const SideService* find(const ObjectRef& ref) const {
    const auto found = services.find(ref);
    return found == services.end() ? nullptr : found->second;
  }
  // A service that is missing here only because its file cannot be read is not deleted. `other` is the other side's.
  SideService state_of(const ObjectRef& ref, const SideService* other) const {
    if (const SideService* found = find(ref)) return *found;
    SideService missing;
    missing.ref = ref;
    if (other && files_with_errors.count(other->file)) missing.state = ServiceState::Unknown;
    return missing;
  }

  std::map<ObjectRef, const SideService*> services;
  std::set<std::string> files_with_errors;
};

class Builder {
 public:
  Builder(const Side& before, const Side& after) : old_(before), new_(after) {}

  // Objects of a service that is broken on one side are neither made nor deleted: nobody knows.
  void add(ObjectChange&& change) {
    ServiceChange& service = of(change.object().owner);
    if ((!change.after && service.breaks()) || (!change.before && service.mends())) return;
    service.effects.add(change.effects);
    service.objects.push_back(std::move(change));
  }
  void add_service_news() {
    for (const ServiceIndex* side : {&old_, &new_})
      for (const auto& [ref, service] : side->services) note(ref);
  }
  std::vector<ServiceChange> take() {
    std::vector<ServiceChange> out;
    for (auto& [ref, change] : changes_)
      if (matters(change)) out.push_back(std::move(change));
    return out;
  }

 private:
  ServiceChange& of(const ObjectRef& ref) {
    const auto [at, fresh] = changes_.try_emplace(ref);
    if (!fresh || ref.kind.empty()) return at->second;
    at->second.ref = ref;
    at->second.before = old_.state_of(ref, new_.find(ref));
    at->second.after = new_.state_of(ref, old_.find(ref));
    return at->second;
  }
  // Services that switch or break without any object saying so.
  void note(const ObjectRef& ref) {
    const SideService *a = old_.find(ref), *b = new_.find(ref);
    const bool same = a && b && a->state == b->state && a->runtime_name == b->runtime_name && a->runtime_kind == b->runtime_kind && a->mode == b->mode;
    if (!same) of(ref);
  }
  static bool matters(const ServiceChange& c) {
    return !c.objects.empty() || c.runtime_switched() || c.mode_switched() || c.before.state != c.after.state;
  }

  ServiceIndex old_, new_;
  std::map<ObjectRef, ServiceChange> changes_;
};

// Owners of workloads.
std::set<ObjectRef> running_services(const Side& side) {
  std::set<ObjectRef> out;
  for (const SideObject& o : side.objects)
    if (runs_pods(o)) out.insert(o.owner);
  return out;
}

void note_running(const Side& before, const Side& after, std::vector<ServiceChange>& services) {
  const std::set<ObjectRef> was = running_services(before), is = running_services(after);
  for (ServiceChange& s : services) {
    if (s.ref.kind.empty() || s.created() || s.deleted() || s.breaks() || s.mends()) continue;
    const auto has = [&](bool wanted) {
      return std::any_of(s.objects.begin(), s.objects.end(), [&](const ObjectChange& o) { return runs_pods(o.object()) && (wanted ? !o.before : !o.after); });
    };
    if (was.count(s.ref) != is.count(s.ref)) s.running = is.count(s.ref) ? Running::Starts : Running::Stops;
    else if (has(true) && has(false)) s.running = Running::Rebuilt;
  }
}

int rank(const ServiceChange& c) {
  if (c.breaks()) return 0;
  if (c.runtime_switched()) return 1;
  if (c.mode_switched()) return 2;
  return 3 + kEffects - static_cast<int>(c.effects.worst());
}

void sort_services(std::vector<ServiceChange>& services) {
  std::stable_sort(services.begin(), services.end(), [](const ServiceChange& a, const ServiceChange& b) { return rank(a) < rank(b); });
}

// The place does not count: a line added above moves it.
auto essence(const SideError& e) { return std::tie(e.code, e.message, e.object); }

ErrorNews compare_errors(const Side& before, const Side& after) {
  std::set<std::tuple<std::string, std::string, ObjectRef>> was, is;
  for (const SideError& e : before.errors) was.insert(essence(e));
  for (const SideError& e : after.errors) is.insert(essence(e));
  ErrorNews news;
  for (const SideError& e : after.errors) (was.count(essence(e)) ? news.on_both : news.appeared).push_back(e);
  for (const SideError& e : before.errors)
    if (!is.count(essence(e))) news.gone.push_back(e);
  return news;
}

// ---- what is asked for

void add_totals(const Side& before, const Side& after, Report& report) {
  const Autoscalers old_scalers = autoscalers_of(before), new_scalers = autoscalers_of(after);
  std::set<ObjectRef> hidden;
  for (const ServiceChange& s : report.services)
    if (s.breaks() || s.mends()) hidden.insert(s.ref);
  for (const SideObject& o : before.objects)
    if (!hidden.count(o.owner)) report.demand_before.add(demand_of(o, old_scalers));
  for (const SideObject& o : after.objects)
    if (!hidden.count(o.owner)) report.demand_after.add(demand_of(o, new_scalers));
  for (const ServiceChange& s : report.services)
    for (const ObjectChange& o : s.objects)
      if (o.before && o.after && o.effects.has(Effect::Restart)) report.surge.add(surge_of(*o.after, new_scalers));
}

}  // namespace

Report compare_sides(const Side& before, const Side& after, const ReportOptions& options) {
  Report report;
  report.before_label = before.label;
  report.after_label = after.label;
  report.services_before = before.services.size();
  report.services_after = after.services.size();
  report.objects_before = before.objects.size();
  report.objects_after = after.objects.size();
  report.errors = compare_errors(before, after);
  Builder builder(before, after);
  for (ObjectChange& change : changed_objects(before, after, options, report)) builder.add(std::move(change));
  builder.add_service_news();
  report.services = builder.take();
  sort_services(report.services);
  note_running(before, after, report.services);
  find_renamed_services(report.services);
  add_totals(before, after, report);
  return report;
}

}  // namespace isvcc::diff

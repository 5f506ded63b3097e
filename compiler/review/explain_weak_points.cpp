#include "base/text.h"
#include "review/explain_parts.h"
#include "select/labels.h"

namespace isvcc {
namespace {

constexpr size_t kStableSort = 12;  // Go's sort.Slice keeps the order of equal elements up to here

std::string_view created(const Runtime& r) { return metadata(r.object->written)["creationTimestamp"].text(); }

std::string priority_words(const Candidate& c) { return c.priority ? cat("priority ", *c.priority) : std::string("no priority"); }

// How the winner got ahead of the next candidate of its own scope.
void add_narrow_win(const Candidate& winner, const Candidate& next, std::vector<std::string>& out) {
  if (winner.priority != next.priority) return;
  const Runtime &a = *winner.runtime, &b = *next.runtime;
  const std::string same = cat(short_name(*b.object), " has the same priority");
  if (a.protocol_class != b.protocol_class) {
    out.push_back(cat("wins only by protocol class: ", same, ", but lists no protocol as early as ", protocol_of_class(a.protocol_class)));
  } else if (created(a) != created(b)) {
    out.push_back(cat("wins only by its creation time: ", same, " and protocol class, and is older"));
  } else {
    out.push_back(cat("wins only by name: ", same, " and protocol class; in a cluster the one created last wins"));
  }
}

void add_newcomers(const Candidate& winner, std::string_view namespace_, std::string_view format, std::vector<std::string>& out) {
  const std::string by_priority = winner.priority ? cat("with a priority above ", *winner.priority) : std::string("with any priority");
  if (winner.runtime->cluster) {
    out.push_back(cat("a new ServingRuntime in namespace ", printable(namespace_), " that selects ", format, " automatically would take over, whatever its priority"));
    out.push_back(cat("a new ClusterServingRuntime ", by_priority, " would take over"));
  } else {
    out.push_back(cat("a new ServingRuntime in namespace ", printable(namespace_), ' ', by_priority, " would take over"));
  }
}

// The priority counts although another entry of the format supplies it.
void add_borrowed_priority(const Candidate& winner, View format, std::vector<std::string>& out) {
  const View first = View(winner.runtime->spec)["supportedModelFormats"].named("name", format["name"].text());
  const bool matches = first["autoSelect"].is_true() && (!format["version"] || first["version"].text() == format["version"].text());
  if (winner.priority && !matches) out.push_back(cat(priority_words(winner), " is taken from the first entry of the format in supportedModelFormats, which is not the one that matched"));
}

void add_automatic(const Explanation& e, const Facts& facts, std::vector<std::string>& out) {
  size_t survivors = 0;
  while (survivors < e.candidates.size() && e.candidates[survivors].drop == Drop::None) ++survivors;
  if (survivors == 0) return;
  const Object& service = *e.service->service;
  const View format = service.view().at("spec.predictor.model.modelFormat");
  const Candidate& winner = e.candidates[0];
  if (survivors == 1) out.emplace_back("is the only candidate: without it the service fails");
  else if (e.candidates[1].runtime->cluster == winner.runtime->cluster) add_narrow_win(winner, e.candidates[1], out);
  if (survivors > kStableSort) out.push_back(cat("is one of ", survivors, " candidates: beyond ", kStableSort, " KServe's sort may reorder equals"));
  add_borrowed_priority(winner, format, out);
  add_newcomers(winner, service.namespace_, printable(format["name"].text()), out);
  const Runtime* found = facts.runtimes.find(service.namespace_, winner.runtime->object->name);
  if (found && found->object != winner.runtime->object)
    out.push_back(cat("its annotations are read from ", long_name(*found->object), ", which has the same name"));
}

void add_named(const Explanation& e, const Facts& facts, std::vector<std::string>& out) {
  if (!e.runtime) return;
  const Object& service = *e.service->service;
  if (e.runtime->kind == "ClusterServingRuntime") {
    out.push_back(cat("a new ServingRuntime ", printable(e.runtime->name), " in namespace ", printable(service.namespace_), " would take its place, even a disabled one"));
  } else if (facts.runtimes.cluster.by_name.count(e.runtime->name)) {
    out.emplace_back("hides the ClusterServingRuntime of the same name");
  }
}

}  // namespace

std::vector<std::string> weak_points(const Explanation& e, const Facts& facts) {
  std::vector<std::string> out;
  if (e.choice == Choice::Automatic) add_automatic(e, facts, out);
  if (e.choice == Choice::Named) add_named(e, facts, out);
  return out;
}

}  // namespace isvcc

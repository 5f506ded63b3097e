#pragma once
// What printers of a report have in common: sentences, short names of places, values as lines. Knows no output format.
#include <string>
#include <string_view>
#include <vector>

#include "review/diff/fold.h"
#include "review/diff/report.h"

namespace isvcc::diff {

// "10,000"
std::string grouped(int64_t number);
// "1 service", "2,000 services"
std::string count_of(size_t count, std::string_view one, std::string_view many);

// How many services break, restart, scale, …: each counts once, by what matters most; the worst first. `words` fit the number.
struct EffectCount {
  std::string words;
  size_t count = 0;
};
std::vector<EffectCount> effect_counts(const Report& report);
// "restart + scale"
std::string effect_words(Effects effects);
// "213 of 10,000 services change: …", or that nothing does.
std::string verdict(const Report& report);

// "ClusterServingRuntime kserve-sklearnserver (selected)"
std::string runtime_words(const SideService& service);
// "fraud/card-score"; other kinds than InferenceService are named.
std::string service_name(const ObjectRef& ref);
// "Deployment iris-predictor", "Knative Service iris-predictor"
std::string kind_words(const SideObject& object);

// How a service stands: "restart + scale", "new, 5 objects".
std::string service_words(const ServiceChange& service);
// What has to be said of a service beside its objects, one sentence each: it breaks, switches, was renamed.
struct Fact {
  std::string text;
  bool alarming = false;
};
std::vector<Fact> facts_of(const ServiceChange& service);

// Whether the change is inside a pod template.
bool is_in_pod(const Change& change, std::string_view kind);
// A path as people say it: "kserve-container: env HOME", "pod: nodeSelector[disk]".
std::string place_words(const Change& change, std::string_view kind);

// A value as lines without their sign. One line for a scalar.
std::vector<std::string> value_lines(View value);

// What a change comes to: lines to take away and lines to put in their place. `note` stands for both where values say nothing.
struct ChangeLines {
  std::string place, note;
  std::vector<std::string> before, after;
};
// Lines longer than `longest` bytes are cut; of two long ones only what differs is kept. SIZE_MAX keeps all. `told` is no whole object.
ChangeLines lines_of(const ServiceChange& service, const ToldChange& told, size_t longest = 1000);

// "Service, Deployment iris-predictor", "HTTPRoute ranker, ranker-predictor"
std::string objects_words(const std::vector<ObjectName>& objects);
// The first changes in a few words, for a title: "kserve-container: image v1 → v2, and 3 more".
std::string gist_of(const ServiceChange& service, const std::vector<ToldChange>& changes);

// Errors that say the same, told once.
struct ErrorGroup {
  const SideError* first = nullptr;
  size_t count = 0;
};
std::vector<ErrorGroup> group_errors(const std::vector<SideError>& errors);
// "teams/a.yaml:3:4: message [E0101]", "… (and 12 more like it)"
std::string error_words(const ErrorGroup& group);

// "3 errors are on both sides; …"; empty when there are none.
std::string errors_on_both_words(const Report& report);

// What workloads ask for, when that changes: one row each for pods, devices, CPU and memory.
struct TotalsRow {
  std::string what, before, after;
};
std::vector<TotalsRow> totals_of(const Report& report);
// "4 pods, 1.85 cpu, 3.5Gi memory": what exists on top while pods are replaced; empty when nothing does.
std::string surge_words(const Report& report);

struct SignedLine {
  char sign = ' ';  // '-', '+', ' ' for context, '~' for a gap
  std::string text;
};
// Two texts as one, with `context` equal lines around what differs.
std::vector<SignedLine> interleaved(const std::vector<std::string>& before, const std::vector<std::string>& after, size_t context);

// "fraud/card-score, search/ranker", or, when there are more than `most_names`, "churn-labs 22, fraud-core 3 and 12 other namespaces".
std::string members_words(const Report& report, const std::vector<size_t>& services, size_t most_names);
// "Deployment, 2 HTTPRoutes, Service": the objects of a service as a whole.
std::string kinds_words(const ServiceChange& service);

}  // namespace isvcc::diff

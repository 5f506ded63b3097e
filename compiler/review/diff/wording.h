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

// "212 restart, 3 scale, 1 is deleted"; services by their worst effect.
std::string effects_summary(const Report& report);
// "restart + scale"
std::string effect_words(Effects effects);
// "213 of 10,000 services change: …", or that nothing does.
std::string verdict(const Report& report);

// "ClusterServingRuntime kserve-sklearnserver (selected)"
std::string runtime_words(const SideService& service);
// "fraud/card-score"; other kinds than InferenceService are named.
std::string service_name(const ObjectRef& ref);
std::string object_name(const SideObject& object);

// How a service stands: "restart + scale", "new, 5 objects".
std::string service_words(const ServiceChange& service);
// What has to be said of a service beside its objects, one sentence each: it breaks, switches, was renamed.
struct Fact {
  std::string text;
  bool alarming = false;
};
std::vector<Fact> facts_of(const ServiceChange& service);

// A path as people say it: "kserve-container: env HOME", "pod: nodeSelector[disk]".
std::string place_words(const Change& change, std::string_view kind);

// A value as lines without their sign. One line for a scalar.
std::vector<std::string> value_lines(View value);

// What a change comes to: lines to take away and lines to put in their place. `note` stands for both where values say nothing.
struct ChangeLines {
  std::string place, note;
  std::vector<std::string> before, after;
};
ChangeLines lines_of(const Change& change, std::string_view kind);

// Errors that say the same, told once.
struct ErrorGroup {
  const SideError* first = nullptr;
  size_t count = 0;
};
std::vector<ErrorGroup> group_errors(const std::vector<SideError>& errors);
// "teams/a.yaml:3:4: message [E0101]", "… (and 12 more like it)"
std::string error_words(const ErrorGroup& group);

// What workloads ask for, when that changes: one row each for pods, devices, CPU and memory.
struct TotalsRow {
  std::string what, before, after, rollout;  // rollout is empty when no pods are replaced
};
std::vector<TotalsRow> totals_of(const Report& report);

struct SignedLine {
  char sign = ' ';  // '-', '+', ' ' for context, '~' for a gap
  std::string text;
};
// Two texts as one, with `context` equal lines around what differs.
std::vector<SignedLine> interleaved(const std::vector<std::string>& before, const std::vector<std::string>& after, size_t context);

// "ads-core 12, churn-labs 3": services by namespace, the first names spelled out when they are few.
std::string members_words(const Report& report, const std::vector<size_t>& services, size_t most_names);

}  // namespace isvcc::diff

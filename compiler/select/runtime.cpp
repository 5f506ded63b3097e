#include <algorithm>

#include "base/edit_distance.h"
#include "base/text.h"
#include "select/go_sort.h"
#include "select/labels.h"
#include "select/select.h"

namespace isvcc {

std::string_view drop_words(Drop drop) {
  static constexpr std::string_view kWords[] = {
      "could serve the model",
      "is disabled",
      "serves several models at once (multiModel)",
      "does not list the model format",
      "lists the model format, but not this version",
      "lists the model format, but not for automatic selection (autoSelect)",
      "does not speak the protocol",
      "has no workerSpec, which the multi-node service needs",
      "has a workerSpec, which only multi-node services use",
  };
  return kWords[static_cast<size_t>(drop)];
}

std::string_view drop_word(Drop drop) {
  static constexpr std::string_view kWords[] = {"none", "disabled", "multiModel", "format", "version", "autoSelect", "protocol", "workerSpecMissing", "workerSpecPresent"};
  return kWords[static_cast<size_t>(drop)];
}

// Empty protocol lists and empty protocols match everything (IsProtocolVersionSupported).
static bool speaks(View spec, std::string_view protocol) {
  const View listed = spec["protocolVersions"];
  if (listed.size() == 0 || protocol.empty()) return true;
  return std::any_of(listed.items().begin(), listed.items().end(), [&](const Node* p) { return View(p).text() == protocol; });
}

// An unset protocol counts as v1 in automatic selection.
std::string_view wanted_protocol(View model) { return model["protocolVersion"] ? model["protocolVersion"].text() : "v1"; }

static bool suits(const Runtime& runtime, std::string_view protocol, bool multi_node) {
  return !runtime.disabled && !runtime.multi_model && runtime.multi_node == multi_node && speaks(runtime.spec, protocol);
}

namespace {
struct Ranked {
  const Runtime* runtime;
  std::optional<int64_t> priority;
};
}  // namespace

// Two names may make one label (`a:b` without a version, `a` with version `b`), but nearly always it is the one that was offered.
static std::optional<int64_t> priority_of(const AutomaticOffer& offer, const Runtime& runtime, std::string_view format_name) {
  return offer.format == format_name ? offer.priority : priority_for(runtime.spec, format_name);
}

// Pass 2 of KServe's order: by priority, with sort.Slice.
static void sort_by_priority(std::vector<Ranked>& ranked) {
  go_sort(
      ranked.size(),
      [&](size_t i, size_t j) {
        if (!ranked[i].priority) return false;
        return !ranked[j].priority || *ranked[i].priority > *ranked[j].priority;
      },
      [&](size_t i, size_t j) { std::swap(ranked[i], ranked[j]); });
}

std::vector<const Runtime*> automatic_candidates(const RuntimeScope& scope, View model, bool multi_node) {
  const auto offers = scope.automatic.find(model_label(model["modelFormat"]));
  if (offers == scope.automatic.end()) return {};
  const std::string_view format_name = model["modelFormat"]["name"].text(), protocol = wanted_protocol(model);
  std::vector<Ranked> ranked;
  ranked.reserve(offers->second.size());
  for (const AutomaticOffer& offer : offers->second)
    if (const Runtime& runtime = scope.runtimes[offer.position]; suits(runtime, protocol, multi_node)) ranked.push_back({&runtime, priority_of(offer, runtime, format_name)});
  sort_by_priority(ranked);
  std::vector<const Runtime*> out;
  out.reserve(ranked.size());
  for (const Ranked& r : ranked) out.push_back(r.runtime);
  return out;
}

static std::optional<Failure> select_named(View model, std::string_view namespace_, const RuntimeIndex& index, Selection& selection) {
  const std::string_view name = model["runtime"].text();
  const Runtime* found = index.find(namespace_, name);
  if (!found) return Failure{"RuntimeNotRecognized", cat("No ServingRuntimes or ClusterServingRuntimes with the name: ", name), model["runtime"]};
  if (found->disabled) return Failure{"RuntimeDisabled", cat("specified runtime ", name, " is disabled"), model["runtime"]};
  if (model["protocolVersion"] && !speaks(found->spec, model["protocolVersion"].text()))
    return Failure{"NoSupportingRuntime", cat("specified runtime ", name, " does not support specified protocol version"), model["protocolVersion"]};
  if (!offers(found->spec, model_label(model["modelFormat"])))
    return Failure{"NoSupportingRuntime", cat("specified runtime ", name, " does not support specified framework/version"), model["modelFormat"]};
  selection = {found, found, false};
  return std::nullopt;
}

static std::string no_runtime_text(View format) {
  const std::string version = format["version"] ? std::string(format["version"].text()) : "<nil>";
  return cat("no runtime found to support predictor with model type: {", format["name"].text(), " ", version, "}");
}

std::optional<Failure> select_runtime(View predictor, std::string_view namespace_, bool multi_node, const RuntimeIndex& index, Selection& selection) {
  const View model = predictor["model"];
  if (model["runtime"]) return select_named(model, namespace_, index, selection);
  std::vector<const Runtime*> found = automatic_candidates(index.in(namespace_), model, multi_node);
  if (found.empty()) found = automatic_candidates(index.cluster, model, multi_node);
  if (found.empty()) return Failure{"NoSupportingRuntime", no_runtime_text(model["modelFormat"]), model["modelFormat"]};
  selection = {found[0], index.find(namespace_, found[0]->object->name), true};
  return std::nullopt;
}

static Drop format_drop(View spec, View format) {
  const std::string label = model_label(format);
  const std::vector<AutomaticLabel> automatic = automatic_labels(spec);
  if (std::any_of(automatic.begin(), automatic.end(), [&](const AutomaticLabel& l) { return l.label == label; })) return Drop::None;
  if (offers(spec, label)) return Drop::NotAutoSelectable;
  return offers(spec, cat("mt:", format["name"].text())) ? Drop::Version : Drop::Format;
}

Drop drop_of(const Runtime& runtime, View model, bool multi_node) {
  if (runtime.disabled) return Drop::Disabled;
  if (runtime.multi_model) return Drop::MultiModel;
  if (const Drop drop = format_drop(runtime.spec, model["modelFormat"]); drop != Drop::None) return drop;
  if (!speaks(runtime.spec, wanted_protocol(model))) return Drop::Protocol;
  if (runtime.multi_node == multi_node) return Drop::None;
  return multi_node ? Drop::WorkerSpecMissing : Drop::WorkerSpecPresent;
}

std::vector<Candidate> runtime_candidates(View predictor, std::string_view namespace_, bool multi_node, const RuntimeIndex& index) {
  const View model = predictor["model"];
  const std::string_view format = model["modelFormat"]["name"].text();
  std::vector<Candidate> survivors, dropped;
  for (const RuntimeScope* scope : {&index.in(namespace_), &index.cluster}) {
    for (const Runtime* r : automatic_candidates(*scope, model, multi_node)) survivors.push_back({r, Drop::None, priority_for(r->spec, format)});
    for (const Runtime& r : scope->runtimes)
      if (const Drop drop = drop_of(r, model, multi_node); drop != Drop::None) dropped.push_back({&r, drop, priority_for(r.spec, format)});
  }
  survivors.insert(survivors.end(), dropped.begin(), dropped.end());
  return survivors;
}

}  // namespace isvcc

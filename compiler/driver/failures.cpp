#include "driver/failures.h"

#include <algorithm>

#include "base/edit_distance.h"
#include "base/text.h"
#include "driver/frozen.h"

namespace isvcc {
namespace {

struct ReasonRow {
  std::string_view reason;
  Code code;
  Stage stage;
};
constexpr ReasonRow kReasons[] = {
    {"NoSupportingRuntime", Code::NoRuntime, Stage::Selection},
    {"RuntimeNotRecognized", Code::UnknownRuntime, Stage::Selection},
    {"RuntimeDisabled", Code::DisabledRuntime, Stage::Selection},
    {"InvalidPredictorSpec", Code::InvalidPredictor, Stage::Render},
};

ReasonRow classify(const Failure& failure) {
  if (failure.reason == "NoSupportingRuntime" && starts_with(failure.message, "specified runtime")) return {failure.reason, Code::UnsuitableRuntime, Stage::Selection};
  if (starts_with(failure.message, "panic: ")) return {failure.reason, Code::ControllerPanic, Stage::Render};
  for (const ReasonRow& row : kReasons)
    if (row.reason == failure.reason) return row;
  return {failure.reason, Code::ReconcileFailed, Stage::Render};
}

std::string runtime_title(const Runtime& r) {
  return cat(r.cluster ? "ClusterServingRuntime " : "ServingRuntime ", quote(r.object->name));
}

std::string format_words(View format) {
  return format["version"] ? cat(quote(format["name"].text()), " version ", quote(format["version"].text())) : quote(format["name"].text());
}

// Points to the runtimes that came closest: those dropped by the latest rule.
void label_closest(Diagnostic& d, const std::vector<Candidate>& candidates) {
  Drop latest = Drop::None;
  for (const Candidate& c : candidates)
    if (c.drop != Drop::Format) latest = std::max(latest, c.drop);
  size_t shown = 0;
  for (const Candidate& c : candidates) {
    if (c.drop != latest || latest == Drop::None || shown == 3) continue;
    d.label(metadata(c.runtime->object->view())["name"], cat(runtime_title(*c.runtime), ' ', drop_words(c.drop)));
    ++shown;
  }
}

std::string_view nearest_format(std::string_view wanted, const std::vector<Candidate>& candidates) {
  std::vector<std::string_view> offered;
  for (const Candidate& c : candidates)
    for (const Node* format : View(c.runtime->spec)["supportedModelFormats"].items()) offered.push_back(View(format)["name"].text());
  return nearest(wanted, offered);
}

void explain_no_runtime(Diagnostic& d, View predictor, std::string_view namespace_, const RuntimeIndex& runtimes) {
  const View model = predictor["model"];
  const std::vector<Candidate> candidates = runtime_candidates(predictor, namespace_, static_cast<bool>(predictor["workerSpec"]), runtimes);
  const std::string_view protocol = model["protocolVersion"] ? model["protocolVersion"].text() : "v1 (the default)";
  d.message = cat("no runtime serves model format ", format_words(model["modelFormat"]), " with protocol ", protocol);
  const std::string_view wanted = model["modelFormat"]["name"].text();
  if (const std::string_view near = nearest_format(wanted, candidates); !near.empty() && near != wanted) d.hint = cat("did you mean ", quote(near), "?");
  else if (candidates.empty()) d.hint = "there are no runtimes at all: add them to the sources, or set `runtimes: bundled`";
  else d.hint = cat("`isvcc explain ", namespace_, "/", d.object.name, "` lists every runtime and the rule that dropped it");
  label_closest(d, candidates);
}

void explain_unknown_runtime(Diagnostic& d, View model, std::string_view namespace_, const RuntimeIndex& runtimes) {
  std::vector<std::string_view> known;
  for (const RuntimeScope* scope : {&runtimes.in(namespace_), &runtimes.cluster})
    for (const Runtime& r : scope->runtimes) known.push_back(r.object->name);
  d.message = cat("no runtime named ", quote(model["runtime"].text()), " in namespace ", quote(namespace_), " or the cluster");
  const std::string_view wanted = model["runtime"].text();
  if (const std::string_view near = nearest(wanted, known); !near.empty()) d.hint = cat("did you mean ", quote(near), "?");
  else if (is_frozen_name(wanted)) d.hint = cat("frozen copies that services name have to be among the sources: copy ", namespace_, "/_shared/servingruntime-", wanted, ".yaml from an earlier output");
}

}  // namespace

void report_failure(const Failure& failure, const Object& object, const ServicePlan* plan, const RuntimeIndex& runtimes, Scratch& scratch) {
  const ReasonRow row = classify(failure);
  const View where = failure.where && failure.where.node()->origin.file ? failure.where : metadata(object.view())["name"];
  const bool panic = starts_with(failure.message, "panic: ");
  Diagnostic& d = scratch.diags.report(row.code, row.stage, where, panic ? failure.message.substr(7) : failure.message);
  d.in(object.ref()).upstream_says(failure.message);
  if (!plan) return;
  const View predictor = View(plan->isvc).at("spec.predictor");
  if (row.code == Code::NoRuntime) explain_no_runtime(d, predictor, object.namespace_, runtimes);
  if (row.code == Code::UnknownRuntime) explain_unknown_runtime(d, predictor["model"], object.namespace_, runtimes);
}

}  // namespace isvcc

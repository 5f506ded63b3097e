#include "driver/pin.h"

#include <map>

#include "admit/admit.h"
#include "base/text.h"
#include "driver/frozen.h"
#include "kserve/names.h"

namespace isvcc {
namespace {

constexpr std::string_view kModel = "spec.predictor.model", kRuntime = "spec.predictor.model.runtime";

class Pinning {
 public:
  Pinning(const ServiceResult& result, bool freeze, const Compilation& out, Scratch& scratch)
      : result_(result), service_(*result.service), freeze_(freeze), out_(out), scratch_(scratch), make_(scratch.make(Pass::Pinning)) {}

  PinnedService run() {
    scratch_.diags.about(service_.ref());
    const Node* node = service_.node;
    if (!name_runtime(node)) return {};
    name_canary_runtimes(node);
    warn_about_updates();
    pinned_.stored = stored(node);
    return std::move(pinned_);
  }

 private:
  bool name_runtime(const Node*& node) {
    if (!result_.plan->runtime || !View(node).at(kModel)) return true;
    const Object& chosen = *result_.plan->runtime->object;
    const Object* found = out_.repository.find("ServingRuntime", service_.namespace_, chosen.name);
    const Object& named = found ? *found : chosen;
    const bool automatic = result_.plan->runtime->automatic;
    const auto copy = frozen({chosen, named, service_.namespace_, automatic ? own_protocol() : std::string_view()});
    if (!copy && &named != &chosen) return refuse_shadowed(chosen, named);
    if (automatic && !keeps_graph_protocol(chosen, copy.has_value())) return false;
    node = make_.with_path(node, kRuntime, make_.text(copy ? *copy : chosen.name));
    return true;
  }

  // A canary that names no runtime follows the stable predictor.
  void name_canary_runtimes(const Node*& node) {
    View canaries = View(node)["spec"]["canary"];
    for (size_t i = 0; freeze_ && i < canaries.items().size(); ++i) {
      const View canary = canaries.item(i);
      const Runtime* runtime = out_.runtimes.find(service_.namespace_, canary.at("predictor.model.runtime").text());
      if (!runtime) continue;
      const auto name = frozen({*runtime->object, *runtime->object, service_.namespace_, {}});
      if (!name) continue;
      canaries = make_.replaced(canaries, i, make_.with_path(canary, "predictor.model.runtime", make_.text(*name)));
      node = make_.with_path(node, "spec.canary", canaries.node());
    }
  }

  // The name of the copy. A copy that is among the sources already is as good as a new one.
  std::optional<std::string_view> frozen(const FrozenUse& use) {
    if (!freeze_) return std::nullopt;
    const Object& spec_of = use.spec_of;
    if (is_frozen(spec_of)) {
      pinned_.runtimes.push_back(spec_of.node);
      return spec_of.name;
    }
    if (const auto copy = freeze_runtime(use, out_.profile, scratch_)) {
      pinned_.runtimes.push_back(copy->node);
      return copy->name;
    }
    scratch_.diags.report(Code::CannotFreeze, Stage::Render, metadata(service_.view())["name"],
                          cat(spec_of.kind, ' ', quote(spec_of.name), " is named, not frozen: KServe ", release_name(out_.profile.release), " takes image tags from its name"));
    return std::nullopt;
  }

  std::string_view own_protocol() const { return wanted_protocol(service_.view().at(kModel)); }

  // A graph sends requests in the service's own protocol, but once the service names its runtime in the first one of that runtime's list.
  bool keeps_graph_protocol(const Object& runtime, bool own_first) {
    const std::string_view own = own_protocol();
    if (View(service_.node)["spec"]["transformer"] || !is_graph_step()) return true;
    for (const View protocol : runtime.view()["spec"]["protocolVersions"].items())
      if (protocol.text() == "v1" || protocol.text() == "v2") {
        if (protocol.text() == own || (own_first && (own == "v1" || own == "v2"))) return true;
        scratch_.diags.report(Code::CannotPin, Stage::Render, metadata(service_.view())["name"],
                              cat("graphs would send requests in ", protocol.text(), " instead of ", own, ": the first protocol of ", runtime.kind, ' ', quote(runtime.name)))
            .hinting(own == "v1" || own == "v2" ? cat("list ", own, " first in the runtime, or freeze runtimes") : "give the service a transformer, or leave it out of graphs");
        return false;
      }
    return true;
  }

  bool is_graph_step() const {
    for (const Object* graph : out_.repository.in_namespace("InferenceGraph", service_.namespace_))
      for (const Field& node : graph->view()["spec"]["nodes"].fields())
        if (View(node.value)["steps"].named("serviceName", service_.name)) return true;
    return false;
  }

  bool refuse_shadowed(const Object& chosen, const Object& shadow) {
    scratch_.diags.report(Code::CannotPin, Stage::Render, metadata(service_.view())["name"],
                          cat("the service gets ClusterServingRuntime ", quote(chosen.name), ", but naming it would give it the ServingRuntime of the same name"))
        .label(metadata(shadow.view())["name"], "this one hides it")
        .hinting("rename one of the two, or freeze runtimes");
    return false;
  }

  void warn_about_updates() {
    const View updates = annotation(service_.view(), names::kDisableAutoUpdate);
    if (updates.text() != "true") return;
    scratch_.diags.report(Code::UpdatesDisabled, Stage::Render, updates, "KServe skips the service while it is ready, so changes of the pinned service wait")
        .hinting("remove the annotation: a pinned service does not update by itself");
  }

  const Node* stored(const Node* node) {
    Object object = service_;
    object.node = object.written = node;
    Diagnostics aside;
    Scratch scratch{scratch_.arena, aside};
    const Admission admission = admit_service(object, out_.repository, out_.profile, scratch);
    if (admission.accepted()) return admission.stored;
    const std::string why = aside.all().empty() ? std::string() : aside.all().front().message;
    scratch_.diags.report(Code::CannotPin, Stage::Render, metadata(service_.view())["name"], cat("the API server would refuse the pinned service: ", why));
    return nullptr;
  }

  const ServiceResult& result_;
  const Object& service_;
  bool freeze_;
  const Compilation& out_;
  Scratch& scratch_;
  Make make_;
  PinnedService pinned_;
};

void add_stored(std::string_view kind, const Compilation& out, std::vector<Manifest>& manifests) {
  for (const Object* object : out.repository.all(kind)) manifests.push_back(manifest_of(object->view(), object));
}

}  // namespace

PinnedService pin_service(const ServiceResult& result, bool freeze, const Compilation& out, Scratch& scratch) { return Pinning(result, freeze, out, scratch).run(); }

std::vector<Manifest> pinned_objects(const CompileRequest& request, Compilation& out, Scratch& scratch) {
  std::vector<Manifest> manifests;
  std::map<std::pair<std::string_view, std::string_view>, const Node*> runtimes;  // by namespace and name
  for (ServiceResult& result : out.services) {
    if (!result.admitted || result.failure || result.pod_refused) continue;
    result.uses_generation = false;
    const PinnedService pinned = pin_service(result, request.project.freeze_runtimes, out, scratch);
    if (pinned.stored) manifests.push_back(manifest_of(pinned.stored, result.service));
    for (const Node* runtime : pinned.runtimes) runtimes.emplace(std::pair(result.service->namespace_, metadata(runtime)["name"].text()), runtime);
  }
  for (const auto& [name, runtime] : runtimes) manifests.push_back(manifest_of(runtime, nullptr));
  add_stored("InferenceGraph", out, manifests);
  add_stored("TrainedModel", out, manifests);
  return manifests;
}

}  // namespace isvcc

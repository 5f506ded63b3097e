// Hypotheses are small changes of the predictor or of one runtime; the selection is run again with each.
#include <algorithm>
#include <set>

#include "base/edit_distance.h"
#include "base/text.h"
#include "review/explain_parts.h"
#include "select/labels.h"

namespace isvcc {
namespace {

constexpr size_t kMostRuntimes = 50;  // whose single changes are tried
constexpr size_t kMostValues = 12;    // protocols and versions that are tried

bool lists_format(const Runtime& r, std::string_view format) { return static_cast<bool>(View(r.spec)["supportedModelFormats"].named("name", format)); }

// The runtimes that list the format, the only ones that a single change can bring in.
class SmallWorld {
 public:
  SmallWorld(const Object& service, const Facts& facts) : namespace_(service.namespace_) {
    const std::string_view format = service.view().at("spec.predictor.model.modelFormat.name").text();
    add(facts.runtimes.cluster, format);
    add(facts.runtimes.in(namespace_), format);
  }

  const std::vector<Runtime>& runtimes() const { return runtimes_; }

  // The answer for a predictor, with `changed` in the place of the runtime of the same object. Null: the service would fail.
  const Object* answer(View predictor, const Runtime* changed = nullptr) const {
    RuntimeIndex index;
    for (const Runtime& r : runtimes_) {
      const Runtime& now = changed && changed->object == r.object ? *changed : r;
      (now.cluster ? index.cluster : index.namespaces[namespace_]).runtimes.push_back(now);
    }
    finish_scope(index.cluster);
    for (auto& [name, scope] : index.namespaces) finish_scope(scope);
    Selection selection;
    const auto failed = select_runtime(predictor, namespace_, static_cast<bool>(predictor["workerSpec"]), index, selection);
    return failed ? nullptr : selection.runtime->object;
  }

 private:
  void add(const RuntimeScope& scope, std::string_view format) {
    for (const Runtime& r : scope.runtimes)
      if (lists_format(r, format)) runtimes_.push_back(r);
  }

  std::string_view namespace_;
  std::vector<Runtime> runtimes_;
};

class Hypotheses {
 public:
  Hypotheses(const Explanation& e, const Facts& facts)
      : e_(e), facts_(facts), world_(*e.service->service, facts), predictor_(e.service->service->view().at("spec.predictor")),
        model_(predictor_["model"]), format_(model_["modelFormat"]["name"].text()), now_(world_.answer(predictor_)) {}

  std::vector<WhatIf> all() {
    if (model_["runtime"]) try_service("no spec.predictor.model.runtime", make_.without(model_, "runtime"));
    try_protocols();
    try_versions();
    try_nodes();
    try_near_format();
    if (!model_["runtime"]) try_names();
    try_runtimes();
    return std::move(out_);
  }

 private:
  void keep(std::string change, const Object* where, const Object* answer) {
    if (answer != now_) out_.push_back({std::move(change), where, answer});
  }

  const Node* with_model(const Node* model) const { return make_.with(predictor_, "model", model); }

  // That a service could also ask for what nobody has goes without saying.
  void try_service(std::string change, const Node* model) {
    if (const Object* answer = world_.answer(with_model(model))) keep(std::move(change), nullptr, answer);
  }

  void try_protocols() {
    std::set<std::string_view> protocols;
    for (const Runtime& r : world_.runtimes())
      for (const Node* p : View(r.spec)["protocolVersions"].items()) protocols.insert(View(p).text());
    protocols.erase(model_["runtime"] ? model_["protocolVersion"].text() : wanted_protocol(model_));
    size_t tried = 0;
    for (std::string_view p : protocols)
      if (++tried <= kMostValues) try_service(cat("spec.predictor.model.protocolVersion: ", printable(p)), make_.with(model_, "protocolVersion", make_.text(p)));
  }

  const Node* with_version(const Node* version) const { return make_.with(model_, "modelFormat", make_.with(model_["modelFormat"], "version", version)); }

  void try_versions() {
    const View version = model_["modelFormat"]["version"];
    if (version) try_service("no spec.predictor.model.modelFormat.version", with_version(nullptr));
    std::set<std::string_view> versions;
    for (const Runtime& r : world_.runtimes())
      for (const Node* entry : View(r.spec)["supportedModelFormats"].items())
        if (View(entry)["name"].text() == format_ && View(entry)["version"]) versions.insert(View(entry)["version"].text());
    versions.erase(version.text());
    size_t tried = 0;
    for (std::string_view v : versions)
      if (++tried <= kMostValues) try_service(cat("spec.predictor.model.modelFormat.version: ", quote(v)), with_version(make_.text(v)));
  }

  void try_nodes() {
    if (model_["runtime"]) return;
    const View worker = predictor_["workerSpec"];
    const Node* other = worker ? make_.without(predictor_, "workerSpec") : make_.with(predictor_, "workerSpec", make_.map({}));
    const Object* answer = world_.answer(other);
    if (answer) keep(worker ? "no spec.predictor.workerSpec" : "a spec.predictor.workerSpec", nullptr, answer);
  }

  // A format that nobody lists is perhaps misspelled.
  void try_near_format() {
    if (!world_.runtimes().empty()) return;
    std::vector<std::string_view> formats;
    for (const RuntimeScope* scope : {&facts_.runtimes.cluster, &facts_.runtimes.in(e_.service->service->namespace_)})
      for (const Runtime& r : scope->runtimes)
        for (const Node* entry : View(r.spec)["supportedModelFormats"].items()) formats.push_back(View(entry)["name"].text());
    const std::string_view near = nearest(format_, formats);
    if (near.empty()) return;
    const Node* model = make_.with(model_, "modelFormat", make_.with(model_["modelFormat"], "name", make_.text(near)));
    Selection selection;
    if (!select_runtime(with_model(model), e_.service->service->namespace_, static_cast<bool>(predictor_["workerSpec"]), facts_.runtimes, selection))
      keep(cat("spec.predictor.model.modelFormat.name: ", printable(near)), nullptr, selection.runtime->object);
  }

  void try_names() {
    size_t tried = 0;
    for (const Runtime& r : world_.runtimes()) {
      const Node* model = make_.with(model_, "runtime", make_.text(r.object->name));
      if (world_.answer(with_model(model)) != r.object || ++tried > kMostRuntimes) continue;
      keep(cat("spec.predictor.model.runtime: ", printable(r.object->name)), nullptr, r.object);
    }
  }

  void try_runtime(std::string change, const Runtime& r, const Node* spec) {
    const Runtime changed = runtime_with_spec(*r.object, spec);
    keep(std::move(change), r.object, world_.answer(predictor_, &changed));
  }

  // What a runtime lacks to win, one thing at a time.
  void try_runtimes() {
    size_t tried = 0;
    for (const Runtime& r : world_.runtimes()) {
      if (++tried > kMostRuntimes) return;
      const View spec = r.spec;
      if (r.object == now_) try_runtime("disabled: true", r, make_.with(spec, "disabled", make_.boolean(true)));
      else if (r.disabled) try_runtime("not disabled", r, make_.without(spec, "disabled"));
      else if (model_["runtime"]) continue;
      else improve(r);
    }
  }

  void improve(const Runtime& r) {
    const View spec = r.spec;
    switch (drop_of(r, model_, static_cast<bool>(predictor_["workerSpec"]))) {
      case Drop::None: raise_priority(r); break;
      case Drop::NotAutoSelectable: select_automatically(r); break;
      case Drop::Protocol: {
        const std::string_view protocol = wanted_protocol(model_);
        try_runtime(cat("protocolVersions + ", printable(protocol)), r, make_.with(spec, "protocolVersions", make_.appended(spec["protocolVersions"], make_.text(protocol))));
        break;
      }
      default: break;
    }
  }

  const Node* with_entry(View spec, size_t i, const Node* entry) const {
    return make_.with(spec, "supportedModelFormats", make_.replaced(spec["supportedModelFormats"], i, entry));
  }

  void raise_priority(const Runtime& r) {
    const Candidate* winner = e_.candidates.empty() ? nullptr : &e_.candidates[0];
    if (!winner || winner->drop != Drop::None || r.cluster != winner->runtime->cluster) return;
    const int64_t enough = winner->priority.value_or(0) + 1;
    const View spec = r.spec, formats = spec["supportedModelFormats"];
    for (size_t i = 0; i < formats.size(); ++i) {
      if (formats.item(i)["name"].text() != format_) continue;
      try_runtime(cat("priority ", enough, " for ", printable(format_)), r, with_entry(spec, i, make_.with(formats.item(i), "priority", make_.integer(enough))));
      return;
    }
  }

  void select_automatically(const Runtime& r) {
    const View spec = r.spec, formats = spec["supportedModelFormats"];
    for (size_t i = 0; i < formats.size(); ++i) {
      const View entry = formats.item(i), version = model_["modelFormat"]["version"];
      if (entry["name"].text() != format_ || (version && entry["version"].text() != version.text())) continue;
      try_runtime(cat("autoSelect: true for ", printable(format_)), r, with_entry(spec, i, make_.with(entry, "autoSelect", make_.boolean(true))));
      return;
    }
  }

  const Explanation& e_;
  const Facts& facts_;
  SmallWorld world_;
  View predictor_, model_;
  std::string_view format_;
  const Object* now_;
  Arena arena_;
  Make make_{arena_};
  std::vector<WhatIf> out_;
};

}  // namespace

std::vector<WhatIf> what_ifs(const Explanation& e, const Facts& facts) { return Hypotheses(e, facts).all(); }

}  // namespace isvcc

// modelconfig-<isvc>-0: the models an agent loads into a multi-model service (pkg/modelconfig and the TrainedModel controller, KServe v0.20.0).
// Upstream gives memory to models as they come; here they come by name.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "kserve/implementation.h"
#include "kserve/names.h"
#include "lower/lowering.h"
#include "ops/go_json.h"
#include "ops/quantity.h"

namespace isvcc {
namespace {

using ServiceName = std::pair<std::string_view, std::string_view>;  // namespace, name

constexpr std::string_view kParentLabel = "inferenceservice", kAllocatedLabel = "serving.kserve.io/trainedmodel-allocated";

Quantity memory_of(View model) {
  const auto memory = Quantity::parse(model["spec"]["model"]["memory"]);
  return memory ? *memory : Quantity();
}

// Only the service's own container counts: limits of the runtime do not.
Quantity memory_limit(View service) {
  const View predictor = service["spec"]["predictor"];
  const View container = predictor["model"] ? predictor["model"] : predictor["containers"].named("name", names::kKserveContainer);
  const View limit = container["resources"]["limits"]["memory"];
  const auto memory = limit ? Quantity::parse(limit) : std::nullopt;
  return memory ? *memory : Quantity();
}

// Hands out the memory of one service. Models that already carry the label of an allocation were there first.
class Memory {
 public:
  Memory(View service, std::string_view name, const std::vector<const Object*>& models) : limit_(memory_limit(service)) {
    for (const Object* m : models)
      if (label(m->view(), kParentLabel).text() == name && label(m->view(), kAllocatedLabel).text() == name) used_ = used_.plus(memory_of(m->view()));
  }

  bool admit(View model) {
    const Quantity total = label(model, kAllocatedLabel) ? used_ : used_.plus(memory_of(model));
    if (limit_.compare(total) < 0) return false;
    used_ = total;
    return true;
  }

 private:
  Quantity limit_, used_;
};

const Node* model_entry(const Object& model, Make make) {
  const View spec = model.view()["spec"]["model"];
  const Node* details = make.map({{"storageUri", spec["storageUri"].node()},
                                  {"framework", spec["framework"].node()},
                                  {"memory", make.text(memory_of(model.view()).text())}});
  return make.map({{"modelName", make.borrowed(model.name)}, {"modelSpec", details}});
}

// Labels are those of the stored service: what the controller adds in memory comes later.
const Node* make_model_config(const ServicePlan& plan, const std::vector<const Node*>& models, Make make) {
  const Node* metadata = make_metadata(make, plan.namespace_(), make.arena().copy(cat("modelconfig-", plan.name(), "-0")),
                                       labels(plan.service->view()).node(), nullptr);
  return make.map({{"apiVersion", make.borrowed("v1")},
                   {"kind", make.borrowed("ConfigMap")},
                   {"metadata", metadata},
                   {"data", make.map({{"models.json", make.text(go_json(make.list(models)))}})}});
}

struct Refusal {
  Code code;
  std::string message, upstream;
};

void report(const Object& model, const Refusal& refusal, Scratch& scratch) {
  const View parent = model.view()["spec"]["inferenceService"];
  scratch.diags.report(refusal.code, Stage::Reference, parent, refusal.message).in(model.ref()).at(Path().key("spec").key("inferenceService")).upstream_says(refusal.upstream);
}

Refusal refusal_of(Code code, std::string_view why, const Object& model, std::string_view parent, std::string_view upstream) {
  return {code, cat("model ", quote(model.name), " is not loaded: ", why),
          cat("Inference Service \"", parent, "\" ", upstream, ". Trained Model \"", model.name, "\" cannot deploy")};
}

Refusal single_model(const Object& model, std::string_view parent) {
  return refusal_of(Code::TrainedModelParentSingle, cat("service ", quote(parent), " serves a model of its own"), model, parent,
                    "predictor is not configured for multi-model serving");
}

std::vector<const Node*> accepted_models(const ServicePlan& plan, const std::vector<const Object*>& models, Scratch& scratch, Make make) {
  Memory memory(plan.service->view(), plan.name(), models);
  std::vector<const Node*> out;
  for (const Object* m : models) {
    if (plan.stopped)
      report(*m, refusal_of(Code::TrainedModelParentNotReady, cat("service ", quote(plan.name()), " is stopped"), *m, plan.name(), "is not ready"), scratch);
    else if (!plan.multi_model)
      report(*m, single_model(*m, plan.name()), scratch);
    else if (!memory.admit(m->view()))
      report(*m, refusal_of(Code::TrainedModelMemory, cat("the memory limit of service ", quote(plan.name()), " leaves no room for it"), *m, plan.name(), "memory resources are not available"), scratch);
    else
      out.push_back(model_entry(*m, make));
  }
  return out;
}

void report_without_plan(const Object& model, const Repository& repository, Scratch& scratch) {
  const std::string_view parent = model.view()["spec"]["inferenceService"].text();
  if (const Object* service = repository.find("InferenceService", model.namespace_, parent)) {
    if (!is_multi_model(service->view()["spec"]["predictor"])) return report(model, single_model(model, parent), scratch);
    return report(model, refusal_of(Code::TrainedModelParentNotReady, cat("service ", quote(parent), " could not be compiled"), model, parent, "is not ready"), scratch);
  }
  report(model, {Code::TrainedModelOrphan, cat("model ", quote(model.name), " belongs to ", quote(parent), ", which is no InferenceService of its namespace: KServe would delete it"), ""}, scratch);
}

std::map<ServiceName, std::vector<const Object*>> models_by_parent(const Repository& repository) {
  std::map<ServiceName, std::vector<const Object*>> out;
  for (const Object* model : repository.all("TrainedModel")) out[{model->namespace_, model->view()["spec"]["inferenceService"].text()}].push_back(model);
  return out;
}

}  // namespace

void lower_trained_models(const std::vector<const ServicePlan*>& plans, const Repository& repository, const Profile&, Scratch& scratch,
                          std::vector<Rendered>& out) {
  auto models = models_by_parent(repository);
  const Make make = scratch.make(Pass::Lowering);
  for (const ServicePlan* plan : plans) {
    const auto found = models.extract({plan->namespace_(), plan->name()});
    const std::vector<const Object*> none;
    const std::vector<const Node*> accepted = accepted_models(*plan, found ? found.mapped() : none, scratch, make);
    if (plan->multi_model && plan->complete && !is_left_to_model_mesh(*plan)) out.push_back({make_model_config(*plan, accepted, make), plan->service, true});
  }
  for (const auto& [parent, orphans] : models)
    for (const Object* model : orphans) report_without_plan(*model, repository, scratch);
}

}  // namespace isvcc

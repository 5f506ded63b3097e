#include "driver/pipeline.h"

#include <algorithm>
#include <set>

#include "admit/admit.h"
#include "base/parallel.h"
#include "base/text.h"
#include "driver/collect.h"
#include "driver/failures.h"
#include "driver/incremental/sleepers.h"
#include "driver/pin.h"
#include "driver/printing.h"
#include "emit/yaml_writer.h"
#include "inject/inject.h"
#include "kserve/names.h"
#include "lint/lint.h"
#include "lower/lower.h"
#include "merge/merge.h"
#include "ops/schema_ops.h"
#include "tree/keep.h"

namespace isvcc {
namespace {

// The worker threads: each has its own memory and findings, joined in worker order and sorted, so their number never shows.
class Workers {
 public:
  Workers(size_t count, Compilation& out) : out_(out) {
    for (size_t i = 0; i < std::max<size_t>(count, 1); ++i) workers_.push_back(std::make_unique<Worker>(out.arenas.emplace_back(256 * 1024)));
  }
  ~Workers() {
    for (auto& w : workers_) out_.diags.append(std::move(w->diags));
  }
  void run(size_t count, const std::function<void(Scratch&, size_t)>& work) {
    Progress& progress = out_.statistics.progress;
    progress.expect(count);
    parallel_for(count, workers_.size(), [&](size_t w, size_t i) {
      work(workers_[w]->scratch, i);
      progress.one_done();
    });
  }
  // The same with memory that is used again for the next item; what outlives that goes into the arena.
  void run_in_passing(size_t count, const std::function<void(Scratch&, Arena&, size_t)>& work) {
    Progress& progress = out_.statistics.progress;
    progress.expect(count);
    parallel_for(count, workers_.size(), [&](size_t w, size_t i) {
      Worker& worker = *workers_[w];
      Scratch passing{worker.passing, worker.diags};
      work(passing, worker.arena, i);
      worker.passing.reset();
      progress.one_done();
    });
  }
  Scratch& first() { return workers_[0]->scratch; }

 private:
  struct Worker {
    explicit Worker(Arena& memory) : arena(memory) {}
    Arena& arena;
    Diagnostics diags;
    Scratch scratch{arena, diags};
    Arena passing{256 * 1024};
  };
  Compilation& out_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

bool is_runtime(const Object& o) { return o.kind == "ServingRuntime" || o.kind == "ClusterServingRuntime"; }
bool is_cache(const Object& o) { return o.kind == "LocalModelCache" || o.kind == "LocalModelNamespaceCache"; }

// The admission of kinds whose objects do not look at each other.
Admission admit_other(const Object& object, const Compilation& out, Scratch& scratch) {
  if (object.kind == "TrainedModel") return admit_trained_model(object, out.profile, scratch);
  if (object.kind == "InferenceGraph") return admit_graph(object, out.profile, scratch);
  return admit_structural(object, out.profile, scratch);
}

void keep_admission(const Object& object, const Admission& admission, Repository& repository) {
  if (admission.accepted()) repository.store(object, admission.stored);
  else repository.refuse(object);
}

std::vector<const Object*> objects_like(const Repository& repository, bool (*wanted)(const Object&)) {
  std::vector<const Object*> found;
  for (const Object* object : repository.everything())
    if (wanted(*object)) found.push_back(object);
  return found;
}

void keep_all(const std::vector<const Object*>& objects, const std::vector<Admission>& admissions, Repository& repository) {
  for (size_t i = 0; i < objects.size(); ++i) keep_admission(*objects[i], admissions[i], repository);
}

void admit_everything_else(Compilation& out, Workers& workers) {
  const auto others = objects_like(out.repository, [](const Object& o) { return o.kind != "InferenceService" && !is_runtime(o) && !is_cache(o); });
  std::vector<Admission> admissions(others.size());
  workers.run(others.size(), [&](Scratch& scratch, size_t i) {
    admissions[i] = admit_other(*others[i], out, scratch);
    if (admissions[i].accepted()) lint_object(*others[i], scratch);
  });
  keep_all(others, admissions, out.repository);
  // Runtimes and caches are created one after the other: each is compared with those before it.
  const auto runtimes = objects_like(out.repository, is_runtime), caches = objects_like(out.repository, is_cache);
  keep_all(runtimes, admit_runtimes(runtimes, out.profile, workers.first()), out.repository);
  out.repository.finish();
  keep_all(caches, admit_local_model_caches(caches, out.repository, out.profile, workers.first()), out.repository);
  out.repository.finish();
}

// What was found since there were `before` findings belongs to the service.
void keep_findings(const CompileRequest& request, const Diagnostics& diags, size_t before, ServiceResult& result) {
  if (!request.memory) return;
  const auto& all = diags.all();
  result.findings.insert(result.findings.end(), all.begin() + static_cast<ptrdiff_t>(before), all.end());
  result.found = result.findings.size();
}

void admit_services(const CompileRequest& request, Compilation& out, Workers& workers) {
  const auto& services = out.repository.all("InferenceService");
  out.services.reserve(services.size());
  for (const Object* service : services) out.services.emplace_back().service = service;
  std::vector<Admission> admissions(out.services.size());
  workers.run_in_passing(out.services.size(), [&](Scratch& passing, Arena& kept, size_t i) {
    const size_t before = passing.diags.all().size();
    admissions[i].stored = kept_from(passing.arena, admit_service(*out.services[i].service, out.repository, out.profile, passing).stored, kept);
    keep_findings(request, passing.diags, before, out.services[i]);
  });
  for (size_t i = 0; i < out.services.size(); ++i) {
    out.services[i].admitted = admissions[i].accepted();
    keep_admission(*out.services[i].service, admissions[i], out.repository);
  }
  out.repository.finish();
}

// What fails a component whose storageUris cannot be injected. In Knative mode only what KServe does not merely log comes here.
Failure injection_failure(const std::string& error, const ComponentPlan& c, DeploymentMode mode) {
  const bool bare = mode != DeploymentMode::Standard || starts_with(error, "failed to get storage container spec");
  return {"", bare ? error : cat("fails to create NewRawKubeReconciler for ", role_name(c.role), ": ", error), c.storage_uris};
}

// Storage URIs and pod defaults: what the controller does to a pod before it builds objects.
std::optional<Failure> complete_pod(ComponentPlan& c, const ServicePlan& plan, const Compilation& out, Scratch& scratch) {
  if (auto failure = check_component(plan, c, out.profile, scratch)) return failure;
  if (const std::string error = inject_storage_uris(c, plan, out.repository, out.profile, scratch); !error.empty()) return injection_failure(error, c, plan.mode);
  if (plan.mode != DeploymentMode::Standard) return std::nullopt;
  c.pod.spec = default_pod_spec(c.pod.spec, scratch);
  if (!c.worker) return std::nullopt;
  c.worker->pod.spec = default_pod_spec(c.worker->pod.spec, scratch);
  add_component_gpus(c, out.profile, scratch);
  return std::nullopt;
}

// Component by component: before KServe looks at one, those before it are built, and may fail at that.
std::optional<Failure> complete_pods(ServicePlan& plan, const Compilation& out, Scratch& scratch) {
  for (size_t i = 0; i < plan.components.size(); ++i) {
    const std::optional<Failure> failed = complete_pod(plan.components[i], plan, out, scratch);
    if (!failed) continue;
    ServicePlan before = plan;
    before.components.resize(i);
    before.complete = false;
    std::vector<Rendered> for_nobody;
    const std::optional<Failure> earlier = lower_service(before, out.repository, out.profile, scratch, for_nobody);
    return earlier ? earlier : failed;
  }
  return std::nullopt;
}

// The pod webhook on every pod of the service. What it says to those it refuses, each text once.
std::vector<std::string> mutate_pods(ServicePlan& plan, const Compilation& out, Scratch& scratch) {
  const PodContext context{plan.namespace_(), plan.service->view(), plan.mode != DeploymentMode::Standard};
  std::vector<std::string> refusals;
  auto mutate = [&](PodTemplate& pod) {
    std::string error = mutate_pod(pod, context, out.repository, out.profile, scratch);
    if (!error.empty() && std::find(refusals.begin(), refusals.end(), error) == refusals.end()) refusals.push_back(std::move(error));
  };
  for (ComponentPlan& c : plan.components) {
    if (is_stopped(c.annotations)) continue;  // it has no pods
    mutate(c.pod);
    if (c.worker) mutate(c.worker->pod);
  }
  return refusals;
}

void report_refusal(const std::string& text, const Object& owner, std::string_view what, Diagnostics& diags) {
  diags.report(Code::PodRefused, Stage::Render, metadata(owner.view())["name"], cat("KServe's pod webhook would refuse every pod of the ", what, ": ", text))
      .in(owner.ref())
      .upstream_says(text);
}

// Whether pods are shown as the webhook leaves them.
bool shows_created_pods(const Profile& profile) { return profile.render == Render::Workloads || profile.render == Render::Pinned; }

std::vector<Manifest> finished(const std::vector<Rendered>& rendered, const Profile& profile, Scratch& scratch) {
  std::vector<Manifest> out;
  out.reserve(rendered.size());
  for (const Rendered& r : rendered) {
    const bool references = profile.render == Render::Objects && r.owner && r.owned;
    out.push_back(manifest_of(references ? with_owner_reference(r.node, *r.owner, scratch) : r.node, r.owner));
  }
  return out;
}

// What KServe does before it looks at the predictor. A mode that cannot be told is merge_service's to report.
std::optional<Failure> begin_service(const Object& service, ServicePlan& plan, const Compilation& out, Scratch& scratch, std::vector<Rendered>& rendered) {
  plan.service = &service;
  if (select_mode(service, out.profile, plan.mode)) return std::nullopt;
  if (auto failure = check_service(service, plan.mode, out.repository, out.profile)) return failure;
  lower_shared_objects(service, plan.mode, out.repository, out.profile, scratch, rendered);
  return std::nullopt;
}

// Whatever is rendered must fit its own schema.
bool valid(const std::vector<Manifest>& manifests, const Profile& profile, Scratch& scratch) {
  bool fine = true;
  for (const Manifest& m : manifests) fine = check_output(m, *profile.schemas, scratch) && fine;
  return fine;
}

std::optional<Failure> render_service(ServiceResult& result, const Compilation& out, Scratch& scratch, std::vector<Rendered>& rendered, const WatchPasses& watch) {
  ServicePlan& plan = result.plan.emplace();
  auto done = [&](std::string_view pass) {
    if (watch) watch(pass, plan);
  };
  if (auto failure = begin_service(*result.service, plan, out, scratch, rendered)) return failure;
  std::optional<Failure> merged = merge_service(*result.service, out.runtimes, out.repository, out.profile, scratch, plan);
  if (merged && plan.components.empty()) return merged;
  done("merging");
  if (auto failure = complete_pods(plan, out, scratch)) return failure;
  done("the controller's injection and defaults");
  std::vector<std::string> refusals;
  if (!merged && shows_created_pods(out.profile)) refusals = mutate_pods(plan, out, scratch);
  done("the pod webhook");
  if (auto failure = lower_service(plan, out.repository, out.profile, scratch, rendered)) return failure;
  // Of a service that fails there are no pods to refuse.
  for (const std::string& text : refusals) report_refusal(text, *result.service, "service", scratch.diags);
  result.pod_refused = !refusals.empty();
  return merged;
}

LintContext lint_context(const CompileRequest& request, const Compilation& out) {
  return {out.repository, out.runtimes, out.profile, request.project.layout == "flux"};
}

bool has_canary_percent(const ServiceResult& s) {
  if (!s.plan || s.plan->mode != DeploymentMode::Knative || View(s.service->written)["status"]) return false;
  const View spec = s.service->view()["spec"];
  for (std::string_view component : {"predictor", "transformer", "explainer"})
    if (spec[component]["canaryTrafficPercent"]) return true;
  return false;
}

std::vector<Manifest> compile_service(ServiceResult& result, const CompileRequest& request, const Compilation& out, Scratch& scratch, const WatchPasses& watch = {}) {
  scratch.diags.about(result.service->ref());
  std::vector<Rendered> rendered;
  rendered.reserve(8);  // few services have more
  result.failure = render_service(result, out, scratch, rendered, watch);
  if (result.failure) report_failure(*result.failure, *result.service, &*result.plan, out.runtimes, scratch);
  const bool failed = result.failure || result.pod_refused;
  if (failed) std::erase_if(rendered, [](const Rendered& r) { return r.owner != nullptr; });
  std::vector<Manifest> manifests = finished(rendered, out.profile, scratch);
  result.canary_percent = has_canary_percent(result);
  result.uses_generation = std::any_of(manifests.begin(), manifests.end(), [](const Manifest& m) { return static_cast<bool>(label(m.node, names::kGeneration)); });
  result.output_invalid = !valid(manifests, out.profile, scratch);
  if (request.lint && !failed) lint_service(*result.plan, manifests, lint_context(request, out), scratch);
  return manifests;
}

void compile_services(const CompileRequest& request, Compilation& out, Workers& workers) {
  auto compile_one = [&](Scratch& scratch, size_t i) {
    ServiceResult& result = out.services[i];
    const size_t before = scratch.diags.all().size();
    if (result.admitted) result.made = compile_service(result, request, out, scratch);
    keep_findings(request, scratch.diags, before, result);
  };
  if (request.keep == Keep::Trees) {
    workers.run(out.services.size(), compile_one);
  } else {
    workers.run_in_passing(out.services.size(), [&](Scratch& scratch, Arena& kept, size_t i) {
      compile_one(scratch, i);
      keep_manifests(out.services[i].made, request, scratch.arena, kept);
      keep_outcome(out.services[i], scratch.arena, kept);
    });
  }
  out.output_invalid = std::any_of(out.services.begin(), out.services.end(), [](const ServiceResult& s) { return s.output_invalid; });
  if (request.lint) lint_runtimes(lint_context(request, out), workers.first());
}

// In the order of the services, whoever has compiled them and when.
void sort_services(Compilation& out) {
  auto before = [](const ServiceResult& a, const ServiceResult& b) { return std::pair(a.service->namespace_, a.service->name) < std::pair(b.service->namespace_, b.service->name); };
  if (!std::is_sorted(out.services.begin(), out.services.end(), before)) std::sort(out.services.begin(), out.services.end(), before);
}

std::vector<const Manifest*> made_for_services(const Compilation& out) {
  std::vector<const Manifest*> made;
  for (const ServiceResult& s : out.services)
    for (const Manifest& m : s.made) made.push_back(&m);
  return made;
}

// Once more, of a service whose findings are known.
std::vector<Manifest> compile_again(const Object& service, const CompileRequest& request, const Compilation& out, Arena& arena, const WatchPasses& watch = {}) {
  ServiceResult again;
  again.service = &service;
  Diagnostics known;
  Scratch scratch{arena, known};
  return compile_service(again, request, out, scratch, watch);
}

// The object as text; one that was given up is made again.
std::string content_of(const Manifest& m, const CompileRequest& request, const Compilation& out, Scratch& scratch) {
  std::string text(m.stored ? m.stored->text() : m.text);
  if (m.node) write_yaml(text, m.node);
  if (!text.empty()) return text;
  const auto result = std::find_if(out.services.begin(), out.services.end(), [&](const ServiceResult& s) { return s.service == m.owner; });
  if (result == out.services.end()) return text;
  for (const Manifest& made : compile_again(*m.owner, request, out, scratch.arena))
    if (made.kind == m.kind && made.name == m.name && made.api_version == m.api_version) write_yaml(text, made.node);
  return text;
}

void add_valid(const std::vector<Manifest>& manifests, Compilation& out, Scratch& scratch) {
  out.output_invalid = !valid(manifests, out.profile, scratch) || out.output_invalid;
  out.manifests.insert(out.manifests.end(), manifests.begin(), manifests.end());
}

void compile_graph(const Object& graph, const std::set<const Object*>& failed, Compilation& out, Scratch& scratch) {
  std::vector<Rendered> rendered;
  std::string refusal;
  // Pods of a graph are the webhook's only by a label that people give it.
  const auto webhook = [&](PodTemplate& pod, bool knative) {
    const Object* service = out.repository.find("InferenceService", graph.namespace_, View(pod.labels)[names::kInferenceService].text());
    if (shows_created_pods(out.profile)) refusal = mutate_pod(pod, {graph.namespace_, service ? service->view() : View(), knative}, out.repository, out.profile, scratch);
  };
  scratch.diags.about(graph.ref());
  if (auto failure = lower_graph(graph, out.repository, out.profile, scratch, rendered, &failed, webhook)) report_failure(*failure, graph, nullptr, out.runtimes, scratch);
  else if (!refusal.empty()) report_refusal(refusal, graph, "graph", scratch.diags);
  else add_valid(finished(rendered, out.profile, scratch), out, scratch);
}

void compile_graphs(Compilation& out, Scratch& scratch) {
  std::set<const Object*> failed;
  for (const ServiceResult& result : out.services)
    if (result.failure) failed.insert(result.service);
  for (const Object* graph : out.repository.all("InferenceGraph")) compile_graph(*graph, failed, out, scratch);
}

void compile_trained_models(Compilation& out, Scratch& scratch) {
  std::vector<const ServicePlan*> plans;
  for (const ServiceResult& result : out.services)
    if (result.plan && !result.failure && result.plan->multi_model) plans.push_back(&*result.plan);
  std::vector<Rendered> rendered;
  lower_trained_models(plans, out.repository, out.profile, scratch, rendered);
  add_valid(finished(rendered, out.profile, scratch), out, scratch);
}

void load_documents(const CompileRequest& request, Compilation& out) {
  if (!request.reuse) {
    out.documents = load(request.load, out.sources, out.diags);
    return;
  }
  const Documents& loaded = request.reuse->documents;
  out.sources = request.reuse->sources;
  out.documents.all = loaded.all;
  out.documents.read_files = loaded.read_files;
  out.documents.imports = loaded.imports;
  out.documents.ignore_files = loaded.ignore_files;
  out.documents.read_folders = loaded.read_folders;
}

void stored_services(Compilation& out, Scratch& scratch) {
  std::vector<Manifest> stored;
  for (const ServiceResult& result : out.services)
    if (result.admitted) stored.push_back(manifest_of(result.service->view(), result.service));
  add_valid(stored, out, scratch);
  for (ServiceResult& result : out.services) result.uses_generation = false;
}

void compile_documents(const CompileRequest& request, Sleepers& sleepers, Compilation& out) {
  Workers workers(request.load.threads, out);
  PhaseTimer indexing(out.statistics, "index");
  make_profile(request, out, workers.first());
  collect_objects(request, out, workers.first());
  indexing.done(out.documents.all.size());
  if (out.config_broken) return;

  PhaseTimer admitting(out.statistics, "admit");
  admit_everything_else(out, workers);
  out.runtimes = index_runtimes(out.repository, out.profile, workers.first());
  if (size_t first = 0; sleepers.wake_for_runtimes(first)) collect_documents(request, first, out, workers.first());
  admit_services(request, out, workers);
  admitting.done(out.services.size());

  // From here on the repository is read-only, so services compile independently, in any order.
  PhaseTimer compiling(out.statistics, "compile");
  compile_services(request, out, workers);
  sleepers.add_results();
  sort_services(out);
  std::vector<const Manifest*> manifests;
  if (out.profile.render == Render::Stored) {
    stored_services(out, workers.first());
  } else if (out.profile.render == Render::Pinned) {
    out.manifests = pinned_objects(request, out, workers.first());
  } else {
    manifests = made_for_services(out);
    compile_graphs(out, workers.first());
    compile_trained_models(out, workers.first());
  }
  compiling.done(out.services.size());

  PhaseTimer finishing(out.statistics, "finish");
  for (const Manifest& m : out.manifests) manifests.push_back(&m);
  out.manifests = in_order(manifests, [&](const Manifest& m) { return content_of(m, request, out, workers.first()); }, workers.first().diags);
  finishing.done(out.manifests.size());
}

}  // namespace

void watch_service(const CompileRequest& request, const Compilation& compiled, const Object& service, const WatchPasses& watch, Arena& arena) {
  compile_again(service, request, compiled, arena, watch);
}

void compile(const CompileRequest& request, Compilation& out) {
  out.statistics.threads = request.load.threads;
  PhaseTimer loading(out.statistics, "load");
  load_documents(request, out);
  Sleepers sleepers(request, out);
  sleepers.wake_for_documents();
  loading.done(out.documents.files, out.documents.bytes);
  compile_documents(request, sleepers, out);
  remember_services(request, out);
}

}  // namespace isvcc

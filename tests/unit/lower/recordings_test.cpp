// What KServe's own controller made of every recorded service: the plan is read back from the recorded workloads (metadata, pods) and
// from the stored service (everything else), and lowering it must give every recorded object again.
#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "base/text.h"
#include "kserve/implementation.h"
#include "kserve/names.h"
#include "ops/go_text.h"
#include "support/files.h"
#include "support/txtar.h"
#include "unit/lower/world.h"

using namespace isvcc;
using isvcc::test::World;
namespace fs = std::filesystem;
namespace {

std::vector<std::string> recorded_cases() {
  std::vector<std::string> names;
  const fs::path root = fs::path(test::source_dir()) / "fixtures";
  for (const char* set : {"cases", "cases-more", "cases-v0.19.0", "cases-v0.18.1"})
    for (const auto& entry : fs::recursive_directory_iterator(root / set))
      if (entry.path().extension() == ".txtar") names.push_back(fs::relative(entry.path(), root).string());
  std::sort(names.begin(), names.end());
  return names;
}

bool is_knative(View object) { return starts_with(object["apiVersion"].text(), "serving.knative.dev/"); }
bool is_workload(View object) { return object["kind"].text() == "Deployment" || is_knative(object); }

std::string_view owner_of(View object) { return metadata(object)["ownerReferences"].item(0)["name"].text(); }

class Recording {
 public:
  Recording(const std::string& name) : archive_(test::read_txtar(test::fixture(name))) {
    objects_ = documents("expected/objects.yaml");
    services_ = documents("expected/stored.yaml");
  }

  // The recorded objects of one service, and what this project makes of it.
  void check_all() {
    const View status = documents("expected/status.yaml").front();
    for (const View service : status["services"].items()) {
      const View stored = stored_service(service["namespace"].text(), service["name"].text());
      const bool made = !service["failed"].is_true() && service["deploymentMode"];  // without a mode the controller is still waiting
      if (made && stored) check(stored, service["deploymentMode"].text());
    }
    for (const Node* graph : graphs_) check_graph(metadata(graph)["name"].text());
  }

 private:
  std::vector<const Node*> documents(const std::string& file) {
    Diagnostics diags;
    Scratch scratch{arena_, diags};
    return read_yaml(archive_.get(file), 0, YamlEngine::LibYaml, Limits(), scratch);
  }

  View stored_service(std::string_view namespace_, std::string_view name) {
    for (const Node* s : services_)
      if (metadata(s)["namespace"].text() == namespace_ && metadata(s)["name"].text() == name) return s;
    return {};
  }

  void fill(World& world) {
    const View project = documents("isvcc.yaml").front();
    graphs_.clear();
    for (const auto& [file, text] : archive_.files) {
      if (!starts_with(file, "input/")) continue;
      for (const Node* object : documents(file)) add_input(world, object);
    }
    for (const Node* service : services_) world.add(View(service));
    const Object* config = world.repository().find("ConfigMap", "kserve", "inferenceservice-config");
    if (config) world.replace_config(config->view()["data"]);
    const Object* autoscaler = world.repository().find("ConfigMap", "knative-serving", "config-autoscaler");
    if (autoscaler && parse_go_bool(autoscaler->view()["data"][names::kAllowZeroInitialScale].text()) == true) world.profile().allow_zero_initial_scale = true;
    if (project["config"]) world.config(World::json(project["config"]));
    for (const Node* kind : project["absentCRDs"].items()) world.profile().absent_crds.emplace(View(kind).text());
  }

  void add_input(World& world, View object) {
    const std::string_view kind = object["kind"].text();
    if (kind == "InferenceService") return;
    world.add(object);
    if (kind == "InferenceGraph") graphs_.push_back(object.node());
  }

  void check(View stored, std::string_view mode) {
    World world(View(documents("isvcc.yaml").front())["kserve"].text(), "latest");
    fill(world);
    world.service(stored);
    world.plan().mode = mode == "Standard" ? DeploymentMode::Standard : DeploymentMode::Knative;
    world.plan().multi_model = is_multi_model(stored["spec"]["predictor"]);
    add_components(world, stored);
    world.plan().isvc = in_memory(world, stored);
    world.lower();
    BOOST_TEST(world.failure() == "");
    if (world.plan().multi_model) world.lower_models();
    compare(world, metadata(stored)["name"].text());
  }

  // The service in the controller's memory: labels of runtime defaults are added, an initial scale that Knative refuses is gone.
  const Node* in_memory(World& world, View stored) {
    const Make make(arena_);
    const Node* out = stored.node();
    for (const ComponentPlan& c : world.plan().components)
      if (world.plan().mode == DeploymentMode::Knative && annotation(out, names::kInitialScale) && !View(c.annotations)[names::kInitialScale])
        out = make.with_path(out, "metadata", make.with(metadata(out), "annotations", make.without(annotations(out), names::kInitialScale)));
    for (const ComponentPlan& c : world.plan().components)
      for (const std::string_view key : {names::kModelClass, names::kServiceEnvelope})
        if (const View value = View(c.labels)[key]) out = make.with_path(out, "metadata", make.with(metadata(out), "labels", make.with(labels(out), key, value.node())));
    return out;
  }

  // Predictor, canaries, transformer, explainer: in the order of the plan.
  void add_components(World& world, View stored) {
    const std::string predictor = predictor_name(stored, metadata(stored)["name"].text());
    for (const Role role : {Role::Predictor, Role::Canary, Role::Transformer, Role::Explainer})
      for (const Node* object : objects_)
        if (is_workload(object) && owner_of(object) == metadata(stored)["name"].text() && role_of(object, predictor) == role) add_component(world, stored, object, role);
    // Of a predictor that is stopped nothing is recorded.
    if (world.plan().components.empty() && !is_stopped(annotations(stored))) world.predictor("{annotations: {serving.kserve.io/stop: 'true'}}");
  }

  static std::optional<Role> role_of(View workload, std::string_view predictor) {
    const std::string_view component = label(workload, names::kComponent).text(), name = metadata(workload)["name"].text();
    if (component == "transformer") return Role::Transformer;
    if (component == "explainer") return Role::Explainer;
    if (name == predictor) return Role::Predictor;
    return ends_with(name, "-predictor-worker") ? std::nullopt : std::optional(Role::Canary);
  }

  void add_component(World& world, View stored, View workload, Role role) {
    const Make make(arena_);
    const View tmpl = workload["spec"]["template"];
    const View extension = role == Role::Canary ? View(canary_extension(workload)) : stored["spec"][role_name(role)];
    const Node* all = is_knative(workload) ? knative_annotations(workload, extension) : annotations(tmpl).node();
    const Node* worker = role == Role::Predictor && extension["workerSpec"] ? worker_of(workload) : nullptr;
    world.component(role, View(make.map({{"name", metadata(workload)["name"].node()},
                                         {"labels", make.without(labels(workload), names::kApp)},
                                         {"annotations", all},
                                         {"pod", without_revision_fields(tmpl["spec"])},
                                         {"extension", stable_extension(stored, extension, role)},
                                         {"worker", worker}})));
  }

  // Only what can be seen of a canary: its replicas, or those of its autoscaler.
  const Node* canary_extension(View workload) {
    const Make make(arena_);
    View count = workload["spec"]["replicas"];
    for (const View object : objects_)
      if (metadata(object)["name"].text() == metadata(workload)["name"].text() && object["spec"]["minReplicas"]) count = object["spec"]["minReplicas"];
    return make.map({{"minReplicas", count.node()}});
  }

  // Canaries take replicas from the stable predictor.
  const Node* stable_extension(View stored, View extension, Role role) {
    if (role != Role::Predictor || stored["spec"]["canary"].size() == 0 || !extension["minReplicas"]) return extension.node();
    const int64_t own = extension["minReplicas"].integer().value_or(1);
    int64_t taken = 0;
    for (const View canary : stored["spec"]["canary"].items())
      taken += canary["predictor"]["minReplicas"].integer().value_or((own * canary["trafficPercent"].integer().value_or(0) + 99) / 100);
    return Make(arena_).with(extension, "minReplicas", Make(arena_).integer(std::max<int64_t>(own - taken, 1)));
  }

  // The annotations before the controller turned the scaling of the component into more of them.
  const Node* knative_annotations(View service, View extension) {
    const Make make(arena_);
    MapBuilder out(make, annotations(service["spec"]["template"]));
    for (const Field& f : annotations(service).fields()) out.set(f.key(), f.value);
    out.erase("autoscaling.knative.dev/min-scale").erase("autoscaling.knative.dev/max-scale");
    if (out.get("autoscaling.knative.dev/class").text() == "kpa.autoscaling.knative.dev") out.erase("autoscaling.knative.dev/class");
    if (extension["scaleTarget"]) out.erase("autoscaling.knative.dev/target");
    if (extension["scaleMetric"]) out.erase("autoscaling.knative.dev/metric");
    return out.build();
  }

  const Node* without_revision_fields(View spec) {
    const Make make(arena_);
    MapBuilder out(make, spec);
    out.erase("containerConcurrency").erase("timeoutSeconds").erase("responseStartTimeoutSeconds");
    return out.build();
  }

  const Node* worker_of(View head) {
    const Make make(arena_);
    for (const View object : objects_) {
      if (object["kind"].text() != "Deployment" || !ends_with(metadata(object)["name"].text(), "-predictor-worker") || owner_of(object) != owner_of(head)) continue;
      return make.map({{"name", metadata(object)["name"].node()},
                       {"labels", make.without(labels(object), names::kApp)},
                       {"annotations", annotations(object).node()},
                       {"pod", object["spec"]["template"]["spec"].node()},
                       {"nodes", make.integer(object["spec"]["replicas"].integer().value_or(0) + 1)},
                       {"headGpus", gpus_of(head, names::kKserveContainer)},
                       {"workerGpus", gpus_of(object, names::kWorkerContainer)}});
    }
    return nullptr;
  }

  const Node* gpus_of(View workload, std::string_view container) {
    const View env = workload.at("spec.template.spec.containers").named("name", container)["env"];
    return Make(arena_).integer(parse_int(env.named("name", "REQUEST_GPU_COUNT")["value"].text()).value_or(0));
  }

  void check_graph(std::string_view name) {
    World world(View(documents("isvcc.yaml").front())["kserve"].text(), "latest");
    fill(world);
    const bool recorded = std::any_of(objects_.begin(), objects_.end(), [&](View o) { return owner_of(o) == name; });
    if (!recorded) return;
    const View home = metadata(*std::find_if(graphs_.begin(), graphs_.end(), [&](View g) { return metadata(g)["name"].text() == name; }))["namespace"];
    std::vector<Rendered> out;
    const Object* graph = world.repository().find("InferenceGraph", home.text("default"), name);
    const auto failed = lower_graph(*graph, world.repository(), world.profile(), world.scratch(), out);
    BOOST_TEST((failed ? failed->message : "") == "");
    compare(out, name);
  }

  void compare(const World& world, std::string_view owner) { compare(world.rendered(), owner); }

  void compare(const std::vector<Rendered>& rendered, std::string_view owner) {
    std::map<std::string, std::string> expected, made;
    const Make make(arena_);
    for (const View object : objects_)
      if (owner_of(object) == owner || is_unowned_sibling(object, rendered))
        expected[key_of(object)] = text_of(make.with(object, "metadata", make.without(metadata(object), "ownerReferences")));
    for (const Rendered& r : rendered) made[key_of(r.node)] = text_of(r.node);
    for (const auto& [key, text] : expected) BOOST_TEST(made[key] == text, key << ":\n" << made[key] << "\nexpected:\n" << text);
    for (const auto& [key, text] : made) BOOST_TEST(expected.count(key) == 1, key << " is not recorded");
    for (const Rendered& r : rendered) check_owner(r);
  }

  // Autoscalers of canaries and the CA bundle belong to nobody.
  static bool is_unowned_sibling(View object, const std::vector<Rendered>& rendered) {
    return owner_of(object).empty() && std::any_of(rendered.begin(), rendered.end(), [&](const Rendered& r) { return key_of(r.node) == key_of(object); });
  }

  void check_owner(const Rendered& r) {
    for (const View object : objects_)
      if (key_of(object) == key_of(r.node)) BOOST_TEST((r.owner && r.owned) == !owner_of(object).empty(), key_of(object));
  }

  static std::string key_of(View object) {
    return cat(object["apiVersion"].text(), ' ', object["kind"].text(), ' ', metadata(object)["namespace"].text(), '/', metadata(object)["name"].text());
  }
  static std::string text_of(View object) {
    std::string out;
    write_yaml(out, object);
    return out;
  }

  Arena arena_;
  test::Archive archive_;
  std::vector<const Node*> objects_, services_, graphs_;
};

}  // namespace

BOOST_DATA_TEST_CASE(recorded_objects_are_made_again, boost::unit_test::data::make(recorded_cases()), name) {
  BOOST_TEST_CONTEXT(name) { Recording(name).check_all(); }
}

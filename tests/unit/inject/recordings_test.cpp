// What KServe's own pod webhook made of every recorded Deployment and Knative Service: the template of expected/objects.yaml goes in,
// the template of expected/workloads.yaml must come out.
#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "base/text.h"
#include "support/files.h"
#include "support/txtar.h"
#include "unit/inject/world.h"

using namespace isvcc;
using isvcc::test::Archive;
using isvcc::test::World;
namespace fs = std::filesystem;

static std::vector<std::string> recorded_cases() {
  std::vector<std::string> names;
  const fs::path root = fs::path(test::source_dir()) / "fixtures";
  for (const char* set : {"cases", "cases-more", "cases-v0.19.0", "cases-v0.18.1"})
    for (const auto& entry : fs::recursive_directory_iterator(root / set))
      if (entry.path().extension() == ".txtar") names.push_back(fs::relative(entry.path(), root).string());
  std::sort(names.begin(), names.end());
  return names;
}

// Recordings that say nothing about the webhook: the matching ClusterStorageContainer varies from run to run.
static bool has_random_result(std::string_view name) {
  return name == "cases/storage/csc-several-match.txtar" || (contains(name, "-v0.1") && ends_with(name, "storage/csc-by-name.txtar"));
}

static View template_of(View object) { return object.at("spec.template"); }

static bool has_pods(View object) {
  return object["kind"].text() == "Deployment" || starts_with(object["apiVersion"].text(), "serving.knative.dev/");
}

static std::string identity(View object) {
  return cat(object["kind"].text(), " ", metadata(object)["namespace"].text(), "/", metadata(object)["name"].text());
}

class RecordedCase {
 public:
  explicit RecordedCase(const std::string& name) : archive_(test::read_txtar(test::fixture(name))) {
    const View project = parse("isvcc.yaml");
    world_.emplace(project["kserve"].text(), project["imageTag"].text());
    if (project["runtimes"].text() == "bundled") world_->add_bundled();
    for (const auto& [file, text] : archive_.files)
      if (starts_with(file, "input/")) world_->add(text);
    const Object* config = world_->repository().find("ConfigMap", "kserve", "inferenceservice-config");
    if (config) world_->replace_config(config->view()["data"]);
    if (project["config"]) world_->config(World::json(project["config"]));
  }

  std::vector<const Node*> documents(const std::string& file) {
    Diagnostics diags;
    Scratch scratch{arena_, diags};
    return read_yaml(archive_.get(file), 0, YamlEngine::LibYaml, Limits(), scratch);
  }

  bool has_workloads() const { return archive_.has("expected/workloads.yaml"); }
  bool has_objects() const { return archive_.has("expected/objects.yaml"); }

  std::string mutate(View object, PodTemplate& pod) {
    const View tmpl = template_of(object);
    pod = {labels(tmpl).node(), annotations(tmpl).node(), tmpl["spec"].node()};
    const std::string_view service = labels(tmpl)["serving.kserve.io/inferenceservice"].text(), home = metadata(object)["namespace"].text();
    for (const View stored : documents("expected/stored.yaml"))
      if (metadata(stored)["name"].text() == service && metadata(stored)["namespace"].text() == home) world_->isvc(stored);
    world_->knative(object["kind"].text() == "Service");
    return world_->mutate(pod, home);
  }

 private:
  View parse(const std::string& file) {
    std::string error;
    return parse_yaml(archive_.get(file), arena_, &error);
  }

  Arena arena_;
  Archive archive_;
  std::optional<World> world_;
};

static std::string text(View spec, View annotations, View labels) {
  Arena arena;
  std::string out;
  write_yaml(out, Make(arena).map({{"annotations", annotations.node()}, {"labels", labels.node()}, {"spec", spec.node()}}));
  return out;
}

static void check_template(RecordedCase& recorded, View object, View expected) {
  PodTemplate pod;
  const std::string error = recorded.mutate(object, pod);
  BOOST_TEST(error == "", identity(object) << ": " << error);
  const View want = template_of(expected);
  BOOST_TEST(text(pod.spec, pod.annotations, pod.labels) == text(want["spec"], annotations(want), labels(want)),
             boost::test_tools::per_element());
}

static void check_accepted(RecordedCase& recorded) {
  const std::vector<const Node*> workloads = recorded.documents("expected/workloads.yaml");
  for (const View object : recorded.documents("expected/objects.yaml")) {
    if (!has_pods(object)) continue;
    const auto same = std::find_if(workloads.begin(), workloads.end(),
                                   [&](View other) { return has_pods(other) && identity(other) == identity(object); });
    BOOST_TEST_CONTEXT(identity(object)) {
      BOOST_REQUIRE(same != workloads.end());
      check_template(recorded, object, *same);
    }
  }
}

static void check_refused(RecordedCase& recorded) {
  bool refused = false;
  PodTemplate pod;
  for (const View object : recorded.documents("expected/objects.yaml"))
    if (has_pods(object)) refused |= !recorded.mutate(object, pod).empty();
  BOOST_TEST(refused);
}

BOOST_AUTO_TEST_SUITE(recordings)

BOOST_DATA_TEST_CASE(the_webhook_makes_the_recorded_pods, boost::unit_test::data::make(recorded_cases()), name) {
  RecordedCase recorded(name);
  if (!recorded.has_objects() || has_random_result(name)) return;
  if (recorded.has_workloads()) check_accepted(recorded);
  else check_refused(recorded);
}

BOOST_AUTO_TEST_SUITE_END()

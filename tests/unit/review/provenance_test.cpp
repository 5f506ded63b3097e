// Where rendered values come from, and what they were on the way.
#include "review/provenance.h"

#include <boost/test/unit_test.hpp>

#include "driver/commands/printed_objects.h"
#include "emit/yaml_writer.h"
#include "review/explain_value.h"
#include "unit/review/world.h"

using namespace isvcc;
using namespace isvcc::test;

static const std::string kRuntime = R"(apiVersion: serving.kserve.io/v1alpha1
kind: ClusterServingRuntime
metadata: {name: own}
spec:
  supportedModelFormats: [{name: own, autoSelect: true}]
  containers:
  - name: kserve-container
    image: registry.example/own:1
    args: ["--model={{.Name}}", "--fast"]
    resources: {limits: {memory: 1Gi}}
)";
static const std::string kService = R"(apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: iris, namespace: ml, annotations: {serving.kserve.io/deploymentMode: Standard}}
spec:
  predictor:
    model:
      modelFormat: {name: own}
      storageUri: s3://b/m
      resources: {limits: {memory: 4Gi}}
)";

struct Rendered {
  World world{std::map<std::string, std::string>{{"runtime.yaml", kRuntime}, {"service.yaml", kService}}};
  Arena arena;
  Provenance provenance{world.result.sources, arena};

  View object(std::string_view kind) const {
    for (const Manifest& m : world.result.manifests)
      if (m.kind == kind) return m.node;
    return {};
  }
  std::string origin(std::string_view path) { return provenance.words(find(object("Deployment"), path)); }
};

BOOST_FIXTURE_TEST_CASE(a_value_that_passes_through_keeps_the_place_where_it_was_written, Rendered) {
  BOOST_TEST(origin("spec.template.spec.containers[0].image") == "runtime.yaml:8:12");
  BOOST_TEST(origin("spec.template.spec.containers[0].args[1]") == "runtime.yaml:9:33");
}

BOOST_FIXTURE_TEST_CASE(the_service_wins_over_the_runtime, Rendered) {
  BOOST_TEST(origin("spec.template.spec.containers[0].resources.limits.memory") == "service.yaml:9:36");
}

BOOST_FIXTURE_TEST_CASE(a_value_that_nobody_wrote_tells_its_pass, Rendered) {
  BOOST_TEST(origin("spec.template.spec.initContainers[0].name") == "storage initializer injection");
  BOOST_TEST(origin("no.such.value") == "isvcc");
}

BOOST_FIXTURE_TEST_CASE(every_printed_line_with_a_value_is_told, Rendered) {
  std::string text;
  write_yaml(text, object("Service"));
  const std::vector<PrintedLine> lines = PrintedObjects(world.result.manifests).lines(text, arena);
  const auto count = static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
  for (size_t number = 1; number <= count; ++number)
    BOOST_TEST(std::any_of(lines.begin(), lines.end(), [&](const PrintedLine& l) { return l.line == number; }), "line " << number << " of\n" << text);
}

BOOST_AUTO_TEST_CASE(values_on_several_lines_know_their_last_one) {
  Arena arena;
  const Make make(arena);
  const std::string words = "a long text that is folded at eighty columns, as the printer of Kubernetes does, so that it takes two lines";
  const View object = make.map({{"kind", make.text("Note")}, {"metadata", make.map({{"name", make.text("n")}})}, {"block", make.text("one\ntwo\n")}, {"folded", make.text(words)}});
  std::string text;
  write_yaml(text, object);
  const std::vector<PrintedLine> lines = printed_lines(text, [&](View) { return object; }, arena);
  auto at = [&](std::string_view path) { return *std::find_if(lines.begin(), lines.end(), [&](const PrintedLine& l) { return l.path == path; }); };
  BOOST_TEST(at("block").block);
  BOOST_TEST(!at("folded").block);
  BOOST_TEST(at("folded").last == at("folded").line + 1);
}

static std::vector<std::string> words_of(const std::vector<HistoryEntry>& history) {
  std::vector<std::string> words;
  for (const HistoryEntry& entry : history) words.push_back(cat(entry.where, ": ", brief(entry.value)));
  return words;
}

static std::vector<HistoryEntry> history(Rendered& r, const std::string& path) {
  const Facts facts = r.world.facts();
  PodStages stages;
  watch_service(r.world.session.request, r.world.result, *facts.services[0].service, [&](std::string_view words, const ServicePlan& plan) { stages.add(words, plan); }, r.arena);
  return history_of(r.object("Deployment"), path, facts.services[0], stages);
}

BOOST_FIXTURE_TEST_CASE(the_history_begins_with_the_runtime_and_the_service, Rendered) {
  const std::vector<std::string> expected = {"ClusterServingRuntime own: \"1Gi\"", "InferenceService ml/iris: \"4Gi\""};
  BOOST_TEST(words_of(history(*this, "spec.template.spec.containers[0].resources.limits.memory")) == expected, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(the_history_tells_the_pass_that_changed_a_value, Rendered) {
  const std::vector<std::string> expected = {"ClusterServingRuntime own: \"--model={{.Name}}\"", "after merging: \"--model=iris\""};
  BOOST_TEST(words_of(history(*this, "spec.template.spec.containers[0].args[0]")) == expected, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_value_outside_of_pods_has_no_history, Rendered) {
  BOOST_TEST(history(*this, "spec.progressDeadlineSeconds").empty());
}

static std::vector<std::string> found(const Rendered& r, std::string_view field) {
  std::vector<std::string> out;
  for (const ValueQuestion& q : find_values(field, {r.object("Deployment"), r.object("Service")})) out.push_back(cat(q.object["kind"].text(), ' ', q.path));
  return out;
}

BOOST_FIXTURE_TEST_CASE(fields_are_found_by_index_by_name_and_in_objects_of_a_kind, Rendered) {
  const std::vector<std::string> image = {"Deployment spec.template.spec.containers[0].image"}, names = {"Deployment metadata.name", "Service metadata.name"}, one = {"Service metadata.name"};
  BOOST_TEST(found(*this, "spec.template.spec.containers[kserve-container].image") == image, boost::test_tools::per_element());
  BOOST_TEST(found(*this, "spec.template.spec.containers[0].image") == image, boost::test_tools::per_element());
  BOOST_TEST(found(*this, "metadata.name") == names, boost::test_tools::per_element());
  BOOST_TEST(found(*this, "Service:metadata.name") == one, boost::test_tools::per_element());
  BOOST_TEST(found(*this, "Service/iris-predictor:metadata.name") == one, boost::test_tools::per_element());
  BOOST_TEST(found(*this, "Service/other:metadata.name").empty());
}

BOOST_FIXTURE_TEST_CASE(a_path_that_leads_nowhere_gets_the_part_that_does, Rendered) {
  BOOST_TEST(nearest_path("spec.strategy.kind", {object("Deployment")}) == "Deployment iris-predictor has spec.strategy: type, rollingUpdate");
}

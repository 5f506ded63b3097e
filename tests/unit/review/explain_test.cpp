#include "review/explain.h"

#include <boost/test/unit_test.hpp>

#include "unit/review/world.h"

using namespace isvcc;
using namespace isvcc::test;

// The explanation of the one service of a repository.
struct Explained {
  World world;
  Facts facts;
  Explanation e;

  explicit Explained(const std::string& files) : world({{"all.yaml", files}}), facts(world.facts()), e(explain_service(facts.services.at(0), facts)) {}

  std::string dropped(std::string_view name) const {
    const View model = e.service->service->view().at("spec.predictor.model");
    for (const Candidate& c : e.candidates)
      if (short_name(*c.runtime->object) == name) return c.drop == Drop::None ? "candidate" : drop_sentence(c, model);
    return "-";
  }
  bool fragile(std::string_view part) const {
    return std::any_of(e.fragile.begin(), e.fragile.end(), [&](const std::string& s) { return contains(s, part); });
  }
  // What the service would run on after a change, "-" when the change is not offered, "fails" without a runtime.
  std::string after(std::string_view change, std::string_view of = "") const {
    for (const WhatIf& w : e.changes)
      if (w.change == change && (w.where ? short_name(*w.where) : "") == of) return w.runtime ? short_name(*w.runtime) : "fails";
    return "-";
  }
};

static std::string x(const std::string& more) { return "supportedModelFormats: [{name: x, version: '1', autoSelect: true" + more + "}], protocolVersions: [v1]"; }
static const std::string kAsksX = service("team", "s", "modelFormat: {name: x}");

BOOST_AUTO_TEST_CASE(each_rule_that_drops_a_runtime_is_named) {
  const Explained q(runtime("good", x("")) + runtime("idle", "disabled: true, " + x("")) + runtime("many", "multiModel: true, " + x("")) +
                    runtime("other", "supportedModelFormats: [{name: why, autoSelect: true}]") + runtime("shy", "supportedModelFormats: [{name: x}]") +
                    runtime("mute", "supportedModelFormats: [{name: x, autoSelect: true}], protocolVersions: [v2, grpc-v2]") +
                    runtime("big", "workerSpec: {containers: [{name: worker-container, image: i}]}, " + x("")) + kAsksX);
  BOOST_TEST(q.dropped("good") == "candidate");
  BOOST_TEST(q.dropped("idle") == "is disabled");
  BOOST_TEST(q.dropped("many") == "serves several models at once (multiModel)");
  BOOST_TEST(q.dropped("other") == "does not list x");
  BOOST_TEST(q.dropped("shy") == "lists x without autoSelect: must be named");
  BOOST_TEST(q.dropped("mute") == "speaks v2, grpc-v2, not v1");
  BOOST_TEST(q.dropped("big") == "has a workerSpec, which only multi-node services use");
}

BOOST_AUTO_TEST_CASE(a_version_must_be_listed_as_it_is) {
  const Explained q(runtime("one", x("")) + runtime("none", "supportedModelFormats: [{name: x, autoSelect: true}]") + service("team", "s", "modelFormat: {name: x, version: '1.2'}"));
  BOOST_TEST(q.dropped("one") == "lists x in version 1, not 1.2");
  BOOST_TEST(q.dropped("none") == "lists x without a version");
  BOOST_TEST(q.after("spec.predictor.model.modelFormat.version: '1'") == "one");
  BOOST_TEST(q.after("no spec.predictor.model.modelFormat.version") == "one");
}

BOOST_AUTO_TEST_CASE(a_tie_is_decided_by_name) {
  const Explained q(runtime("b", x("")) + runtime("a", x("")) + kAsksX);
  BOOST_TEST(short_name(*q.e.runtime) == "a");
  BOOST_TEST(q.fragile("wins only by name: b has the same priority"));
}

BOOST_AUTO_TEST_CASE(a_tie_is_decided_by_creation_time_where_it_is_known) {
  const std::string newer = "---\napiVersion: serving.kserve.io/v1alpha1\nkind: ClusterServingRuntime\nmetadata: {name: z, creationTimestamp: '2024-01-01T00:00:00Z'}\n"
                            "spec: {containers: [{name: kserve-container, image: i}], " + x("") + "}\n";
  const Explained q(runtime("a", x("")) + newer + kAsksX);
  BOOST_TEST(short_name(*q.e.runtime) == "z");
  BOOST_TEST(q.fragile("wins only by its creation time: a has the same priority"));
}

BOOST_AUTO_TEST_CASE(a_tie_is_decided_by_protocol_class) {
  const Explained q(runtime("a", "supportedModelFormats: [{name: x, autoSelect: true}]") + runtime("b", x("")) + kAsksX);
  BOOST_TEST(short_name(*q.e.runtime) == "b");
  BOOST_TEST(q.fragile("wins only by protocol class: a has the same priority, but lists no protocol as early as v1"));
}

BOOST_AUTO_TEST_CASE(a_win_by_priority_is_no_narrow_one) {
  const Explained q(runtime("a", x("")) + runtime("b", x(", priority: 3")) + kAsksX);
  BOOST_TEST(short_name(*q.e.runtime) == "b");
  BOOST_TEST(!q.fragile("only by"));
  BOOST_TEST(q.fragile("a new ClusterServingRuntime with a priority above 3 would take over"));
  BOOST_TEST(q.fragile("a new ServingRuntime in namespace team that selects x automatically would take over"));
}

BOOST_AUTO_TEST_CASE(a_runtime_of_the_namespace_fears_only_its_neighbours) {
  const Explained q(runtime("a", x(", priority: 9")) + runtime("own", x(""), "team") + kAsksX);
  BOOST_TEST(short_name(*q.e.runtime) == "team/own");
  BOOST_TEST(q.fragile("a new ServingRuntime in namespace team with any priority would take over"));
  BOOST_TEST(!q.fragile("ClusterServingRuntime"));
}

BOOST_AUTO_TEST_CASE(annotations_may_come_from_a_namesake) {
  const Explained q(runtime("a", x("")) + runtime("a", "disabled: true, " + x(""), "team") + kAsksX);
  BOOST_TEST(q.fragile("its annotations are read from ServingRuntime team/a"));
}

BOOST_AUTO_TEST_CASE(a_priority_may_come_from_an_entry_that_does_not_match) {
  const Explained q(runtime("a", "supportedModelFormats: [{name: x, version: '1', priority: 9}, {name: x, version: '2', autoSelect: true, priority: 1}]") + service("team", "s", "modelFormat: {name: x, version: '2'}"));
  BOOST_TEST(q.fragile("priority 9 is taken from the first entry of the format"));
}

BOOST_AUTO_TEST_CASE(the_only_candidate_is_told) { BOOST_TEST(Explained(runtime("a", x("")) + kAsksX).fragile("is the only candidate")); }

BOOST_AUTO_TEST_CASE(changes_are_tried_before_they_are_told) {
  const Explained q(runtime("a", x(", priority: 5")) + runtime("b", x(", priority: 1")) + runtime("shy", "supportedModelFormats: [{name: x, priority: 7}]") +
                    runtime("weak", "supportedModelFormats: [{name: x, autoSelect: true, priority: 2}], protocolVersions: [v2]") + runtime("idle", "disabled: true, " + x(", priority: 6")) + kAsksX);
  BOOST_TEST(q.after("priority 6 for x", "b") == "b");
  BOOST_TEST(q.after("autoSelect: true for x", "shy") == "shy");
  BOOST_TEST(q.after("not disabled", "idle") == "idle");
  BOOST_TEST(q.after("disabled: true", "a") == "b");
  BOOST_TEST(q.after("protocolVersions + v1", "weak") == "-");  // it would still lose
  BOOST_TEST(q.after("spec.predictor.model.protocolVersion: v2") == "weak");
  BOOST_TEST(q.after("spec.predictor.model.runtime: b") == "b");
}

BOOST_AUTO_TEST_CASE(a_service_without_a_runtime_learns_what_would_give_it_one) {
  const Explained q(runtime("a", "supportedModelFormats: [{name: onnx, autoSelect: true}], protocolVersions: [v2]") + service("team", "s", "modelFormat: {name: onnx}"));
  BOOST_TEST(!q.e.runtime);
  BOOST_TEST(q.after("spec.predictor.model.protocolVersion: v2") == "a");
  BOOST_TEST(q.after("protocolVersions + v1", "a") == "a");
}

BOOST_AUTO_TEST_CASE(a_misspelled_format_is_a_change_away) {
  const Explained q(runtime("a", "supportedModelFormats: [{name: sklearn, autoSelect: true}]") + service("team", "s", "modelFormat: {name: sklern}"));
  BOOST_TEST(q.after("spec.predictor.model.modelFormat.name: sklearn") == "a");
}

BOOST_AUTO_TEST_CASE(a_named_runtime_can_be_hidden) {
  const Explained q(runtime("a", x("")) + service("team", "s", "modelFormat: {name: x}, runtime: a"));
  BOOST_TEST(q.fragile("a new ServingRuntime a in namespace team would take its place, even a disabled one"));
}

BOOST_AUTO_TEST_CASE(multi_node_is_a_change_of_the_service) {
  const Explained q(runtime("a", x("")) + runtime("big", "workerSpec: {containers: [{name: worker-container, image: i}]}, " + x("")) + kAsksX);
  BOOST_TEST(q.after("a spec.predictor.workerSpec") == "big");
}

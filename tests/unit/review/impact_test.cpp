#include "review/impact.h"

#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "unit/review/world.h"

using namespace isvcc;
using namespace isvcc::test;

// The impact of one object ("Kind/name" or "Kind/namespace/name") of a repository.
struct Question {
  World with;
  World without;
  Facts before, after;
  ImpactSubjects subjects;
  Impact impact;

  Question(const std::string& files, const ObjectRef& object) : with({{"all.yaml", files}}), without(files, object), before(with.facts()), after(without.facts()) {
    subjects.objects.push_back(with.result.repository.find(object.kind, object.namespace_, object.name));
    impact = find_impact(subjects, {before, with.result.manifests}, {after, without.result.manifests});
    text = impact_text(impact, subjects, before);
  }

  // "reach why" of a service, "-" when it is not mentioned.
  std::string of(std::string_view name) const {
    for (const ImpactEntry& e : impact.services)
      if (e.service->service->name == name) return cat(reach_word(e.reach), e.other ? cat(" ", short_name(*e.other)) : "", e.why.empty() ? "" : cat(": ", e.why), e.held ? " (held)" : "");
    return "-";
  }
  std::string text;
};

static const ObjectRef kHigh{"ClusterServingRuntime", "", "high"};
static const std::string kRuntimes = runtime("low", "supportedModelFormats: [{name: x, autoSelect: true, priority: 1}], protocolVersions: [v1, v2]") +
                                     runtime("high", "supportedModelFormats: [{name: x, autoSelect: true, priority: 2}], protocolVersions: [v1]");

BOOST_AUTO_TEST_CASE(a_service_on_the_runtime_would_switch_to_the_next_one) {
  BOOST_TEST(Question(kRuntimes + service("team", "s", "modelFormat: {name: x}"), kHigh).of("s") == "switches low");
}

BOOST_AUTO_TEST_CASE(a_service_that_names_the_runtime_would_fail) {
  const Question q(kRuntimes + service("team", "s", "modelFormat: {name: x}, runtime: high"), kHigh);
  BOOST_TEST(q.of("s") == "breaks: No ServingRuntimes or ClusterServingRuntimes with the name: high");
  BOOST_TEST(contains(q.text, "1 of 1 service reached, 1 would fail"));
}

BOOST_AUTO_TEST_CASE(a_service_that_names_another_runtime_is_shielded) {
  BOOST_TEST(Question(kRuntimes + service("team", "s", "modelFormat: {name: x}, runtime: low"), kHigh).of("s") == "shielded: names runtime 'low'");
}

BOOST_AUTO_TEST_CASE(another_protocol_shields) {
  BOOST_TEST(Question(kRuntimes + service("team", "s", "modelFormat: {name: x}, protocolVersion: v2"), kHigh).of("s") == "shielded: high speaks v1, not v2");
}

BOOST_AUTO_TEST_CASE(a_runtime_of_the_namespace_shields_from_those_of_the_cluster) {
  const std::string own = runtime("own", "supportedModelFormats: [{name: x, autoSelect: true}], protocolVersions: [v1]", "team");
  BOOST_TEST(Question(kRuntimes + own + service("team", "s", "modelFormat: {name: x}"), kHigh).of("s") ==
             "shielded: ServingRuntime team/own of its own namespace goes first, whatever the priority");
}

BOOST_AUTO_TEST_CASE(a_service_ahead_of_the_runtime_could_come_over) {
  BOOST_TEST(Question(kRuntimes + service("team", "s", "modelFormat: {name: x}"), {"ClusterServingRuntime", "", "low"}).of("s") == "could high: a priority above 2 is enough");
}

BOOST_AUTO_TEST_CASE(other_formats_are_not_mentioned) {
  const std::string other = runtime("other", "supportedModelFormats: [{name: why, autoSelect: true}]");
  BOOST_TEST(Question(kRuntimes + other + service("team", "s", "modelFormat: {name: why}"), kHigh).of("s") == "-");
}

BOOST_AUTO_TEST_CASE(a_service_without_automatic_update_is_reached_but_held) {
  const Question q(kRuntimes + service("team", "s", "modelFormat: {name: x}", ", annotations: {serving.kserve.io/disable-auto-update: 'true'}"), kHigh);
  BOOST_TEST(q.of("s") == "switches low (held)");
  BOOST_TEST(contains(q.text, "0 of 1 service reached"));
  BOOST_TEST(contains(q.text, "KServe waits: disable-auto-update"));
}

BOOST_AUTO_TEST_CASE(credentials_reach_the_services_of_their_account) {
  const std::string account = "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: sa, namespace: team}\nsecrets: [{name: keys}]\n"
                              "---\napiVersion: v1\nkind: Secret\nmetadata: {name: keys, namespace: team}\ndata: {AWS_ACCESS_KEY_ID: eA==, AWS_SECRET_ACCESS_KEY: eA==}\n";
  const std::string with_account = "---\napiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: {name: s, namespace: team}\n"
                                   "spec: {predictor: {serviceAccountName: sa, model: {modelFormat: {name: x}, storageUri: 's3://b/m'}}}\n";
  const std::string all = kRuntimes + account + with_account + service("team", "t", "modelFormat: {name: x}") +
                          "---\napiVersion: serving.kserve.io/v1alpha1\nkind: ClusterStorageContainer\nmetadata: {name: default}\nspec: {container: {name: storage-initializer, image: i}, "
                          "supportedUriFormats: [{prefix: 's3://'}], workloadType: initContainer}\n";
  const Question q(all, {"Secret", "team", "keys"});
  BOOST_TEST(q.of("s") == "changes");
  BOOST_TEST(q.of("t") == "-");
}

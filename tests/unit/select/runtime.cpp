#include <boost/test/unit_test.hpp>

#include "load/reader.h"
#include "select/labels.h"
#include "select/select.h"

using namespace isvcc;

// Runtimes of one namespace and the cluster, and one predictor, all in YAML.
struct World {
  Arena arena;
  Diagnostics diags;
  Scratch scratch{arena, diags};
  Repository repository;
  Profile profile;
  RuntimeIndex index;

  World() { profile.schemas = &builtin_schemas("v0.20.0"); }

  const Node* yaml(const std::string& text) { return parse_yaml(arena.copy(text), arena); }

  void runtime(std::string_view kind, std::string_view name, const std::string& spec, std::string_view made = {}) {
    const Make make(arena);
    const Node* meta = make.map({{"name", make.text(name)}, {"creationTimestamp", made.empty() ? nullptr : make.text(made)}});
    const Node* object = make.map({{"metadata", meta}, {"spec", yaml(spec)}});
    repository.add({.node = object, .written = object, .api_version = "serving.kserve.io/v1alpha1", .kind = kind,
                    .namespace_ = kind == "ServingRuntime" ? "ml" : "", .name = arena.copy(name), .file = 0, .json_path = {}});
  }
  void cluster(std::string_view name, const std::string& spec, std::string_view made = {}) { runtime("ClusterServingRuntime", name, spec, made); }
  void namespaced(std::string_view name, const std::string& spec) { runtime("ServingRuntime", name, spec); }

  // The name of the selected runtime, or the failure's reason.
  std::string selected(const std::string& predictor) {
    repository.finish();
    index = index_runtimes(repository, profile, scratch);
    const View view = yaml(predictor);
    Selection selection;
    if (const auto failure = select_runtime(view, "ml", static_cast<bool>(view["workerSpec"]), index, selection)) return failure->reason;
    return std::string(selection.runtime->object->name);
  }
};

static std::string serving(const std::string& formats, const std::string& more = "") {
  return "{supportedModelFormats: [" + formats + "], containers: [{name: kserve-container}]" + (more.empty() ? "" : ", " + more) + "}";
}

BOOST_FIXTURE_TEST_CASE(any_namespaced_candidate_beats_every_cluster_candidate, World) {
  cluster("big", serving("{name: foo, autoSelect: true, priority: 100}"));
  namespaced("small", serving("{name: foo, autoSelect: true}"));
  BOOST_TEST(selected("{model: {modelFormat: {name: foo}}}") == "small");
}

BOOST_FIXTURE_TEST_CASE(a_higher_priority_wins_over_the_protocol_class, World) {
  cluster("v1-first", serving("{name: foo, autoSelect: true, priority: 1}", "protocolVersions: [v1, v2]"));
  cluster("v2-only", serving("{name: foo, autoSelect: true, priority: 2}", "protocolVersions: [v2]"));
  BOOST_TEST(selected("{model: {modelFormat: {name: foo}, protocolVersion: v2}}") == "v2-only");
}

BOOST_FIXTURE_TEST_CASE(an_unset_protocol_counts_as_v1, World) {
  cluster("v2-only", serving("{name: foo, autoSelect: true}", "protocolVersions: [v2]"));
  BOOST_TEST(selected("{model: {modelFormat: {name: foo}}}") == "NoSupportingRuntime");
}

BOOST_FIXTURE_TEST_CASE(of_equal_runtimes_the_newest_wins, World) {
  cluster("a", serving("{name: foo, autoSelect: true}"), "2024-01-01T00:00:00Z");
  cluster("b", serving("{name: foo, autoSelect: true}"), "2025-01-01T00:00:00Z");
  BOOST_TEST(selected("{model: {modelFormat: {name: foo}}}") == "b");
}

BOOST_FIXTURE_TEST_CASE(of_equal_runtimes_without_timestamps_the_smaller_name_wins, World) {
  cluster("b", serving("{name: foo, autoSelect: true}"));
  cluster("a", serving("{name: foo, autoSelect: true}"));
  BOOST_TEST(selected("{model: {modelFormat: {name: foo}}}") == "a");
}

BOOST_FIXTURE_TEST_CASE(the_priority_comes_from_the_first_entry_of_the_format_even_when_another_one_matches, World) {
  cluster("a", serving("{name: foo, version: '1', autoSelect: false, priority: 9}, {name: foo, version: '2', autoSelect: true, priority: 1}"));
  cluster("b", serving("{name: foo, version: '2', autoSelect: true, priority: 5}"));
  BOOST_TEST(selected("{model: {modelFormat: {name: foo, version: '2'}}}") == "a");
}

BOOST_FIXTURE_TEST_CASE(a_version_must_match_exactly, World) {
  cluster("a", serving("{name: foo, version: '1', autoSelect: true}"));
  BOOST_TEST(selected("{model: {modelFormat: {name: foo, version: '1.3'}}}") == "NoSupportingRuntime");
  BOOST_TEST(selected("{model: {modelFormat: {name: foo}}}") == "a");
}

BOOST_FIXTURE_TEST_CASE(a_named_runtime_needs_no_auto_select, World) {
  cluster("quiet", serving("{name: foo}"));
  BOOST_TEST(selected("{model: {modelFormat: {name: foo}, runtime: quiet}}") == "quiet");
  BOOST_TEST(selected("{model: {modelFormat: {name: foo}}}") == "NoSupportingRuntime");
}

BOOST_FIXTURE_TEST_CASE(a_disabled_namespaced_runtime_hides_the_cluster_runtime_of_its_name, World) {
  cluster("shared", serving("{name: foo}"));
  namespaced("shared", serving("{name: foo}", "disabled: true"));
  BOOST_TEST(selected("{model: {modelFormat: {name: foo}, runtime: shared}}") == "RuntimeDisabled");
}

BOOST_FIXTURE_TEST_CASE(multi_node_services_use_multi_node_runtimes_only, World) {
  cluster("one", serving("{name: foo, autoSelect: true, priority: 9}"));
  cluster("many", serving("{name: foo, autoSelect: true}", "workerSpec: {containers: [{name: worker-container}]}"));
  BOOST_TEST(selected("{model: {modelFormat: {name: foo}}, workerSpec: {}}") == "many");
  BOOST_TEST(selected("{model: {modelFormat: {name: foo}}}") == "one");
}

BOOST_FIXTURE_TEST_CASE(every_runtime_is_listed_with_the_rule_that_dropped_it, World) {
  cluster("candidate", serving("{name: foo, autoSelect: true}"));
  cluster("manual", serving("{name: foo}"));
  cluster("off", serving("{name: foo, autoSelect: true}", "disabled: true"));
  cluster("other", serving("{name: bar, autoSelect: true}"));
  selected("{model: {modelFormat: {name: foo}}}");
  std::vector<std::string> lines;
  for (const Candidate& c : runtime_candidates(yaml("{model: {modelFormat: {name: foo}}}"), "ml", false, index))
    lines.push_back(std::string(c.runtime->object->name) + " " + std::string(drop_words(c.drop)));
  const std::vector<std::string> expected = {"candidate could serve the model", "manual lists the model format, but not for automatic selection (autoSelect)",
                                             "off is disabled", "other does not list the model format"};
  BOOST_TEST(lines == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_colon_in_a_format_name_collides_with_name_and_version_as_in_kserve) {
  Arena arena;
  BOOST_TEST(model_label(parse_yaml("{name: 'a:b'}", arena)) == model_label(parse_yaml("{name: a, version: b}", arena)));
}

BOOST_FIXTURE_TEST_CASE(a_priority_is_that_of_the_model_s_own_format_name, World) {
  // The label of `foo` in version `1` is that of a format named `foo:1`, which has no priority here.
  cluster("a", serving("{name: foo, version: '1', autoSelect: true, priority: 1}"));
  cluster("b", serving("{name: foo, version: '1', autoSelect: true, priority: 2}"));
  BOOST_TEST(selected("{model: {modelFormat: {name: foo, version: '1'}}}") == "b");
  BOOST_TEST(selected("{model: {modelFormat: {name: 'foo:1'}}}") == "a");
}

// Laws of the strategic merge, what KServe adds to it, and its behaviour on large and shared values.
#include <boost/test/unit_test.hpp>
#include <random>

#include "base/text.h"
#include "emit/yaml_writer.h"
#include "ops/strategic_merge.h"
#include "support/json_text.h"

using namespace isvcc;

static const Schema& container() { return *builtin_schemas("v0.20.0").type("Container"); }
static const Schema& pod() { return *builtin_schemas("v0.20.0").type("PodSpec"); }

static std::string json(View value) {
  std::string out;
  if (value) write_json(out, value.node(), 0);
  return out;
}

// What lies under `key` after the merge of two containers.
static std::string merged(std::string_view base, std::string_view overlay, std::string_view key, EnvConflicts conflicts = EnvConflicts::Clear) {
  Arena arena;
  const MergeResult result = merge_containers(test::read_json(base, arena), test::read_json(overlay, arena), container(), arena, conflicts);
  BOOST_TEST(result.error == "");
  return json(View(result.value)[key]);
}

// Random containers without directives, nulls or repeated keys: what a merge meets in KServe.
class RandomContainers {
 public:
  explicit RandomContainers(Arena& arena) : make_(arena) {}

  const Node* container() {
    MapBuilder out(make_);
    out.set_text("name", letter());
    if (coin()) out.set_text("image", letter());
    if (coin()) out.set("env", list([&](std::string_view name) { return make_.map({{"name", make_.text(name)}, {"value", coin() ? make_.text(letter()) : nullptr}}); }));
    if (coin()) out.set("volumeMounts", list([&](std::string_view name) { return make_.map({{"mountPath", make_.text(name)}, {"name", make_.text(letter())}}); }));
    if (coin()) out.set("command", make_.texts({letter(), letter()}));
    out.set("resources", coin() ? make_.map({{"limits", limits()}}) : make_.map({}));
    return out.build();
  }

 private:
  bool coin() { return random_() % 2 == 0; }
  std::string letter() { return std::string(1, static_cast<char>('a' + random_() % 6)); }
  const Node* limits() { return make_.map({{"cpu", make_.text(coin() ? "1" : "2")}, {"memory", coin() ? make_.text("1Gi") : nullptr}}); }
  template <class Item>
  const Node* list(Item item) {
    std::string names = "abcdefghijklmnopqrstuvwxyz";
    std::shuffle(names.begin(), names.end(), random_);
    names.resize(random_() % 8 == 0 ? 20 : random_() % 5);
    std::vector<const Node*> items;
    for (char name : names) items.push_back(item(std::string_view(&name, 1)));
    return make_.list(items);
  }

  Make make_;
  std::mt19937 random_{7};
};

static View merge(View original, View patch, Arena& arena) {
  const MergeResult result = strategic_merge(original, patch, container(), arena);
  BOOST_TEST(result.error == "");
  return result.value;
}

BOOST_AUTO_TEST_SUITE(strategic_merges)

BOOST_AUTO_TEST_CASE(an_empty_patch_changes_nothing_and_copies_nothing) {
  Arena arena;
  RandomContainers random(arena);
  for (int i = 0; i < 300; ++i) {
    const Node* original = random.container();
    BOOST_TEST(merge(original, Make(arena).map({}), arena).node() == original);
    BOOST_TEST(json(merge({}, original, arena)) == json(original));
  }
}

BOOST_AUTO_TEST_CASE(a_value_merged_with_itself_stays_itself) {
  Arena arena;
  RandomContainers random(arena);
  for (int i = 0; i < 300; ++i) {
    const Node* original = random.container();
    BOOST_TEST(json(merge(original, original, arena)) == json(original));
  }
}

BOOST_AUTO_TEST_CASE(a_patch_applied_twice_is_a_patch_applied_once) {
  Arena arena;
  RandomContainers random(arena);
  for (int i = 0; i < 300; ++i) {
    const Node* original = random.container();
    const Node* patch = random.container();
    const View once = merge(original, patch, arena);
    BOOST_TEST(json(merge(once, patch, arena)) == json(once));
  }
}

BOOST_AUTO_TEST_CASE(every_item_of_either_list_is_there_once) {
  Arena arena;
  RandomContainers random(arena);
  for (int i = 0; i < 300; ++i) {
    const View original = random.container(), patch = random.container();
    const View env = merge(original, patch, arena)["env"];
    size_t expected = original["env"].size();
    for (const Node* entry : patch["env"].items()) expected += !original["env"].named("name", View(entry)["name"].text());
    BOOST_TEST(env.size() == expected);
  }
}

BOOST_AUTO_TEST_CASE(unchanged_parts_are_shared) {
  Arena arena;
  const View original = test::read_json(R"({"name":"a","env":[{"name":"A"}],"resources":{"limits":{"cpu":"1"}}})", arena);
  const View result = merge(original, test::read_json(R"({"image":"x","resources":{}})", arena), arena);
  BOOST_TEST(result["env"].node() == original["env"].node());
  BOOST_TEST(result["resources"].node() == original["resources"].node());
}

BOOST_AUTO_TEST_CASE(long_lists_and_wide_maps_merge_in_reasonable_time) {
  std::string env = "{\"env\":[", labels = "{\"nodeSelector\":{";
  for (int i = 0; i < 50000; ++i) {
    env += cat(i ? "," : "", "{\"name\":\"V", i, "\"}");
    labels += cat(i ? "," : "", "\"k", i, "\":\"v\"");
  }
  Arena arena;
  const View long_list = test::read_json(env + "]}", arena), wide_map = test::read_json(labels + "}}", arena);
  BOOST_TEST(strategic_merge(long_list, long_list, container(), arena).value);
  BOOST_TEST(strategic_merge(wide_map, wide_map, pod(), arena).value);
}

BOOST_AUTO_TEST_CASE(the_overlays_kind_of_env_value_wins) {
  const char* base = R"({"name":"c","env":[{"name":"A","value":"1"},{"name":"B","valueFrom":{"fieldRef":{"fieldPath":"p"}}}]})";
  const char* overlay = R"({"env":[{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"q"}}},{"name":"B","value":"2"}]})";
  BOOST_TEST(merged(base, overlay, "env") == R"([{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"q"}}},{"name":"B","value":"2"}])");
}

BOOST_AUTO_TEST_CASE(before_v0_20_both_kinds_of_env_value_stay) {
  BOOST_TEST(merged(R"({"env":[{"name":"A","value":"1"}]})", R"({"env":[{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"q"}}}]})", "env", EnvConflicts::Keep) ==
             R"([{"name":"A","value":"1","valueFrom":{"fieldRef":{"fieldPath":"q"}}}])");
}

BOOST_AUTO_TEST_CASE(args_follow_each_other_and_commands_replace) {
  BOOST_TEST(merged(R"({"args":["a"],"command":["x"]})", R"({"args":["a","b"],"command":["y"]})", "args") == R"(["a","a","b"])");
  BOOST_TEST(merged(R"({"args":["a"],"command":["x"]})", R"({"args":["a","b"],"command":["y"]})", "command") == R"(["y"])");
  BOOST_TEST(merged(R"({"args":[]})", "{}", "args") == "");
}

BOOST_AUTO_TEST_CASE(zero_values_of_the_overlay_override_nothing) {
  BOOST_TEST(merged(R"({"image":"x","stdin":true})", R"({"image":"","stdin":false})", "image") == "\"x\"");
  BOOST_TEST(merged(R"({"image":"x","stdin":true})", R"({"image":"","stdin":false})", "stdin") == "true");
  BOOST_TEST(merged(R"({"env":[{"name":"A","value":"1"}]})", R"({"env":[{"name":"A","value":""}]})", "env") == R"([{"name":"A","value":"1"}])");
}

BOOST_AUTO_TEST_CASE(a_probe_of_the_overlay_without_a_port_sets_it_to_zero) {
  BOOST_TEST(merged(R"({"readinessProbe":{"httpGet":{"path":"/a","port":8080}}})", R"({"readinessProbe":{"httpGet":{"path":"/b"}}})", "readinessProbe") ==
             R"({"httpGet":{"path":"/b","port":0}})");
}

BOOST_AUTO_TEST_CASE(an_entry_without_its_key_is_an_error_in_the_api_servers_words) {
  Arena arena;
  const MergeResult result = merge_pod_specs(test::read_json(R"({"imagePullSecrets":[{"name":"a"}]})", arena), test::read_json(R"({"imagePullSecrets":[{}]})", arena), pod(), arena);
  BOOST_TEST(result.error == "map: map[] does not contain declared merge key: name");
}

BOOST_AUTO_TEST_SUITE_END()

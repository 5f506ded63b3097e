#include "kserve/bundled.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "base/text.h"
#include "load/reader.h"
#include "support/files.h"
#include "tree/make.h"

using namespace isvcc;
namespace fs = std::filesystem;

static std::vector<std::string_view> names_of(View list, std::string_view kind) {
  std::vector<std::string_view> names;
  for (View item : list["items"].items())
    if (item["kind"].text() == kind) names.push_back(item["metadata"]["name"].text());
  return names;
}

static View object(View list, std::string_view name) {
  for (View item : list["items"].items())
    if (item["metadata"]["name"].text() == name) return item;
  return {};
}

static std::string_view image(View runtime) { return runtime.at("spec.containers").item(0)["image"].text(); }

BOOST_AUTO_TEST_SUITE(bundled)

BOOST_AUTO_TEST_CASE(releases_are_listed_oldest_first) {
  const std::vector<std::string_view> expected = {"v0.18.1", "v0.19.0", "v0.20.0"};
  BOOST_TEST(known_releases() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_unknown_release_has_nothing) {
  Arena arena;
  BOOST_TEST(!bundled_objects("v0.1.0", "latest", arena));
  BOOST_TEST(!default_config("v0.1.0", "latest", arena));
  BOOST_TEST(default_image_tag("v0.1.0") == "");
}

BOOST_AUTO_TEST_CASE(the_default_image_tag_is_the_release) { BOOST_TEST(default_image_tag("v0.19.0") == "v0.19.0"); }

BOOST_AUTO_TEST_CASE(vllm_and_autogluon_come_with_v0_20) {
  Arena arena;
  BOOST_TEST(names_of(bundled_objects("v0.19.0", "latest", arena), "ClusterServingRuntime").size() == 12);
  View newest = bundled_objects("v0.20.0", "latest", arena);
  BOOST_TEST(names_of(newest, "ClusterServingRuntime").size() == 14);
  BOOST_TEST(!!object(newest, "kserve-vllmserver"));
  BOOST_TEST(!!object(newest, "kserve-autogluonserver"));
}

BOOST_AUTO_TEST_CASE(openvino_is_not_installed) {
  Arena arena;
  BOOST_TEST(!object(bundled_objects("v0.20.0", "latest", arena), "kserve-openvino"));
}

BOOST_AUTO_TEST_CASE(only_stamped_images_take_the_tag) {
  Arena arena;
  View objects = bundled_objects("v0.20.0", "v9", arena);
  BOOST_TEST(image(object(objects, "kserve-sklearnserver")) == "kserve/sklearnserver:v9");
  BOOST_TEST(image(object(objects, "kserve-huggingfaceserver-multinode")) == "kserve/huggingfaceserver:v9-gpu");
  BOOST_TEST(image(object(objects, "kserve-vllmserver")) == "vllm/vllm-openai:v9");
  BOOST_TEST(image(object(objects, "kserve-tritonserver")) == "nvcr.io/nvidia/tritonserver:23.05-py3");
  BOOST_TEST(object(objects, "default").at("spec.container.image").text() == "kserve/storage-initializer:v9");
}

BOOST_AUTO_TEST_CASE(a_tag_stays_inside_its_string) {
  Arena arena;
  View objects = bundled_objects("v0.20.0", "a\"b\\c\n", arena);
  BOOST_TEST(image(object(objects, "kserve-sklearnserver")) == "kserve/sklearnserver:a\"b\\c\n");
}

BOOST_AUTO_TEST_CASE(the_configuration_holds_values_by_data_key) {
  Arena arena;
  View config = default_config("v0.20.0", "latest", arena);
  BOOST_TEST(config.at("deploy.defaultDeploymentMode").text() == "Serverless");
  BOOST_TEST(config.at("storageInitializer.image").text() == "kserve/storage-initializer:latest");
  BOOST_TEST(config.at("storageInitializer.uidModelcar").integer().value_or(0) == 1010);
  BOOST_TEST(config.at("security.autoMountServiceAccountToken").is_true());
}

BOOST_AUTO_TEST_CASE(a_release_does_not_stamp_the_art_explainer) {
  Arena arena;
  BOOST_TEST(View(default_config("v0.20.0", "v0.20.0", arena)).at("explainers.art.defaultImageVersion").text() == "latest");
}

BOOST_AUTO_TEST_SUITE_END()

// ---- equality with the release's own manifests, where they are at hand

namespace {

fs::path manifests() { return fs::path(test::source_dir()).parent_path() / "shared" / "kserve"; }

struct WithManifests {
  boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id) const { return fs::exists(manifests()); }
};

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A release's files name images by a word that its kustomization replaces.
class Kustomized {
 public:
  Kustomized(const std::string& release, Arena& arena) : dir_(manifests() / release), arena_(arena) {
    View kustomization = parse(dir_ / "runtimes/kustomization.yaml");
    for (View image : kustomization["images"].items())
      images_[std::string(image["name"].text())] = cat(image["newName"].text(), ":", replace_all(scalar(image["newTag"]), "latest", release));
    images_["default-storage-initilizer"] = "kserve/storage-initializer:" + release;
    for (View file : kustomization["resources"].items()) add(dir_ / "runtimes" / std::string(file.text()));
    add(dir_ / "storagecontainers/default.yaml");
  }

  const std::map<std::string, const Node*>& objects() const { return objects_; }

 private:
  static std::string scalar(View value) { return value.is_text() ? std::string(value.text()) : number_text(*value.node()); }
  const Node* parse(const fs::path& path) {
    std::string error;
    const Node* node = parse_yaml(arena_.copy(read(path)), arena_, &error);
    BOOST_REQUIRE_MESSAGE(node, path << ": " << error);
    return node;
  }
  void add(const fs::path& path) {
    const Node* node = stamped(parse(path));
    objects_[std::string(View(node)["metadata"]["name"].text())] = node;
  }
  const Node* stamped(View value) {
    const Make make(arena_);
    if (value.is_list()) {
      std::vector<const Node*> items;
      for (View item : value.items()) items.push_back(stamped(item));
      return make.list(items);
    }
    if (!value.is_map()) return value.node();
    MapBuilder map(make);
    for (const Field& field : value.fields()) map.set(field.key(), field.key() == "image" ? image(field.value) : stamped(field.value));
    return map.build();
  }
  const Node* image(View value) {
    const std::string name(split(value.text(), ':')[0]);
    return images_.count(name) ? Make(arena_).text(images_[name]) : value.node();
  }

  fs::path dir_;
  Arena& arena_;
  std::map<std::string, std::string> images_;
  std::map<std::string, const Node*> objects_;
};

// Written anew: fixtures/DIFFERENCES.md.
bool is_own_script(const std::string& path) {
  return path == "kserve-huggingfaceserver-multinode.spec.containers[0].command[2]" ||
         path == "kserve-huggingfaceserver-multinode.spec.workerSpec.containers[0].command[2]";
}

void check_same(View ours, View theirs, const std::string& path) {
  if (is_own_script(path)) return;
  if (theirs.is_map() && ours.is_map()) {
    std::set<std::string> keys;
    for (View side : {ours, theirs})
      for (const Field& field : side.fields()) keys.emplace(field.key());
    for (const std::string& key : keys) check_same(ours[key], theirs[key], cat(path, ".", key));
  } else if (theirs.is_list() && ours.is_list() && ours.size() == theirs.size()) {
    for (size_t i = 0; i < ours.size(); ++i) check_same(ours.item(i), theirs.item(i), cat(path, "[", i, "]"));
  } else {
    BOOST_TEST(equal(ours, theirs), path << ": " << brief(ours) << " against " << brief(theirs));
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bundled_against_the_manifests, *boost::unit_test::precondition(WithManifests()))

BOOST_AUTO_TEST_CASE(objects_are_those_of_the_release) {
  for (const std::string_view release : known_releases()) {
    Arena arena;
    View ours = bundled_objects(release, release, arena);
    const Kustomized theirs(std::string(release), arena);
    BOOST_TEST(ours["items"].size() == theirs.objects().size());
    for (const auto& [name, node] : theirs.objects()) check_same(object(ours, name), node, name);
  }
}

BOOST_AUTO_TEST_CASE(settings_are_those_of_the_release) {
  for (const std::string_view release : known_releases()) {
    Arena arena;
    View ours = default_config(release, "latest", arena);
    View data = View(parse_yaml(arena.copy(read(manifests() / std::string(release) / "config/inferenceservice.yaml")), arena))["data"];
    BOOST_TEST(ours.size() == data.size() - 1);  // without _example
    for (const Field& field : ours.fields()) check_same(field.value, parse_json(data[field.key()].text(), arena), std::string(field.key()));
  }
}

BOOST_AUTO_TEST_CASE(images_are_those_of_the_released_manifest) {
  for (const std::string_view release : known_releases()) {
    Arena arena;
    View ours = bundled_objects(release, default_image_tag(release), arena);
    const std::string list = read(manifests() / std::string(release) / "released-images.txt");
    for (const std::string_view line : split(list, '\n')) {
      if (line.empty()) continue;
      const auto words = split(line, ' ');
      BOOST_TEST(image(object(ours, words[1])) == words[2]);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

#include "support/cluster.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "emit/yaml_writer.h"

namespace isvcc::test {

static bool is_cluster_scoped(std::string_view kind) {
  return kind == "ClusterStorageContainer" || kind == "ClusterServingRuntime" || kind == "Namespace";
}

Cluster::Cluster(std::string_view release, std::string_view image_tag) {
  profile_.release = *find_release(release);
  profile_.schemas = &builtin_schemas(release);
  set_config(default_config(release, image_tag, arena_));
}

const Node* Cluster::parse(std::string_view text) {
  std::string error;
  const Node* node = parse_yaml(arena_.copy(text), arena_, &error);
  BOOST_REQUIRE_MESSAGE(node, error);
  return node;
}

void Cluster::add_object(View object) {
  const std::string_view kind = object["kind"].text(), name = metadata(object)["name"].text();
  const std::string_view home = is_cluster_scoped(kind) ? "" : metadata(object)["namespace"].text("default");
  Object added;
  added.node = added.written = object.node();
  added.api_version = object["apiVersion"].text();
  added.kind = kind;
  added.namespace_ = home;
  added.name = name;
  repository_.add(added);
  finished_ = false;
}

void Cluster::add_objects(std::string_view text) {
  for (const Node* document : read_yaml(arena_.copy(text), 0, YamlEngine::LibYaml, Limits(), scratch_)) add_object(document);
  BOOST_REQUIRE(diags_.errors() == 0);
}

void Cluster::set_config(View data) {
  config_data_ = data.node();
  profile_.config = parse_config(config_data_, arena_, profile_.release);
}

void Cluster::lay_over_config(std::string_view text) { set_config(overlay_config(config_data_, parse(text), arena_)); }

const Repository& Cluster::repository() {
  if (!finished_) repository_.finish();
  finished_ = true;
  return repository_;
}

bool Cluster::reported(Code code) const {
  return std::any_of(diags_.all().begin(), diags_.all().end(), [&](const Diagnostic& d) { return d.code == code; });
}

std::string Cluster::json(View value) {
  std::string out;
  if (value) write_json(out, value);
  return out;
}

}  // namespace isvcc::test

#include "unit/admit/cluster.h"

#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "emit/yaml_writer.h"
#include "kserve/bundled.h"
#include "load/reader.h"

namespace isvcc::test {

Cluster::Cluster(std::string_view release) {
  profile_.release = *find_release(release);
  profile_.schemas = &builtin_schemas(release);
  config_data_ = default_config(release, "latest", arena_);
  profile_.config = parse_config(config_data_, arena_, profile_.release);
}

const Node* Cluster::parse(std::string_view text) {
  std::string error;
  const Node* node = parse_yaml(arena_.copy(text), arena_, &error);
  BOOST_REQUIRE_MESSAGE(node, error);
  return node;
}

Cluster& Cluster::config(std::string_view text) {
  config_data_ = overlay_config(config_data_, parse(text), arena_);
  profile_.config = parse_config(config_data_, arena_, profile_.release);
  return *this;
}

Cluster& Cluster::absent(std::string_view kind) {
  profile_.absent_crds.insert(std::string(kind));
  return *this;
}

Object Cluster::object_of(View root) const {
  Object object{.node = root.node(),
                .written = root.node(),
                .api_version = root["apiVersion"].text(),
                .kind = root["kind"].text(),
                .namespace_ = {},
                .name = metadata(root)["name"].text(),
                .file = 1,
                .json_path = {}};
  if (profile_.schemas->namespaced(object.api_version, object.kind)) object.namespace_ = namespace_or(root, "default");
  return object;
}

Cluster& Cluster::add(std::string_view text) {
  for (const Node* document : read_yaml(arena_.copy(text), 1, YamlEngine::LibYaml, Limits(), scratch_))
    repository_.add(object_of(document));
  BOOST_REQUIRE(diags_.errors() == 0);
  repository_.finish();
  return *this;
}

Admission Cluster::admit_object(const Object& object) {
  const std::string_view kind = object.kind;
  if (kind == "InferenceService") return admit_service(object, repository_, profile_, scratch_);
  if (kind == "ServingRuntime") return admit_runtime(object, repository_.in_namespace(kind, object.namespace_), profile_, scratch_);
  if (kind == "ClusterServingRuntime") return admit_runtime(object, repository_.all(kind), profile_, scratch_);
  if (kind == "TrainedModel") return admit_trained_model(object, profile_, scratch_);
  if (kind == "InferenceGraph") return admit_graph(object, profile_, scratch_);
  if (starts_with(kind, "LocalModel") && ends_with(kind, "Cache")) return admit_local_model_cache(object, repository_, profile_, scratch_);
  return admit_structural(object, profile_, scratch_);
}

Cluster& Cluster::admit(std::string_view text) {
  diags_ = Diagnostics();
  const auto documents = read_yaml(arena_.copy(text), 1, YamlEngine::LibYaml, Limits(), scratch_);
  BOOST_REQUIRE_EQUAL(documents.size(), 1u);
  stored_ = admit_object(object_of(documents[0])).stored;
  return *this;
}

Cluster& Cluster::service(std::string_view spec, std::string_view annotations) {
  return admit(cat("{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: {name: iris, annotations: ", annotations,
                   "}, spec: ", spec, "}"));
}

std::string Cluster::at(std::string_view path) const {
  std::string out;
  const View value = find(stored_, path);
  if (value) write_json(out, value);
  return out;
}

static bool refuses(const Diagnostic& d) {
  return d.severity == Severity::Error && (d.stage == Stage::Schema || d.stage == Stage::Defaulting || d.stage == Stage::Validation);
}

std::string Cluster::refusal() const {
  for (const Diagnostic& d : diags_.all())
    if (refuses(d)) return d.upstream;
  return {};
}

std::string Cluster::staged_refusal() const {
  for (const Diagnostic& d : diags_.all())
    if (refuses(d)) return cat(stage_name(d.stage), ": ", d.upstream);
  return {};
}

const Diagnostic& Cluster::first_error() const {
  for (const Diagnostic& d : diags_.all())
    if (refuses(d)) return d;
  BOOST_FAIL("nothing was refused");
  return diags_.all().front();
}

std::vector<std::string> Cluster::warnings() const {
  std::vector<std::string> out;
  for (const Diagnostic& d : diags_.all())
    if (d.severity == Severity::Warning) out.push_back(d.upstream.empty() ? d.message : d.upstream);
  return out;
}

}  // namespace isvcc::test

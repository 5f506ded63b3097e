// Every recorded case, through the functions of this folder alone: what is admitted, why not, and how it is stored.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "admit/admit.h"
#include "base/text.h"
#include "emit/yaml_writer.h"
#include "kserve/bundled.h"
#include "load/reader.h"
#include "ops/schema_ops.h"
#include "support/files.h"
#include "support/txtar.h"

using namespace isvcc;
using namespace isvcc::test;
namespace fs = std::filesystem;

namespace {

using Key = std::tuple<std::string, std::string, std::string>;

// One case: the repository that its inputs make, admitted in the order of the compiler.
class RecordedCase {
 public:
  explicit RecordedCase(const Archive& archive) : archive_(archive) {
    read_project();
    for (const auto& [name, text] : archive_.files)
      if (starts_with(name, "input/")) add_file(text);
    if (project_["runtimes"].text("bundled") == "bundled") add_bundled();
    repository_.finish();
    read_config();
  }

  // What differs from the recording, empty when nothing does.
  std::string problem() {
    if (!startup_error(profile_).empty()) return {};
    admit_all();
    const std::string admission = archive_.has("expected/admission.yaml") ? admission_problem() : "";
    return admission.empty() && archive_.has("expected/stored.yaml") ? stored_problem() : admission;
  }

 private:
  void read_project() {
    project_ = parse_yaml(archive_.get("isvcc.yaml"), arena_);
    const std::string_view release = project_["kserve"].text("v0.20.0");
    profile_.release = *find_release(release);
    profile_.schemas = &builtin_schemas(release);
    for (const Node* kind : project_["absentCRDs"].items()) profile_.absent_crds.insert(std::string(View(kind).text()));
  }

  void add(View root, FileId file) {
    Object object{.node = root.node(),
                  .written = root.node(),
                  .api_version = root["apiVersion"].text(),
                  .kind = root["kind"].text(),
                  .namespace_ = {},
                  .name = metadata(root)["name"].text(),
                  .file = file,
                  .json_path = {}};
    if (profile_.schemas->namespaced(object.api_version, object.kind)) object.namespace_ = namespace_or(root, "default");
    repository_.add(object);
  }

  void add_file(std::string_view text) {
    for (const Node* document : read_yaml(text, 1, YamlEngine::LibYaml, Limits(), scratch_)) add(document, 1);
  }

  void add_bundled() {
    for (const Node* object : View(bundled_objects(release_name(profile_.release), "latest", arena_))["items"].items()) add(object, 0);
  }

  void read_config() {
    const Object* own = repository_.find("ConfigMap", "kserve", "inferenceservice-config");
    const View data = own ? own->view()["data"] : View(default_config(release_name(profile_.release), "latest", arena_));
    profile_.config = parse_config(overlay_config(data, project_["config"], arena_), arena_, profile_.release);
  }

  void keep(const Object& object, const Admission& admission) {
    if (admission.accepted()) repository_.store(object, admission.stored);
    else repository_.refuse(object);
  }

  Admission admit_other(const Object& object) {
    if (object.kind == "TrainedModel") return admit_trained_model(object, profile_, scratch_);
    if (object.kind == "InferenceGraph") return admit_graph(object, profile_, scratch_);
    return admit_structural(object, profile_, scratch_);
  }

  void admit_all() {
    std::vector<const Object*> runtimes;
    for (const Object* object : repository_.everything())
      if (ends_with(object->kind, "ServingRuntime")) runtimes.push_back(object);
      else if (object->kind != "InferenceService") keep(*object, admit_other(*object));
    const std::vector<Admission> admissions = admit_runtimes(runtimes, profile_, scratch_);
    for (size_t i = 0; i < runtimes.size(); ++i) keep(*runtimes[i], admissions[i]);
    repository_.finish();
    const auto services = repository_.all("InferenceService");
    for (const Object* service : std::vector<const Object*>(services.begin(), services.end()))
      keep(*service, admit_service(*service, repository_, profile_, scratch_));
    repository_.finish();
  }

  std::map<Key, std::vector<std::string>> refusals() const {
    std::map<Key, std::vector<std::string>> out;
    for (const Diagnostic& d : scratch_.diags.all())
      if (d.severity == Severity::Error && d.stage != Stage::Strict && d.stage != Stage::Load)
        out[{d.object.kind, d.object.namespace_, d.object.name}].push_back(d.upstream.empty() ? d.message : d.upstream);
    return out;
  }

  // Texts that only Go's runtime gives: of these only the refusal is compared.
  static bool is_go_text(std::string_view text) { return starts_with(text, "panic:") || contains(text, "cannot unmarshal"); }

  static std::string entry_problem(View entry, const std::vector<std::string>& texts) {
    const std::string who = cat(entry["kind"].text(), ' ', entry["name"].text(), ": ");
    if (entry["accepted"].is_true()) return texts.empty() ? "" : cat(who, "refused: ", texts[0]);
    if (texts.empty()) return cat(who, "accepted, recorded as refused: ", brief(entry["errors"], 300));
    for (const Node* text : entry["errors"].items())
      if (!is_go_text(View(text).text()) && std::find(texts.begin(), texts.end(), View(text).text()) == texts.end())
        return cat(who, "not given: ", View(text).text(), "; given: ", join(texts, " | "));
    return {};
  }

  std::string admission_problem() {
    std::map<Key, std::vector<std::string>> got = refusals();
    for (const Node* entry : View(parse_yaml(archive_.get("expected/admission.yaml"), arena_)).items()) {
      const View e = entry;
      const Key key{std::string(e["kind"].text()), std::string(e["namespace"].text()), std::string(e["name"].text())};
      if (std::string problem = entry_problem(e, got[key]); !problem.empty()) return problem;
      got.erase(key);
    }
    for (const auto& [key, texts] : got)
      if (!texts.empty()) return cat(std::get<0>(key), ' ', std::get<2>(key), ": refused, not recorded: ", texts[0]);
    return {};
  }

  bool keeps_defaults(const Object& service) {
    return apply_defaults(service.view(), *profile_.schemas->kind(service.api_version, service.kind), scratch_) == service.node;
  }

  std::string stored_problem() {
    std::string got;
    for (const Object* service : repository_.all("InferenceService")) {
      if (!keeps_defaults(*service)) return cat(service->name, ": a second defaulting changes it");
      if (!got.empty()) got += "---\n";
      write_yaml(got, service->view());
    }
    return got == archive_.get("expected/stored.yaml") ? "" : cat("stored:\n", got, "recorded:\n", archive_.get("expected/stored.yaml"));
  }

  const Archive& archive_;
  Arena arena_;
  Diagnostics diags_;
  Scratch scratch_{arena_, diags_};
  View project_;
  Profile profile_;
  Repository repository_;
};

void check_folder(const std::string& name) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(test::source_dir()) / "fixtures" / name))
    if (entry.path().extension() == ".txtar") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  BOOST_TEST(!paths.empty());
  for (const fs::path& path : paths) {
    const Archive archive = read_txtar(read_file(path.string()));
    const std::string problem = RecordedCase(archive).problem();
    BOOST_CHECK_MESSAGE(problem.empty(), path.parent_path().filename().string() + "/" + path.stem().string() + ": " + problem);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(admission_recordings)

BOOST_AUTO_TEST_CASE(objects_are_admitted_and_stored_as_recorded) {
  check_folder("cases");
  check_folder("cases-more");
}
BOOST_AUTO_TEST_CASE(release_0_19_admits_as_recorded) { check_folder("cases-v0.19.0"); }
BOOST_AUTO_TEST_CASE(release_0_18_admits_as_recorded) { check_folder("cases-v0.18.1"); }

BOOST_AUTO_TEST_SUITE_END()

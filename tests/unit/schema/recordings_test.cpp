// Every recorded object through the schema stages alone: whom the real API server accepts passes, whom it refuses for its
// schema is refused with the same texts.
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <map>
#include <set>

#include "base/text.h"
#include "checked.h"
#include "support/files.h"
#include "support/txtar.h"

using namespace isvcc;
using namespace isvcc::test;
namespace fs = std::filesystem;

namespace {

// Texts about metadata, and about what only webhooks change, are other folders' business.
bool is_schema_text(std::string_view text) {
  return !text.starts_with("metadata.") && !text.starts_with("no matches for kind") && !contains(text, "ObjectMeta.annotations");
}

std::set<std::string> texts_of(View object, const SchemaSet& schemas) {
  Checked checked(schemas);
  const Schema& schema = checked.schema_of(object);
  const Node* node = prune(object, schema, UnknownFields::Silent, checked.scratch());
  node = apply_defaults(node, schema, checked.scratch());
  if (object["kind"].text() == "InferenceService") node = reencode(node, schema, ZeroValues::KeepReceived, checked.scratch());
  if (node) validate(node, schema, checked.scratch());
  std::set<std::string> out;
  for (const std::string& text : checked.upstream_texts()) out.insert(text);
  return out;
}

std::string key_of(View entry) {
  const View metadata = entry["metadata"];
  const View named = metadata ? metadata : entry;
  return cat(entry["kind"].text(), '/', named["namespace"].text("default"), '/', named["name"].text());
}

// The recorded verdict on one object, compared.
std::string problem(View object, View verdict, const SchemaSet& schemas) {
  const std::set<std::string> got = texts_of(object, schemas);
  const bool of_schema = verdict["stage"].text() == "schema";
  if (verdict["accepted"].is_true() || verdict["stage"].text() == "validation") return got.empty() ? "" : cat("refused: ", *got.begin());
  for (const Node* error : verdict["errors"].items()) {
    const std::string text(View(error).text());
    if (starts_with(text, "panic:")) continue;
    if (contains(text, "cannot unmarshal") && !contains(text, "ObjectMeta")) {
      if (got.empty()) return cat("not refused: ", text);
    } else if ((of_schema || starts_with(text, "quantities")) && is_schema_text(text) && !got.contains(text)) {
      return cat("missing: ", text, ", got: ", got.empty() ? "nothing" : *got.begin());
    }
  }
  return {};
}

size_t check_case(const fs::path& path) {
  const Archive archive = read_txtar(read_file(path.string()));
  Checked checked;
  const SchemaSet& schemas = builtin_schemas(checked.yaml(std::string(archive.get("isvcc.yaml")))["kserve"].text("v0.20.0"));
  const View verdicts = archive.has("expected/admission.yaml") ? checked.yaml(std::string(archive.get("expected/admission.yaml"))) : View();
  std::map<std::string, std::vector<View>> objects;
  for (const auto& [name, text] : archive.files)
    if (starts_with(name, "input/"))
      for (const Node* document : read_yaml(text, 1, YamlEngine::LibYaml, Limits(), checked.scratch())) objects[key_of(document)].push_back(document);
  size_t compared = 0;
  for (const Node* verdict : verdicts.items()) {
    const auto at = objects.find(key_of(verdict));
    if (at == objects.end() || at->second.size() != 1 || !schemas.kind(at->second[0]["apiVersion"].text(), at->second[0]["kind"].text())) continue;
    const std::string text = problem(at->second[0], verdict, schemas);
    BOOST_TEST(text == "", path.stem().string() << " " << at->first << ": " << text);
    ++compared;
  }
  return compared;
}

size_t check_folder(const std::string& folder) {
  std::vector<fs::path> cases;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(source_dir() + "/fixtures/" + folder))
    if (entry.path().extension() == ".txtar") cases.push_back(entry.path());
  std::sort(cases.begin(), cases.end());
  size_t compared = 0;
  for (const fs::path& path : cases) compared += check_case(path);
  return compared;
}

}  // namespace

BOOST_AUTO_TEST_CASE(recordings_of_v0_20) { BOOST_TEST(check_folder("cases") > 500u); }
BOOST_AUTO_TEST_CASE(recordings_of_v0_19) { BOOST_TEST(check_folder("cases-v0.19.0") > 10u); }
BOOST_AUTO_TEST_CASE(recordings_of_v0_18) { BOOST_TEST(check_folder("cases-v0.18.1") > 10u); }

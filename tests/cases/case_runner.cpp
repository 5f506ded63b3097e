#include "cases/case_runner.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/text.h"
#include "cases/broken.h"
#include "diag/render.h"
#include "driver/commands/session.h"
#include "emit/yaml_writer.h"
#include "load/reader.h"

namespace isvcc::test {
namespace {

namespace fs = std::filesystem;

// A folder of its own for one case, gone afterwards.
class CaseFolder {
 public:
  explicit CaseFolder(const Archive& archive) {
    std::string pattern = (fs::temp_directory_path() / "isvcc-case-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
    for (const auto& [name, text] : archive.files) {
      if (starts_with(name, "expected/")) continue;
      fs::create_directories((fs::path(path_) / name).parent_path());
      std::ofstream(fs::path(path_) / name, std::ios::binary) << text;
    }
  }
  ~CaseFolder() { fs::remove_all(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void compile_case(const std::string& folder, const std::string& render, Session& session) {
  std::vector<std::string> words = {"build", folder, "--threads", "1", "--output", "-"};
  if (!render.empty()) words.insert(words.end(), {"--render", render});
  std::string error;
  const auto options = parse_options(words, error);
  if (!options || prepare(*options, session)) return;
  run_pipeline(*options, session);
}

std::string first_difference(std::string_view want, std::string_view got) {
  const auto a = split(want, '\n'), b = split(got, '\n');
  for (size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const std::string_view x = i < a.size() ? a[i] : "(end)", y = i < b.size() ? b[i] : "(end)";
    if (x != y) return cat("line ", i + 1, ": recorded ", quote(x, 400), ", isvcc ", quote(y, 400));
  }
  return {};
}

void add_codes(const Session& session, std::set<std::string>& codes) {
  for (const Diagnostic& d : session.result.diags.all()) codes.emplace(info(d.code).id);
}

std::string invalid_output(const Session& session) {
  for (const Diagnostic& d : session.result.diags.all())
    if (d.code == Code::OutputInvalid) return d.message;
  return {};
}

std::string compare_rendering(const Session& session, std::string_view want) {
  std::string got;
  for (const Manifest& m : session.result.manifests) {
    if (!got.empty()) got += "---\n";
    write_yaml(got, m.node);
  }
  return first_difference(want, got);
}

// Texts that only Go's runtime gives: of these only the refusal is compared.
bool go_internal(std::string_view text) {
  return starts_with(text, "panic:") || contains(text, "cannot unmarshal") || contains(text, "invalid character") || contains(text, "0xc0");
}

using Key = std::tuple<std::string, std::string, std::string>;

Key key_of(View entry) {
  return {std::string(entry["kind"].text()), std::string(entry["namespace"].text()), std::string(entry["name"].text())};
}

std::map<Key, std::vector<std::string>> refusals(const Session& session) {
  std::map<Key, std::vector<std::string>> out;
  for (const Diagnostic& d : session.result.diags.all()) {
    const bool refusal = d.stage == Stage::Schema || d.stage == Stage::Defaulting || d.stage == Stage::Validation;
    if (d.severity == Severity::Error && refusal) out[{d.object.kind, d.object.namespace_, d.object.name}].push_back(d.upstream.empty() ? d.message : d.upstream);
  }
  return out;
}

std::string compare_entry(View entry, const std::vector<std::string>& texts) {
  const std::string who = cat(entry["kind"].text(), ' ', entry["name"].text(), ": ");
  if (entry["accepted"].is_true()) return texts.empty() ? "" : cat(who, "refused, but recorded as accepted: ", texts[0]);
  if (texts.empty()) return cat(who, "accepted, but recorded as refused: ", brief(entry["errors"], 400));
  for (const Node* wanted : entry["errors"].items()) {
    const std::string_view text = View(wanted).text();
    if (!go_internal(text) && std::find(texts.begin(), texts.end(), text) == texts.end()) return cat(who, "reason missing: ", text, "; given: ", texts[0]);
  }
  return {};
}

std::string compare_admission(const Session& session, View want) {
  std::map<Key, std::vector<std::string>> got = refusals(session);
  for (const Node* entry : want.items()) {
    if (std::string problem = compare_entry(entry, got[key_of(entry)]); !problem.empty()) return problem;
    got.erase(key_of(entry));
  }
  for (const auto& [key, texts] : got)
    if (!texts.empty()) return cat(std::get<0>(key), ' ', std::get<2>(key), ": refused, but not in the recording: ", texts[0]);
  return {};
}

const Node* report_entry(View report, View want) {
  for (const Node* entry : report["services"].items())
    if (View(entry)["name"].text() == want["name"].text() && View(entry)["namespace"].text() == want["namespace"].text()) return entry;
  return nullptr;
}

std::string compare_selection(const Session& session, View want, Arena& arena) {
  const View report = parse_json(json_report(session), arena);
  for (const Node* entry : want["services"].items()) {
    const View got = report_entry(report, entry);
    if (!got) return cat(View(entry)["name"].text(), ": not in the report");
    for (std::string_view field : {"failed", "deploymentMode", "runtime", "failureReason", "failureMessage"})
      if (View(entry)[field] && !equal(View(entry)[field], got[field]))
        return cat(View(entry)["name"].text(), ' ', field, ": recorded ", brief(View(entry)[field], 500), ", isvcc ", brief(got[field], 500));
  }
  return {};
}

}  // namespace

std::map<std::string, std::string> run_case(const Archive& archive, std::set<std::string>& codes) {
  std::map<std::string, std::string> results;
  const CaseFolder folder(archive);
  for (const char* facet : {"objects", "workloads", "stored"}) {
    const std::string file = cat("expected/", std::string_view(facet), ".yaml");
    if (!archive.has(file)) continue;
    Session session;
    compile_case(folder.path(), facet, session);
    results[facet] = compare_rendering(session, archive.get(file));
    if (const std::string problem = invalid_output(session); !problem.empty()) results["valid"] = cat(facet, ": ", problem);
    add_codes(session, codes);
  }
  Session session;
  compile_case(folder.path(), "", session);
  add_codes(session, codes);
  Arena arena;
  if (archive.has("expected/admission.yaml")) results["admission"] = compare_admission(session, parse_yaml(archive.get("expected/admission.yaml"), arena));
  if (archive.has("expected/status.yaml")) results["selection"] = compare_selection(session, parse_yaml(archive.get("expected/status.yaml"), arena), arena);
  return results;
}

std::string findings_of(const Archive& archive) {
  const CaseFolder folder(archive);
  Session session;
  compile_case(folder.path(), "", session);
  return render_text(session.result.diags.all(), session.result.sources, {});
}

}  // namespace isvcc::test

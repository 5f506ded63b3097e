// SARIF 2.1.0 within the limits of GitHub code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
#include <algorithm>
#include <map>

#include "base/json_text.h"
#include "base/text.h"
#include "diag/report_parts.h"

namespace isvcc {

static constexpr size_t kMostResults = 25'000;
static constexpr size_t kMostRelated = 100;

// A relative URI reference: everything but unreserved characters and '/' is percent-encoded.
static std::string uri_of(std::string_view path) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || contains("-._~/", std::string_view(&c, 1));
    if (plain) out += c;
    else ((out += '%') += kHex[byte >> 4]) += kHex[byte & 0xF];
  }
  return out;
}

static std::string_view level_of(Severity severity) { return severity_name(severity); }  // error, warning, note: SARIF's own words

namespace {

class SarifRenderer {
 public:
  SarifRenderer(const Sources& sources, const RenderOptions& options) : places_(sources), options_(options), json_(out_, 2) {}

  std::string render(const std::deque<Diagnostic>& diags) {
    const std::vector<const Diagnostic*> all = errors_first(diags);
    const size_t shown = std::min(all.size(), kMostResults);
    for (size_t i = 0; i < shown; ++i) rules_.emplace(all[i]->code, 0);
    json_.begin_object().member("$schema", "https://json.schemastore.org/sarif-2.1.0.json").member("version", "2.1.0");
    json_.key("runs").begin_array().begin_object();
    tool();
    json_.key("columnKind").text("unicodeCodePoints");
    json_.key("originalUriBaseIds").begin_object().key("%SRCROOT%").begin_object();
    message("description", "the root of the project");
    json_.end_object().end_object();
    invocation(all.size() - shown);
    json_.key("results").begin_array();
    for (size_t i = 0; i < shown; ++i) result(*all[i]);
    json_.end_array().end_object().end_array().end_object();
    return out_ + '\n';
  }

 private:
  void message(std::string_view key, std::string_view text) { json_.key(key).begin_object().member("text", text).end_object(); }

  void tool() {
    json_.key("tool").begin_object().key("driver").begin_object().member("name", "isvcc").member_if("version", options_.version);
    json_.key("rules").begin_array();
    int64_t index = 0;
    for (auto& [code, place] : rules_) {
      place = index++;
      rule(info(code));
    }
    json_.end_array().end_object().end_object();
  }

  void rule(const CodeInfo& code) {
    json_.begin_object().member("id", code.id).member("name", code.name);
    message("shortDescription", code.title);
    message("fullDescription", code.help.empty() ? code.title : code.help);
    message("help", code.help.empty() ? code.title : code.help);
    json_.key("defaultConfiguration").begin_object().member("level", level_of(code.severity)).end_object();
    json_.end_object();
  }

  void invocation(size_t hidden) {
    json_.key("invocations").begin_array().begin_object().key("executionSuccessful").boolean(true);
    if (hidden > 0) {
      json_.key("toolExecutionNotifications").begin_array().begin_object().member("level", "note");
      message("message", cat(hidden, " more findings are left out here"));
      json_.end_object().end_array();
    }
    json_.end_object().end_array();
  }

  void artifact(std::string_view file) {
    json_.key("artifactLocation").begin_object().member("uri", uri_of(file)).member("uriBaseId", "%SRCROOT%").end_object();
  }

  void region(std::string_view key, Span span, const Place& place) {
    json_.key(key).begin_object().member("startLine", place.begin.line).member("startColumn", places_.character_column(span.file, place.begin));
    json_.member("endLine", place.end.line).member("endColumn", places_.character_column(span.file, place.end)).end_object();
  }

  void physical(Span span, const Place& place) {
    json_.key("physicalLocation").begin_object();
    artifact(place.file);
    if (place.has_lines()) region("region", span, place);
    json_.end_object();
  }

  void logical(const Diagnostic& d) {
    const std::string object = object_words(d.object);
    if (object.empty() && d.path.empty()) return;
    const std::string name = object.empty() ? d.path : d.path.empty() ? object : cat(object, ": ", d.path);
    json_.key("logicalLocations").begin_array().begin_object().member("fullyQualifiedName", name).end_object().end_array();
  }

  void locations(const Diagnostic& d, const Place& place) {
    const bool anywhere = !place.file.empty() || !d.object.name.empty() || !d.path.empty();
    if (!anywhere) return;
    json_.key("locations").begin_array().begin_object();
    if (!place.file.empty()) physical(d.span, place);
    logical(d);
    json_.end_object().end_array();
  }

  void related(const Diagnostic& d) {
    if (d.labels.empty()) return;
    json_.key("relatedLocations").begin_array();
    for (size_t i = 0; i < std::min(d.labels.size(), kMostRelated); ++i) {
      const Place place = places_.of(d.labels[i].span);
      json_.begin_object().member("id", static_cast<int64_t>(i) + 1);
      if (!place.file.empty()) physical(d.labels[i].span, place);
      message("message", printable(d.labels[i].text));
      json_.end_object();
    }
    json_.end_array();
  }

  void fixes(const Diagnostic& d) {
    std::vector<std::pair<const FixIt*, Place>> known;
    for (const FixIt& fix : d.fixes)
      if (const Place place = places_.of(fix.span); place.has_lines()) known.emplace_back(&fix, place);
    if (known.empty()) return;
    json_.key("fixes").begin_array().begin_object().key("artifactChanges").begin_array();
    for (const auto& [fix, place] : known) {
      json_.begin_object();
      artifact(place.file);
      json_.key("replacements").begin_array().begin_object();
      region("deletedRegion", fix->span, place);
      message("insertedContent", fix->replacement);
      json_.end_object().end_array().end_object();
    }
    json_.end_array().end_object().end_array();
  }

  void result(const Diagnostic& d) {
    const Place place = places_.of(d.span);
    json_.begin_object().member("ruleId", info(d.code).id).member("ruleIndex", rules_.at(d.code)).member("level", level_of(d.severity));
    message("message", all_words(d, "\n"));
    locations(d, place);
    related(d);
    json_.key("partialFingerprints").begin_object().member("isvccFinding/v1", fingerprints_.of(d, place.file)).end_object();
    fixes(d);
    json_.key("properties").begin_object().member("stage", stage_name(d.stage)).end_object();
    json_.end_object();
  }

  Places places_;
  const RenderOptions& options_;
  std::string out_;
  JsonWriter json_;
  std::map<Code, int64_t> rules_;
  Fingerprints fingerprints_;
};

}  // namespace

std::string render_sarif(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options) {
  return SarifRenderer(sources, options).render(diags);
}

}  // namespace isvcc

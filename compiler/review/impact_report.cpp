#include <map>

#include "base/text.h"
#include "review/impact.h"
#include "review/runtime_words.h"
#include "review/text_table.h"

namespace isvcc {
namespace {

constexpr size_t kShownServices = 20;  // of one namespace; JSON has all

std::string words_of(const ImpactEntry& e) {
  std::string out;
  switch (e.reach) {
    case Reach::Own: out = "stands in it"; break;
    case Reach::Breaks: out = cat("fails without it: ", printable(e.why)); break;
    case Reach::Switches: out = cat("would switch to ", long_name(*e.other)); break;
    case Reach::Changes: out = "is rendered from it"; break;
    case Reach::Could: out = cat("now on ", long_name(*e.other), "; ", e.why); break;
    case Reach::Shielded: out = printable(e.why); break;
  }
  return e.held ? cat(out, " (KServe waits: disable-auto-update)") : out;
}

enum class Section { Reached, Could, Shielded };

Section section_of(const ImpactEntry& e) {
  if (e.held || e.reach == Reach::Shielded) return Section::Shielded;
  return e.reach == Reach::Could ? Section::Could : Section::Reached;
}

std::string namespace_text(std::string_view namespace_, const std::vector<const ImpactEntry*>& entries) {
  TextTable table("    ");
  for (size_t i = 0; i < entries.size() && i < kShownServices; ++i) table.row({printable(entries[i]->service->service->name), words_of(*entries[i])});
  std::string out = cat("  ", printable(namespace_), entries.size() > 1 ? cat(" (", entries.size(), ")") : "", '\n', table.text());
  if (entries.size() > kShownServices) out += cat("    … and ", entries.size() - kShownServices, " more\n");
  return out;
}

std::string section_text(const Impact& impact, Section section, std::string_view title) {
  std::map<std::string_view, std::vector<const ImpactEntry*>> namespaces;
  for (const ImpactEntry& e : impact.services)
    if (section_of(e) == section) namespaces[e.service->service->namespace_].push_back(&e);
  std::string out;
  for (const auto& [namespace_, entries] : namespaces) out += namespace_text(namespace_, entries);
  return out.empty() ? out : cat('\n', title, '\n', out);
}

std::string subjects_text(const ImpactSubjects& subjects, const Facts& facts) {
  std::string out;
  for (const Object* o : subjects.objects) out += cat(long_name(*o), " (", place_of(*o, facts.sources), ")\n");
  for (const std::string& entry : subjects.importers) out += cat("imported by ", printable(entry), '\n');
  if (!subjects.everything.empty()) out += cat(subjects.everything, '\n');
  return out;
}

size_t count_section(const Impact& impact, Section section) {
  size_t n = 0;
  for (const ImpactEntry& e : impact.services) n += section_of(e) == section;
  return n;
}

std::string totals_text(const Impact& impact) {
  std::string out = cat(count_section(impact, Section::Reached), " of ", count_words(impact.total_services, "service", "services"), " reached");
  if (const size_t n = impact.count(Reach::Switches)) out += cat(", ", n, " would switch runtime");
  if (const size_t n = impact.count(Reach::Breaks)) out += cat(", ", n, " would fail");
  if (const size_t n = impact.count(Reach::Could)) out += cat("; ", n, " more could switch to it");
  if (const size_t n = count_section(impact, Section::Shielded)) out += cat("; ", n, " shielded");
  return out + '\n';
}

void write_entry(JsonWriter& json, const ImpactEntry& e) {
  json.begin_object().member("namespace", e.service->service->namespace_).member("name", e.service->service->name).member("reach", reach_word(e.reach));
  if (const Object* runtime = runtime_of(*e.service)) {
    write_ref(json.key("runtime").begin_object(), *runtime);
    json.end_object();
  }
  if (e.reach == Reach::Switches) {
    write_ref(json.key("switchesTo").begin_object(), *e.other);
    json.end_object();
  }
  json.member_if("why", e.why).key("held").boolean(e.held).end_object();
}

void write_subject(JsonWriter& json, const Object& object, const Sources& sources) {
  write_ref(json.begin_object(), object);
  json.member("source", place_of(object, sources)).end_object();
}

}  // namespace

std::string impact_text(const Impact& impact, const ImpactSubjects& subjects, const Facts& facts) {
  std::string out = cat(subjects_text(subjects, facts), totals_text(impact));
  out += section_text(impact, Section::Reached, "reached");
  out += section_text(impact, Section::Could, "could switch to it");
  out += section_text(impact, Section::Shielded, "shielded");
  if (!impact.others.empty()) out += "\nalso rendered from it\n";
  for (const Object* o : impact.others) out += cat("  ", long_name(*o), '\n');
  return out;
}

std::string impact_json(const Impact& impact, const ImpactSubjects& subjects, const Facts& facts) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().member("schema", "isvcc.dev/impact/v1").key("subjects").begin_array();
  for (const Object* o : subjects.objects) write_subject(json, *o, facts.sources);
  json.end_array().key("importers").begin_array();
  for (const std::string& entry : subjects.importers) json.text(entry);
  json.end_array().member_if("everything", subjects.everything).member("totalServices", static_cast<int64_t>(impact.total_services));
  json.key("services").begin_array();
  for (const ImpactEntry& e : impact.services) write_entry(json, e);
  json.end_array().key("others").begin_array();
  for (const Object* o : impact.others) write_ref(json.begin_object(), *o), json.end_object();
  json.end_array().end_object();
  return out + '\n';
}

}  // namespace isvcc

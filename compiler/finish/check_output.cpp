// Output validation. Most objects only take the quick walk; the slow one is for telling what is wrong.
#include <algorithm>

#include "base/text.h"
#include "finish/finish.h"
#include "ops/rules.h"
#include "ops/schema_ops.h"
#include "schema/rule_memory.h"

namespace isvcc {
namespace {

constexpr size_t most_told = 5;  // of one object: enough to see the mistake

// What is not isvcc's doing although no author wrote it.
enum class Known {
  Completed,  // a mutating webhook of the kind's own operator adds it before the schema is asked
  Upstream,   // KServe writes it just so, and the API server refuses it
};
struct KnownRow {
  std::string_view kind, path;  // the end of a path
  Known known;
};
constexpr KnownRow kKnown[] = {
    {"OpenTelemetryCollector", "spec.managementState", Known::Completed},
    {"OpenTelemetryCollector", "spec.upgradeStrategy", Known::Completed},
    {"ScaledObject", "spec.triggers", Known::Upstream},       // null: class keda without any metric
    {"VirtualService", "destination.host", Known::Upstream},  // none: the configuration names no localGatewayService
};

std::string identity(const Manifest& m) {
  return cat(m.kind, ' ', quote(m.name), m.namespace_.empty() ? std::string() : cat(" in namespace ", quote(m.namespace_)));
}

// Judges the findings about one object.
class OutputJudge {
 public:
  OutputJudge(const Manifest& manifest, View definition, Scratch& scratch) : m_(manifest), definition_(definition), scratch_(scratch) {}

  // False: a bug of isvcc.
  bool judge(const Diagnostics& found) {
    bool fine = true;
    size_t told = 0;
    for (const Diagnostic& d : found.all()) {
      const KnownRow* known = find(d);
      if (d.severity != Severity::Error || (known && known->known == Known::Completed) || ++told > most_told) continue;
      const Span written = by_author(d);
      if (known || written.file != 0 || d.code == Code::DuplicateItem) refused(d, written);  // KServe appends to lists without looking
      else bug(d.message, &d), fine = false;
    }
    return fine;
  }

  void bug(std::string_view what, const Diagnostic* finding = nullptr) {
    Diagnostic& d = report(Code::OutputInvalid, {}, cat("a bug of isvcc: the rendered ", identity(m_), " is not valid: ", what), finding);
    d.hinting("please report it together with the service; nothing is written");
    if (definition_) d.label(metadata(definition_)["name"], "the schema is that of this CustomResourceDefinition: is it of another release than isvcc writes for?");
  }

 private:
  const KnownRow* find(const Diagnostic& d) const {
    const auto at = std::find_if(std::begin(kKnown), std::end(kKnown), [&](const KnownRow& row) { return row.kind == m_.kind && ends_with(d.path, row.path); });
    return at == std::end(kKnown) ? nullptr : at;
  }

  // Where an author wrote the offending value, or the one that it repeats; without a file if nobody did.
  static Span by_author(const Diagnostic& d) {
    if (d.span.file != 0) return d.span;
    const auto label = std::find_if(d.labels.begin(), d.labels.end(), [](const Label& l) { return l.span.file != 0; });
    return label == d.labels.end() ? d.span : label->span;
  }

  // The offending value stands in a source: its author can mend it.
  void refused(const Diagnostic& d, Span where) {
    report(Code::RenderedRefused, where, cat("the API server would refuse ", identity(m_), ", which KServe creates for the service: ", d.message), &d);
  }

  Diagnostic& report(Code code, Span where, std::string message, const Diagnostic* finding) {
    if (where.file == 0 && m_.owner) where = span_of(metadata(m_.owner->view())["name"]);
    Diagnostic& d = scratch_.diags.report(code, Stage::Output, where, std::move(message));
    if (finding) d.path = finding->path, d.upstream = finding->upstream;
    return m_.owner ? d.in(m_.owner->ref()) : d;
  }

  const Manifest& m_;
  View definition_;
  Scratch& scratch_;
};

// What is wrong with an object that does not conform.
Diagnostics closer_look(View object, const Schema& schema, Arena& arena) {
  Diagnostics found;
  Scratch scratch{arena, found};
  validate(apply_defaults(prune(object, schema, UnknownFields::Report, scratch), schema, scratch), schema, scratch);
  return found;
}

bool keeps_rules(View object, const Schema& schema, OutputJudge& judge, Arena& arena) {
  thread_local std::string seen;  // its memory is kept
  seen.clear();
  schema.rule_memory->append_key(seen, object);
  if (schema.rule_memory->keeps_rules(seen)) return true;
  Diagnostics found;
  Scratch scratch{arena, found};
  check_rules(apply_defaults(object, schema, scratch), schema, scratch);
  if (found.all().empty()) schema.rule_memory->remember(seen);
  return judge.judge(found);
}

}  // namespace

bool check_output(const Manifest& m, const SchemaSet& schemas, Scratch& scratch) {
  const Schema* schema = schemas.kind(m.api_version, m.kind);
  OutputJudge judge(m, schemas.definition(m.api_version, m.kind), scratch);
  if (!schema) return judge.bug(cat("there is no schema for ", m.api_version, ' ', m.kind)), false;
  if (!conforms(m.node, *schema)) return judge.judge(closer_look(m.node, *schema, scratch.arena));
  return !schema->has_rules || keeps_rules(m.node, *schema, judge, scratch.arena);
}

}  // namespace isvcc

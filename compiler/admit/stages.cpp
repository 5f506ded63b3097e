#include "admit/stages.h"

#include "admit/metadata.h"
#include "base/text.h"
#include "ops/schema_ops.h"

namespace isvcc {

// The API version of the same group that has the kind, empty when none has.
static std::string version_with_kind(const Object& object, const SchemaSet& schemas) {
  const std::string_view group = api_group(object.api_version);
  for (const std::string& known : schemas.kinds()) {
    const size_t space = known.find(' ');
    if (known.substr(space + 1) == object.kind && api_group(known.substr(0, space)) == group) return known.substr(0, space);
  }
  return {};
}

static void report_unknown_version(const Object& object, std::string hint, Scratch& scratch) {
  Diagnostic& d = scratch.diags.report(Code::UnknownApiVersion, Stage::Schema, object.view()["apiVersion"],
                                       cat("there is no kind ", quote(object.kind), " in ", quote(object.api_version)));
  d.path = "apiVersion";
  d.upstream = cat("no matches for kind ", go_quote(object.kind), " in version ", go_quote(object.api_version));
  d.hint = std::move(hint);
}

KindSchema find_schema(const Object& object, const Profile& profile, Scratch& scratch) {
  if (!profile.installed(object.kind)) {
    report_unknown_version(object, "the project says that this CRD is not installed (absentCRDs)", scratch);
    return {.refused = true};
  }
  if (const Schema* schema = profile.schemas->kind(object.api_version, object.kind)) return {.schema = schema};
  const std::string version = version_with_kind(object, *profile.schemas);
  if (version.empty()) return {};
  report_unknown_version(object, cat("write apiVersion: ", version), scratch);
  return {.refused = true};
}

const Node* decode(const Object& object, const Schema& schema, const Profile& profile, Scratch& scratch) {
  const Node* pruned = prune(object.view(), schema, UnknownFields::Report, scratch);
  const Scope scope = profile.schemas->namespaced(object.api_version, object.kind) ? Scope::Namespaced : Scope::Cluster;
  const Node* metadata = decode_metadata(object, View(pruned)["metadata"], scope, scratch);
  if (!metadata) return nullptr;
  const bool same = metadata == View(pruned)["metadata"].node();
  const Node* decoded = same ? pruned : scratch.make(Pass::Encoding).with(pruned, "metadata", metadata);
  return apply_defaults(decoded, schema, scratch);
}

bool passes_schema(View object, const Schema& schema, Scratch& scratch) {
  const bool metadata = validate_metadata(object["metadata"], scratch);
  const bool conforming = !schema.has_rules && conforms(object, schema);  // quickly told of most objects
  return (conforming || validate(object, schema, scratch)) && metadata;
}

bool decodes_in_webhook(View object, const Schema& schema, Scratch& scratch) {
  const size_t before = scratch.diags.all().size();
  if (reencode(object, schema, ZeroValues::Drop, scratch)) return true;
  auto& all = scratch.diags.all();
  for (size_t i = before; i < all.size(); ++i) all[i].stage = Stage::Validation;
  return false;
}

const Node* without_status(View object, Scratch& scratch) {
  return object["status"] ? scratch.make(Pass::Encoding).without(object, "status") : object.node();
}

// Cuts the last step of a path text.
static std::string_view parent_path(std::string_view path) {
  const size_t step = path.find_last_of(".[");
  return step == std::string_view::npos ? std::string_view() : path.substr(0, step);
}

static Span nearest_span(View root, std::string_view path) {
  for (;;) {
    const Span span = span_of(path.empty() ? root : find(root, path));
    if (span.file != 0 || path.empty()) return span;
    path = parent_path(path);
  }
}

Diagnostic& report_at(View root, std::string path, Code code, Stage stage, std::string message, Scratch& scratch) {
  Diagnostic& d = scratch.diags.report(code, stage, nearest_span(root, path), std::move(message));
  d.path = std::move(path);
  return d;
}

Diagnostic& refuse(View root, std::string path, Code code, std::string upstream, std::string message, Scratch& scratch) {
  return report_at(root, std::move(path), code, Stage::Validation, std::move(message), scratch).upstream_says(std::move(upstream));
}

}  // namespace isvcc

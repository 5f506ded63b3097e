#include "driver/check_scope.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace isvcc {
namespace {

bool names(const std::set<std::string>& kinds, std::string_view api_version, std::string_view kind) {
  return !kinds.empty() && (kinds.count(std::string(kind)) > 0 || kinds.count(cat(api_version, '/', kind)) > 0);
}

ObjectRef ref_of(View object, const Compilation& out) {
  std::string_view space = metadata(object)["namespace"].text();
  const bool namespaced = out.profile.schemas && out.profile.schemas->namespaced(object["apiVersion"].text(), object["kind"].text());
  if (!namespaced) space = {};
  else if (space.empty()) space = out.profile.default_namespace;
  return {std::string(object["kind"].text()), std::string(space), std::string(metadata(object)["name"].text())};
}

void report_rejected(const CheckScope& scope, Compilation& out) {
  for (const Document& d : out.documents.all) {
    const View root = d.root;
    if (names(scope.reject, root["apiVersion"].text(), root["kind"].text()))
      out.diags.report(Code::RejectedKind, Stage::Reference, root["kind"], cat("kind ", quote(root["kind"].text()), " of ", root["apiVersion"].text(), " is rejected")).in(ref_of(root, out));
  }
}

// Files for tools, which no API server ever sees.
bool is_client_side(std::string_view api_version) {
  const std::string_view group = api_group(api_version);
  return group == "kustomize.config.k8s.io" || group == "isvcc.dev";
}

// One warning a kind, at its first object: a repository may hold thousands.
void report_missing_schemas(const CheckScope& scope, Compilation& out) {
  std::map<std::pair<std::string_view, std::string_view>, std::pair<View, size_t>> missing;
  for (const Document& d : out.documents.all) {
    const View root = d.root;
    const std::string_view api_version = root["apiVersion"].text(), kind = root["kind"].text();
    if (kind.empty() || is_client_side(api_version) || names(scope.skip, api_version, kind) || out.profile.schemas->kind(api_version, kind)) continue;
    auto& [first, count] = missing.try_emplace({api_version, kind}, root, 0).first->second;
    ++count;
  }
  for (const auto& [id, place] : missing) {
    const auto& [first, count] = place;
    out.diags
        .report(Code::NoSchema, Stage::Reference, first["kind"],
                cat("there is no schema of ", id.second, " in ", id.first, ": ", count, count == 1 ? " object was" : " objects were", " not checked"))
        .in(ref_of(first, out))
        .hinting("give its CustomResourceDefinition with --schema, or skip the kind");
  }
}

void drop_skipped(const CheckScope& scope, Compilation& out) {
  if (scope.skip.empty()) return;
  std::set<ObjectRef> skipped;
  for (const Document& d : out.documents.all)
    if (names(scope.skip, View(d.root)["apiVersion"].text(), View(d.root)["kind"].text())) skipped.insert(ref_of(d.root, out));
  std::erase_if(out.diags.all(), [&](const Diagnostic& d) { return d.stage != Stage::Load && skipped.count(d.object) > 0; });
}

}  // namespace

void add_kinds(std::string_view list, std::set<std::string>& to) {
  for (const std::string_view kind : split(list, ','))
    if (!trim(kind).empty()) to.emplace(trim(kind));
}

void apply_scope(const CheckScope& scope, Compilation& out) {
  if (!scope.ignore_missing_schemas && out.profile.schemas) report_missing_schemas(scope, out);
  drop_skipped(scope, out);
  report_rejected(scope, out);
}

CheckCount count_checked(const CheckScope& scope, const Compilation& out) {
  CheckCount count;
  count.files = out.documents.files;
  std::set<ObjectRef> wrong;
  std::set<FileId> unreadable;
  for (const Diagnostic& d : out.diags.all()) {
    if (d.severity != Severity::Error) continue;
    if (d.object.kind.empty() && d.span.file) unreadable.insert(d.span.file);
    else wrong.insert(d.object);
  }
  for (const Document& d : out.documents.all) {
    const View root = d.root;
    const std::string_view api_version = root["apiVersion"].text(), kind = root["kind"].text();
    const bool unknown = !out.profile.schemas || !out.profile.schemas->kind(api_version, kind);
    ++count.objects;
    if (wrong.count(ref_of(root, out))) ++count.invalid;
    else if (unknown || names(scope.skip, api_version, kind)) ++count.skipped;
    else ++count.valid;
  }
  count.errors = unreadable.size();
  return count;
}

std::string summary_line(const CheckCount& c) {
  return cat("Summary: ", c.objects, c.objects == 1 ? " resource" : " resources", " found in ", c.files, c.files == 1 ? " file" : " files", " - Valid: ", c.valid,
             ", Invalid: ", c.invalid, ", Errors: ", c.errors, ", Skipped: ", c.skipped, '\n');
}

}  // namespace isvcc

#include "driver/printing.h"

#include "emit/layouts.h"
#include "emit/yaml_writer.h"

namespace isvcc {

// Kinds and API versions repeat from object to object, but their texts are short.
static void keep_names(Manifest& m, Arena& kept) {
  m.node = nullptr;
  for (std::string_view* name : {&m.api_version, &m.kind, &m.namespace_, &m.name}) *name = kept.copy(*name);
}

void print_manifest(Manifest& manifest, const Project& project, Arena& texts) {
  if (!manifest.node) return;
  const bool flux = find_layout(project.layout) == Layout::Flux;
  manifest.text = print_yaml(flux ? kept_from_substitution(manifest.node, texts) : manifest.node, texts);
  keep_names(manifest, texts);
}

void keep_outcome(ServiceResult& result, Arena& kept) {
  if (result.failure) result.failure->where = {};
  if (!result.plan) return;
  result.plan->isvc = nullptr;
  result.plan->components.clear();
  if (!result.plan->runtime) return;
  for (std::string_view* name : {&result.plan->runtime->kind, &result.plan->runtime->name}) *name = kept.copy(*name);
}

// Objects that several services render are compared with each other later, whatever is kept.
void keep_manifests(std::vector<Manifest>& manifests, const CompileRequest& request, Arena& kept) {
  for (Manifest& m : manifests)
    if (request.keep == Keep::Texts || !m.owner) print_manifest(m, request.project, kept);
    else keep_names(m, kept);
}

}  // namespace isvcc

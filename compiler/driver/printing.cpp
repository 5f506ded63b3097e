#include "driver/printing.h"

#include "tree/keep.h"

namespace isvcc {

static void keep_names(Manifest& m, const Arena& passing, Arena& kept) {
  m.node = nullptr;
  for (std::string_view* name : {&m.api_version, &m.kind, &m.namespace_, &m.name}) *name = kept_from(passing, *name, kept);
}

LayoutOptions layout_options(const Project& project) {
  return {.layout = find_layout(project.layout).value_or(Layout::Tree),
          .file_per = find_file_per(project.file_per).value_or(FilePer::Service),
          .file_name = project.file_name,
          .sync_waves = project.sync_waves,
          .app_limit = project.app_limit};
}

namespace {

class PrintedText : public StoredText {
 public:
  explicit PrintedText(std::string_view text) : StoredText(text.size(), sha256(text)), text_(text) {}
  std::string_view text() const override { return text_; }

 private:
  std::string_view text_;
};

}  // namespace

static void print_manifest(Manifest& manifest, const CompileRequest& request, const Arena& passing, Arena& kept) {
  if (!manifest.node) return;
  manifest.text = print_object(manifest.node, layout_options(request.project), kept);
  keep_names(manifest, passing, kept);
  // Nothing in it has to be given back.
  if (request.memory) manifest.stored = new (kept.allocate(sizeof(PrintedText), alignof(PrintedText))) PrintedText(manifest.text);
}

void keep_outcome(ServiceResult& result, const Arena& passing, Arena& kept) {
  if (result.failure) result.failure->where = {};
  if (!result.plan) return;
  result.plan->isvc = nullptr;
  result.plan->components.clear();
  if (!result.plan->runtime) return;
  for (std::string_view* name : {&result.plan->runtime->kind, &result.plan->runtime->name}) *name = kept_from(passing, *name, kept);
}

// Objects that several services render are compared with each other later, whatever is kept.
void keep_manifests(std::vector<Manifest>& manifests, const CompileRequest& request, const Arena& passing, Arena& kept) {
  // A pattern of file names may put several namespaces into one file, which is then part of every share.
  auto wanted = [&](const Manifest& m) { return request.keep == Keep::Texts && (!request.project.file_name.empty() || request.shard.has_namespace(m.namespace_)); };
  for (Manifest& m : manifests)
    if (wanted(m) || !m.owner) print_manifest(m, request, passing, kept);
    else keep_names(m, passing, kept);
}

}  // namespace isvcc

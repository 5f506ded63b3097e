#include "driver/printing.h"

namespace isvcc {

// Kinds and API versions repeat from object to object, but their texts are short.
static void keep_names(Manifest& m, Arena& kept) {
  m.node = nullptr;
  for (std::string_view* name : {&m.api_version, &m.kind, &m.namespace_, &m.name}) *name = kept.copy(*name);
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

void print_manifest(Manifest& manifest, const CompileRequest& request, Arena& texts) {
  if (!manifest.node) return;
  manifest.text = print_object(manifest.node, layout_options(request.project), texts);
  keep_names(manifest, texts);
  // Nothing in it has to be given back.
  if (request.memory) manifest.stored = new (texts.allocate(sizeof(PrintedText), alignof(PrintedText))) PrintedText(manifest.text);
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
  // A pattern of file names may put several namespaces into one file, which is then part of every share.
  auto wanted = [&](const Manifest& m) { return request.keep == Keep::Texts && (!request.project.file_name.empty() || request.shard.has_namespace(m.namespace_)); };
  for (Manifest& m : manifests)
    if (wanted(m) || !m.owner) print_manifest(m, request, kept);
    else keep_names(m, kept);
}

}  // namespace isvcc

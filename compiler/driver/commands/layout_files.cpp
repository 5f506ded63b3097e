#include "driver/commands/layout_files.h"

#include <map>

#include "driver/commands/hydrator_source.h"
#include "base/text.h"
#include "driver/printing.h"

namespace isvcc {

std::vector<LayoutObject> layout_objects(const std::vector<Manifest>& manifests) {
  std::vector<LayoutObject> objects;
  objects.reserve(manifests.size());
  for (const Manifest& m : manifests) objects.push_back({m.node, m.api_version, m.kind, m.namespace_, m.name, m.owner ? m.owner->name : std::string_view(), m.text, m.stored});
  return objects;
}

static LayoutOptions layout_options(const Session& session) {
  LayoutOptions options = layout_options(session.request.project);
  if (options.layout == Layout::ArgocdHydrator) options.hydrator = hydrator_source(session);
  options.shard = session.request.shard;
  options.threads = session.request.load.threads;
  return options;
}

std::string_view app_of(std::string_view path, Layout layout) {
  if (layout == Layout::Bundle) return ends_with(path, ".yaml") ? path.substr(0, path.size() - 5) : std::string_view();
  const size_t slash = path.find('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

static std::string megabytes(size_t bytes) {
  const size_t tenths = (bytes + 50'000) / 100'000;
  return cat(tenths / 10, '.', tenths % 10, " MB");
}

// The second and later parts of a namespace are called "fraud.2"; namespaces have no dots.
static void note_sizes(const std::vector<OutputFile>& files, const LayoutOptions& options, Diagnostics& diags) {
  std::map<std::string_view, size_t> bytes, parts;
  for (const OutputFile& file : files)
    if (const std::string_view app = app_of(file.path, options.layout); !app.empty()) bytes[app] += file.text.size();
  for (const auto& [app, size] : bytes) ++parts[app.substr(0, app.find('.'))];
  const bool splits = options.layout == Layout::Bundle || options.layout == Layout::ArgocdHydrator;
  auto note = [&](std::string message) { diags.report(Code::LargeApplication, Stage::Output, Span{}, std::move(message)); };
  for (const auto& [name, count] : parts)
    if (count > 1) note(cat("the manifests of ", quote(name), " are split into ", count, " applications"));
  for (const auto& [app, size] : bytes) {
    if (options.app_limit == 0 || size <= options.app_limit / 10 * 8) continue;
    const std::string_view advice = splits ? "a single service cannot be split" : "Argo CD needs another limit then, or --layout argocd-hydrator";
    if (size > options.app_limit) note(cat(quote(app), " has ", megabytes(size), " of manifests, more than the ", megabytes(options.app_limit), " that Argo CD reads for one application: ", advice));
    else if (!splits) note(cat(quote(app), " has ", megabytes(size), " of manifests; Argo CD reads ", megabytes(options.app_limit), " for one application"));
  }
}

std::vector<OutputFile> layout_files(Session& session) {
  const LayoutOptions options = layout_options(session);
  std::vector<OutputFile> files = lay_out(layout_objects(session.result.manifests), options, session.result.arenas.emplace_back());
  if (options.layout != Layout::Flux && options.layout != Layout::Kustomize) note_sizes(files, options, session.result.diags);
  return files;
}

}  // namespace isvcc

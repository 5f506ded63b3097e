#include "driver/commands/layout_files.h"

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
  options.shard = session.request.shard;
  options.threads = session.request.load.threads;
  return options;
}

std::vector<OutputFile> layout_files(Session& session) {
  return lay_out(layout_objects(session.result.manifests), layout_options(session), session.result.arenas.emplace_back());
}

}  // namespace isvcc

#include "driver/commands/printed_objects.h"

#include "base/text.h"

namespace isvcc {

std::string object_name(View object) {
  const View meta = object["metadata"];
  const std::string_view namespace_ = meta["namespace"].text();
  return cat(object["kind"].text(), ' ', namespace_, namespace_.empty() ? "" : "/", meta["name"].text());
}

static std::string identity(View object) { return cat(object["apiVersion"].text(), ' ', object_name(object)); }

PrintedObjects::PrintedObjects(const std::vector<Manifest>& manifests) {
  for (const Manifest& m : manifests)
    if (m.node) objects_.emplace(identity(m.node), View(m.node));
}

std::vector<PrintedLine> PrintedObjects::lines(std::string_view text, Arena& arena) const {
  return printed_lines(text, [this](View document) {
    const auto at = objects_.find(identity(document));
    return at == objects_.end() ? View() : at->second;
  }, arena);
}

}  // namespace isvcc

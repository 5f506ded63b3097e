#include "driver/commands/printed_objects.h"

#include "base/text.h"

namespace isvcc {

static std::string identity(View object) {
  const View meta = metadata(object);
  return cat(object["apiVersion"].text(), ' ', object["kind"].text(), ' ', meta["namespace"].text(), '/', meta["name"].text());
}

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

#include "driver/pipes/resource_list.h"

#include <algorithm>

#include "base/text.h"
#include "driver/pipes/replacement.h"
#include "driver/pipes/results.h"
#include "driver/pipes/units.h"
#include "emit/yaml_writer.h"

namespace isvcc {
namespace {

class ItemWriter {
 public:
  explicit ItemWriter(size_t indent) : indent_(indent, ' ') {}

  void text(std::string_view lines) {
    out_ += lines;
    if (!ends_with(out_, "\n")) out_ += '\n';
  }
  // The object's own text, each line moved to the right.
  void object(const Node* node) {
    std::string text;
    write_yaml(text, node);
    std::string head = cat(indent_, "- ");
    for (std::string_view rest = text; !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n') + 1);
      if (line.size() > 1) out_ += head;
      out_ += line;
      head = cat(indent_, "  ");
      rest.remove_prefix(line.size());
    }
  }
  std::string take() { return std::move(out_); }

 private:
  std::string indent_, out_;
};

void copy(const PipeUnit& unit, ItemWriter& out) {
  if (unit.text.empty()) out.object(unit.node.node());
  else out.text(unit.text);
}

std::string rendered_items(Session& session, const ItemLines& lines) {
  Replacement replacement(session);
  ItemWriter out(lines.indent);
  for (const PipeUnit& unit : lines.units) {
    const bool replaced = std::any_of(unit.documents.begin(), unit.documents.end(), [&](const Document* d) { return replacement.replaces(*d); });
    if (!replaced) copy(unit, out);
    else
      for (const Document* d : unit.documents)
        for (const Node* node : replacement.objects(*d)) out.object(node);
  }
  for (const Node* node : replacement.others()) out.object(node);
  return out.take();
}

std::string copied_items(const ItemLines& lines) {
  ItemWriter out(lines.indent);
  for (const PipeUnit& unit : lines.units) copy(unit, out);
  return out.take();
}

}  // namespace

std::string piped_resource_list(Session& session, View list, FileId file, PipedItems wanted) {
  const ItemLines lines = list_units(session.result.sources.get(file).text, list, file, session.result.documents);
  const std::string items = wanted == PipedItems::Rendered ? rendered_items(session, lines) : copied_items(lines);
  std::string out = cat("apiVersion: ", list["apiVersion"].text(), "\nkind: ResourceList\nitems:", items.empty() ? " []\n" : "\n", items);
  Arena& arena = session.result.arenas.emplace_back();
  const Make make(arena);
  const View rest = make.map({{"functionConfig", list["functionConfig"].node()}, {"results", function_results(session, file, arena)}});
  if (!rest.fields().empty()) write_yaml(out, rest);
  return out;
}

}  // namespace isvcc

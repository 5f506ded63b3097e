#include "driver/pipes/units.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "load/split.h"

namespace isvcc {

static std::vector<const Document*> documents_of(FileId file, const Documents& documents) {
  std::vector<const Document*> found;
  for (const Document& d : documents.all)
    if (d.file == file) found.push_back(&d);
  return found;
}

// ---- streams

// Without the line of dashes, and without directives: every document of the output begins after a line of its own.
static std::string_view without_separator(std::string_view piece) {
  const size_t separator = starts_with(piece, "---") ? 0 : starts_with(trim(piece), "%") ? piece.find("\n---") + 1 : std::string_view::npos;
  if (separator == std::string_view::npos) return piece;
  const size_t newline = piece.find('\n', separator);
  return newline == std::string_view::npos ? std::string_view() : piece.substr(newline + 1);
}

std::vector<PipeUnit> stream_units(std::string_view text, FileId file, const Documents& documents) {
  const std::vector<const Document*> all = documents_of(file, documents);
  std::vector<PipeUnit> units;
  size_t next = 0;
  Splitter splitter(text);
  for (Piece piece; splitter.next(piece);) {
    PipeUnit unit{.text = without_separator(text.substr(piece.begin, piece.end - piece.begin))};
    while (next < all.size() && View(all[next]->root).node()->origin.offset < piece.end) unit.documents.push_back(all[next++]);
    if (!trim(unit.text).empty()) units.push_back(std::move(unit));
  }
  return units;
}

// ---- lists

// "items[12].objects[0]" → 12
static std::optional<size_t> item_index(std::string_view json_path) {
  if (!starts_with(json_path, "items[")) return std::nullopt;
  const auto index = parse_int(json_path.substr(6, json_path.find(']') - 6));
  return index && *index >= 0 ? std::optional(static_cast<size_t>(*index)) : std::nullopt;
}

// An anchor or alias makes a part of the text depend on another. Whatever only looks like one costs a few comments.
static bool may_have_anchors(std::string_view text) {
  for (size_t at = text.find_first_of("&*"); at != std::string_view::npos; at = text.find_first_of("&*", at + 1))
    if (at == 0 || contains(" \t\n[{,:-", text.substr(at - 1, 1))) return true;
  return false;
}

static size_t line_begin(std::string_view text, size_t at) {
  const size_t newline = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

// The line of an item that begins "  - key:"; nothing when it begins in another way.
static std::optional<std::pair<size_t, size_t>> dash_line(std::string_view text, View item) {
  if (!item.is_map() || item.fields().empty()) return std::nullopt;
  const size_t key = item.fields()[0].key_offset, begin = line_begin(text, key);
  const std::string_view head = text.substr(begin, key - begin);
  const size_t dash = head.find('-');
  if (dash == std::string_view::npos || head.find_first_not_of(' ') != dash || head.find_first_not_of(' ', dash + 1) != std::string_view::npos) return std::nullopt;
  return std::pair(begin, dash);
}

// Where the last item ends: at the next key of the ResourceList, or with the text.
static size_t end_of_items(std::string_view text, View list, size_t last_item) {
  size_t end = text.size();
  for (const Field& f : list.fields())
    if (f.key_offset > last_item) end = std::min<size_t>(end, line_begin(text, f.key_offset));
  const size_t marker = std::min(text.find("\n---", last_item), text.find("\n...", last_item));
  return marker == std::string_view::npos ? end : std::min(end, marker + 1);
}

static void cut_lines(std::string_view text, View list, ItemLines& lines) {
  if (may_have_anchors(text)) return;
  std::vector<size_t> begins;
  for (const Node* item : list["items"].items()) {
    const auto line = dash_line(text, item);
    if (!line || (!begins.empty() && (line->second != lines.indent || line->first <= begins.back()))) return;
    lines.indent = line->second;
    begins.push_back(line->first);
  }
  if (begins.empty()) return;
  begins.push_back(end_of_items(text, list, begins.back()));
  for (size_t i = 0; i < lines.units.size(); ++i) lines.units[i].text = text.substr(begins[i], begins[i + 1] - begins[i]);
  lines.with_text = true;
}

ItemLines list_units(std::string_view text, View list, FileId file, const Documents& documents) {
  ItemLines lines;
  for (const Node* item : list["items"].items()) lines.units.push_back({.node = item});
  for (const Document* d : documents_of(file, documents))
    if (const auto index = item_index(d->json_path); index && *index < lines.units.size()) lines.units[*index].documents.push_back(d);
  cut_lines(text, list, lines);
  return lines;
}

}  // namespace isvcc

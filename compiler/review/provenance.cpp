#include "review/provenance.h"

#include <algorithm>

#include "base/text.h"
#include "load/reader.h"
#include "tree/origin.h"
#include "tree/path.h"

namespace isvcc {

static void collect_paths(View value, const Path& path, std::vector<std::pair<uint32_t, std::string>>& out) {
  const std::string text = path.text();
  out.emplace_back(value.node()->origin.offset, cat(text.empty() ? "$" : text[0] == '[' ? "$" : "$.", text));
  for (const Field& f : value.fields()) collect_paths(f.value, path.key(f.key()), out);
  for (size_t i = 0; i < value.items().size(); ++i) collect_paths(value.item(i), path.index(i), out);
}

// The text is what the worker printed: JSON.
const Provenance::PathsByOffset& Provenance::evaluated(FileId file) {
  const auto [at, is_new] = evaluated_.try_emplace(file);
  if (!is_new) return at->second;
  Diagnostics known;
  Scratch scratch{arena_, known};
  for (const Node* root : read_json(sources_.get(file).text, file, Limits(), scratch)) collect_paths(root, Path(), at->second);
  std::sort(at->second.begin(), at->second.end());
  return at->second;
}

static std::string path_of(const std::vector<std::pair<uint32_t, std::string>>& paths, uint32_t offset) {
  const auto at = std::lower_bound(paths.begin(), paths.end(), std::pair(offset, std::string()));
  return at != paths.end() && at->first == offset ? at->second : "$";
}

ValueOrigin Provenance::of(View value) {
  if (!value) return {{}, {}, {}, pass_words(Pass::Unknown)};
  const Origin origin = value.node()->origin;
  if (origin.file == 0) return {{}, {}, {}, pass_words(static_cast<Pass>(origin.offset))};
  const Source& source = sources_.get(origin.file);
  if (source.generated) return {source.name, {}, path_of(evaluated(origin.file), origin.offset), {}};
  return {source.name, places_.of(span_of(value)).begin, {}, {}};
}

std::string origin_words(const ValueOrigin& origin) {
  if (origin.file.empty()) return std::string(origin.pass);
  if (origin.at.line == 0) return cat(printable(origin.file), " at ", printable(origin.json_path));
  return cat(printable(origin.file), ':', origin.at.line, ':', origin.at.column);
}

std::string Provenance::words(View value) { return origin_words(of(value)); }

std::string Provenance::source_line(View value) {
  const ValueOrigin origin = of(value);
  const FileId file = value ? value.node()->origin.file : 0;
  if (origin.at.line == 0 || places_.secret(file)) return {};
  return printable(trim(places_.line(file, origin.at.line)));
}

}  // namespace isvcc

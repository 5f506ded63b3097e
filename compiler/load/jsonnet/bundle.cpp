#include "load/jsonnet/bundle.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "load/jsonnet/overlay.h"
#include "load/jsonnet/string_value.h"

namespace isvcc::jsonnet {

std::vector<std::string> TopLevelArguments::names() const {
  std::vector<std::string> all;
  for (const auto& [name, value] : texts) all.push_back(name);
  for (const auto& [name, value] : codes) all.push_back(name);
  return all;
}

static constexpr std::string_view kMark = "\1isvcc:";

std::string marked(std::string_view problem) { return cat(kMark, problem); }

std::optional<std::string> unmarked(std::string_view message) {
  if (!starts_with(message, kMark)) return std::nullopt;
  return std::string(message.substr(kMark.size()));
}

const File* Bundle::original(Place& place) const {
  const auto after = std::upper_bound(pieces.begin(), pieces.end(), place.line, [](uint32_t line, const Piece& piece) { return line < piece.first_line; });
  if (place.file != kBundleName || after == pieces.begin()) return nullptr;
  const Piece& piece = *std::prev(after);
  if (place.line >= piece.first_line + piece.lines) return nullptr;
  place.file = piece.file->name;
  place.line -= piece.first_line - 1;
  place.end_line -= std::min(place.end_line - 1, piece.first_line - 1);
  return piece.file;
}

namespace {

class Builder {
 public:
  Builder(Graph& graph, const Project& project) : graph_(graph), project_(project) {}

  std::optional<Bundle> build(const std::vector<const File*>& entries, const TopLevelArguments& arguments, std::string_view begin) {
    for (const File* entry : entries) item_of(*entry, ImportKind::Code);
    for (const auto& [name, code] : arguments.codes) item_of(*code, ImportKind::Code);
    collect();
    if (!choose_prefix()) return std::nullopt;
    add(cat("local ", prefix_, "=std,", with_natives(), "=", prefix_, native_overlay(prefix_)));
    for (size_t i = 0; i < items_.size(); ++i) bind(i);
    add(";\n{\n");
    for (size_t i = 0; i < entries.size(); ++i) add_entry(i, *entries[i], arguments, begin);
    add("}\n");
    return std::move(bundle_);
  }

 private:
  struct Item {
    const File* file;
    ImportKind kind;
    std::vector<Edge> edges;
  };

  // The place of a file in the list of locals; a file that is new is put at the end.
  size_t item_of(const File& file, ImportKind kind) {
    const auto [at, is_new] = index_.try_emplace({&file, kind}, items_.size());
    if (is_new) items_.push_back({&file, kind, {}});
    return at->second;
  }

  void collect() {
    for (size_t i = 0; i < items_.size(); ++i) {
      if (items_[i].kind != ImportKind::Code || graph_.broken(*items_[i].file)) continue;
      auto edges = graph_.edges(*items_[i].file, project_);
      for (const Edge& edge : edges)
        if (edge.target.file) item_of(*edge.target.file, edge.kind);
      items_[i].edges = std::move(edges);
    }
  }

  bool choose_prefix() {
    unsigned taken = 0;
    for (const Item& item : items_)
      if (item.kind == ImportKind::Code) taken |= graph_.scan_of(*item.file).prefixes;
    for (size_t i = 0; i < std::size(kNamePrefixes); ++i) {
      if (taken & (1u << i)) continue;
      prefix_ = kNamePrefixes[i];
      return true;
    }
    return false;
  }

  // Never longer than the shortest import, so that it can be written over one: import''.
  std::string local(size_t i) const {
    std::string digits;
    for (size_t left = i + 1; left > 0; left /= 36) digits += "0123456789abcdefghijklmnopqrstuvwxyz"[left % 36];
    return cat(prefix_, digits);
  }

  void add(std::string_view text) {
    bundle_.snippet += text;
    line_ += static_cast<uint32_t>(std::count(text.begin(), text.end(), '\n'));
  }

  void bind(size_t i) {
    const Item& item = items_[i];
    bundle_.names[local(i)] = item.file;
    add(cat(",\n", local(i), "=("));
    if (item.kind == ImportKind::Text) {
      add(quoted_string(item.file->text));
    } else if (item.kind == ImportKind::Bytes) {
      add(bytes(item.file->text));
    } else if (graph_.broken(*item.file)) {
      add(cat("error ", quoted_string(marked(cat("broken:", item.file->name)))));
    } else {
      add_code(item);
    }
    add(")");
  }

  static std::string bytes(std::string_view text) {
    std::string out = "[";
    for (const char c : text) out += cat(static_cast<unsigned>(static_cast<unsigned char>(c)), ",");
    return out + "]";
  }

  void add_code(const Item& item) {
    add(own_std(graph_.scan_of(*item.file), item.file->name));
    add("\n");
    const std::string text = with_names(item);
    const auto lines = static_cast<uint32_t>(std::count(text.begin(), text.end(), '\n'));
    bundle_.pieces.push_back({line_, lines + 1, item.file});
    add(text);
    add("\n");
  }

  // Capital letters are not used for files.
  std::string with_natives() const { return cat(prefix_, "N"); }

  std::string own_std(const Scan& scan, const std::string& name) const {
    if (!scan.mentions_this_file && !scan.mentions_native) return {};
    const std::string base = scan.mentions_native ? with_natives() : prefix_;
    return cat("local std=", base, scan.mentions_this_file ? cat("{thisFile::", quoted_string(name), "}") : std::string(), ";");
  }

  // The text with every import written over by the name of what it imports. Lines and columns of all else stay as they are.
  std::string with_names(const Item& item) const {
    const std::string_view text = item.file->text;
    const auto& tokens = graph_.scan_of(*item.file).imports;
    std::string out;
    size_t copied = 0;
    for (size_t i = 0; i < tokens.size(); ++i) {
      out.append(text.substr(copied, tokens[i].begin - copied));
      out += instead_of(text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin), item.edges[i]);
      copied = tokens[i].end;
    }
    return out.append(text.substr(copied));
  }

  std::string instead_of(std::string_view token, const Edge& edge) const {
    if (!edge.target.file) return failing_import(edge.target.problem, token);
    std::string blank(token);
    for (char& c : blank)
      if (c != '\n') c = ' ';
    const std::string name = local(index_.at({edge.target.file, edge.kind}));
    return blank.replace(0, name.size(), name);
  }

  // Longer than what it replaces, so columns behind it on its line move.
  static std::string failing_import(std::string_view problem, std::string_view token) {
    return cat("error ", quoted_string(marked(cat("import:", problem))), std::string(static_cast<size_t>(std::count(token.begin(), token.end(), '\n')), '\n'));
  }

  void add_entry(size_t number, const File& file, const TopLevelArguments& arguments, std::string_view begin) {
    const std::string name = local(index_.at({&file, ImportKind::Code}));
    std::string call;
    for (const auto& [key, value] : arguments.texts) call += cat(key, "=", quoted_string(value), ",");
    for (const auto& [key, value] : arguments.codes) call += cat(key, "=", local(index_.at({value, ImportKind::Code})), ",");
    const std::string digits = cat(number);
    add(cat("\"", std::string(8 - std::min<size_t>(8, digits.size()), '0'), digits, "\":if std.native(", quoted_string(begin), ")(", digits,
            ")then(if std.isFunction(", name, ")then ", name, "(", call, ")else ", name, ")else null,\n"));
  }

  Graph& graph_;
  const Project& project_;
  std::vector<Item> items_;
  std::map<std::pair<const File*, ImportKind>, size_t> index_;
  std::string prefix_;
  uint32_t line_ = 1;
  Bundle bundle_;
};

}  // namespace

std::optional<Bundle> make_bundle(Graph& graph, const std::vector<const File*>& entries, const Project& project, const TopLevelArguments& arguments,
                                  std::string_view begin) {
  return Builder(graph, project).build(entries, arguments, begin);
}

}  // namespace isvcc::jsonnet

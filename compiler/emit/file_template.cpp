#include "emit/file_template.h"

#include <algorithm>

#include "base/text.h"
#include "emit/file_name.h"

namespace isvcc {
namespace {

struct Preset {
  std::string_view word, pattern;
};
constexpr Preset kPresets[] = {
    {"kustomize", "{namespace?_}{group?_}{version}_{kind}_{name}.yaml"},
    {"kargo", "{namespace?-}{kind}-{name}.yaml"},
    {"tanka", "{apiVersion}.{Kind}-{name}.yaml"},
};

std::string_view version_of(std::string_view api_version) {
  const size_t slash = api_version.find('/');
  return slash == std::string_view::npos ? api_version : api_version.substr(slash + 1);
}

struct Word {
  std::string_view name;
  std::string_view absent;  // what stands for it where it is empty and the pattern says nothing
  std::string (*value)(const LayoutObject&);
};
constexpr Word kWords[] = {
    {"namespace", "_cluster", [](const LayoutObject& o) { return std::string(o.namespace_); }},
    {"service", "_shared", [](const LayoutObject& o) { return std::string(o.service); }},
    {"kind", "", [](const LayoutObject& o) { return to_lower(o.kind); }},
    {"Kind", "", [](const LayoutObject& o) { return std::string(o.kind); }},
    {"name", "", [](const LayoutObject& o) { return std::string(o.name); }},
    {"group", "core", [](const LayoutObject& o) { return std::string(api_group(o.api_version)); }},
    {"version", "", [](const LayoutObject& o) { return std::string(version_of(o.api_version)); }},
    {"apiVersion", "", [](const LayoutObject& o) { return replace_all(std::string(o.api_version), "/", "-"); }},
};

const Word* find_word(std::string_view name) {
  const auto found = std::find_if(std::begin(kWords), std::end(kWords), [&](const Word& w) { return w.name == name; });
  return found == std::end(kWords) ? nullptr : found;
}

// Kinds keep their capitals; everything else is made safe as in the layouts' own names.
std::string safe(std::string_view word, std::string_view value) {
  if (word != "Kind" && word != "apiVersion") return file_name_for(value);
  std::string out;
  for (char c : value) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    out += letter || (c >= '0' && c <= '9') || c == '-' || c == '.' ? c : '_';
  }
  return out;
}

}  // namespace

std::optional<FileTemplate> FileTemplate::parse(std::string_view text, std::string& error) {
  for (const Preset& preset : kPresets)
    if (preset.word == text) return parse(preset.pattern, error);
  if (!ends_with(text, ".yaml") && !ends_with(text, ".yml")) {
    error = cat("a file name must end in .yaml or .yml, got ", quote(text));
    return std::nullopt;
  }
  FileTemplate out;
  for (size_t open; (open = text.find('{')) != std::string_view::npos;) {
    const size_t close = text.find('}', open);
    const std::string_view inside = text.substr(open + 1, close == std::string_view::npos ? 0 : close - open - 1);
    const size_t mark = inside.find('?');
    if (!find_word(inside.substr(0, mark))) {
      error = cat("unknown word ", quote(text.substr(open, inside.size() + 2)), " in a file name; known: namespace, service, kind, Kind, name, group, version, apiVersion");
      return std::nullopt;
    }
    out.pieces_.push_back({std::string(text.substr(0, open))});
    out.pieces_.push_back({std::string(mark == std::string_view::npos ? std::string_view() : inside.substr(mark + 1)), std::string(inside.substr(0, mark)), mark != std::string_view::npos});
    text.remove_prefix(close + 1);
  }
  out.pieces_.push_back({std::string(text)});
  if (is_safe_path(out.path({nullptr, "v1", "Kind", "n", "n", "s"}))) return out;
  error = "a file name is a path inside the output folder, without '..'";
  return std::nullopt;
}

std::string FileTemplate::path(const LayoutObject& object) const {
  std::string out;
  for (const Piece& piece : pieces_) {
    if (piece.word.empty()) {
      out += piece.text;
      continue;
    }
    const Word& word = *find_word(piece.word);
    const std::string value = word.value(object);
    if (!value.empty()) out += cat(safe(word.name, value), piece.text);
    else if (!piece.optional) out += word.absent;
  }
  return out;
}

}  // namespace isvcc

#include "kserve/bundled.h"

#include <string>

#include "base/check.h"
#include "base/text.h"
#include "kserve/bundled_releases.h"
#include "load/reader.h"
#include "tree/origin.h"

namespace isvcc {

// Written by tools/embed_templates.cpp.
static constexpr std::string_view kTagMarker = "@IMAGE_TAG@";

static const BundledRelease* find(std::string_view release) {
  for (const BundledRelease& row : bundled_releases())
    if (row.name == release) return &row;
  return nullptr;
}

// A tag comes from the user: whatever it holds must stay inside its JSON string.
static std::string json_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (byte < 0x20) {
      static constexpr char kHex[] = "0123456789abcdef";
      out += cat("\\u00", kHex[byte >> 4], kHex[byte & 15]);
    } else {
      out += c;
    }
  }
  return out;
}

static const Node* parse(std::string_view json, std::string_view image_tag, Arena& arena) {
  const std::string text = replace_all(std::string(json), kTagMarker, json_escaped(image_tag));
  std::string error;
  const Node* value = parse_json(text, arena, &error, made_by(Pass::Bundled));
  ISVCC_CHECK(value, error);
  return value;
}

const Node* bundled_objects(std::string_view release, std::string_view image_tag, Arena& arena) {
  const BundledRelease* row = find(release);
  return row ? parse(row->objects, image_tag, arena) : nullptr;
}

const Node* default_config(std::string_view release, std::string_view image_tag, Arena& arena) {
  const BundledRelease* row = find(release);
  return row ? parse(row->config, image_tag, arena) : nullptr;
}

std::vector<std::string_view> known_releases() {
  std::vector<std::string_view> names;
  for (const BundledRelease& row : bundled_releases()) names.push_back(row.name);
  return names;
}

std::string_view default_image_tag(std::string_view release) {
  const BundledRelease* row = find(release);
  return row ? row->name : std::string_view();
}

}  // namespace isvcc

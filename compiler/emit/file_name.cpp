#include "emit/file_name.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {

static constexpr size_t kLongest = 200;
static constexpr size_t kLongestComponent = 255, kLongestPath = 3000;

static bool is_kept(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'; }

static void append_escaped(std::string& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  ((out += '%') += "0123456789abcdef"[byte >> 4]) += "0123456789abcdef"[byte & 0xF];
}

// Device names of Windows, alone or before an extension, and the file that kustomize and Flux look for.
static bool is_reserved(std::string_view name) {
  const std::string_view stem = name.substr(0, name.find('.'));
  if (stem == "kustomization") return true;
  if (stem == "con" || stem == "prn" || stem == "aux" || stem == "nul") return true;
  return stem.size() == 4 && (starts_with(stem, "com") || starts_with(stem, "lpt")) && stem[3] >= '0' && stem[3] <= '9';
}

// The longest beginning of at most `size` bytes that does not cut an escape.
static std::string_view shortened(std::string_view encoded, size_t size) {
  const size_t percent = encoded.rfind('%', size - 1);
  if (percent != std::string_view::npos && percent + 3 > size) size = percent;
  return encoded.substr(0, size);
}

std::string file_name_for(std::string_view name) {
  if (name.empty()) return "%";
  std::string out;
  for (size_t i = 0; i < name.size(); ++i) {
    const bool edge = (i == 0 && contains(".-_", name.substr(0, 1))) || (i + 1 == name.size() && name[i] == '.');
    const bool reserved = i == 0 && is_reserved(name);
    if (is_kept(name[i]) && !edge && !reserved) out += name[i];
    else append_escaped(out, name[i]);
  }
  if (out.size() <= kLongest) return out;
  const std::string hash = cat("%_", sha256_hex(name));
  return cat(shortened(out, kLongest - hash.size()), hash);
}

static bool is_safe_component(std::string_view name) {
  if (name.empty() || name == "." || name == ".." || name.size() > kLongestComponent || (name.size() == 4 && to_lower(name) == ".git")) return false;
  for (char c : name)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '\\' || c == '"') return false;
  return is_utf8(name);
}

bool is_safe_path(std::string_view path) {
  if (path.empty() || path.size() > kLongestPath) return false;
  for (size_t begin = 0, end; begin <= path.size(); begin = end + 1) {
    end = std::min(path.find('/', begin), path.size());
    if (!is_safe_component(path.substr(begin, end - begin))) return false;
  }
  return true;
}

}  // namespace isvcc

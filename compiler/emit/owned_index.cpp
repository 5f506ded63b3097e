#include "emit/owned_index.h"

#include "base/char_set.h"
#include "base/json_text.h"
#include "base/sha256.h"
#include "base/text.h"
#include "emit/file_name.h"
#include "emit/output_tree.h"

namespace isvcc {

// Argo CD reads every .json file of a recursive folder as a manifest unless it holds this text.
static constexpr std::string_view kNote = "written by isvcc, do not edit; +argocd:skip-file-rendering";

static constexpr std::string_view kIndexFolder = ".isvcc/index/", kExtension = ".json";

std::string index_path(std::string_view part) { return part.empty() ? std::string(kIndexPath) : cat(kIndexFolder, part, kExtension); }

std::optional<std::string_view> part_of_index(std::string_view path) {
  if (path == kIndexPath) return std::string_view();
  if (!starts_with(path, kIndexFolder) || !ends_with(path, kExtension) || path.size() <= kIndexFolder.size() + kExtension.size()) return std::nullopt;
  const std::string_view part = path.substr(kIndexFolder.size(), path.size() - kIndexFolder.size() - kExtension.size());
  return contains(part, "/") ? std::nullopt : std::optional(part);
}

std::string print_index(const OwnedFiles& files) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().member("version", 1).member("note", kNote).key("files").begin_object();
  for (const auto& [path, hash] : files) json.member(path, hash);
  json.end_object().end_object();
  out += '\n';
  return out;
}

namespace {

// Just enough JSON for the list: objects, strings without escapes, digits.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool take(char c) {
    rest_.remove_prefix(kJsonBlanks.first_not_in(rest_));
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool at_end() { return !take('\0') && rest_.empty(); }

  std::optional<std::string_view> text() {
    if (!take('"')) return std::nullopt;
    static constexpr CharSet kEnds("\"\\\n");
    const size_t end = kEnds.first_in(rest_);
    if (end == rest_.size() || rest_[end] != '"') return std::nullopt;
    const std::string_view value = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return value;
  }

 private:
  std::string_view rest_;
};

}  // namespace

static bool read_files(Scanner& in, OwnedFiles& files) {
  if (!in.take('{')) return false;
  if (in.take('}')) return true;
  do {
    const auto path = in.text();
    if (!path || !is_safe_path(*path) || !in.take(':')) return false;
    const auto hash = in.text();
    if (!hash || !is_digest_hex(*hash) || !files.emplace(*path, *hash).second) return false;
  } while (in.take(','));
  return in.take('}');
}

std::optional<OwnedFiles> parse_index(std::string_view text) {
  Scanner in(text);
  OwnedFiles files;
  bool has_files = false, is_version_1 = false;
  if (!in.take('{')) return std::nullopt;
  do {
    const auto key = in.text();
    if (!key || !in.take(':')) return std::nullopt;
    if (*key == "version") is_version_1 = in.take('1');
    else if (*key == "files" && !has_files) has_files = read_files(in, files);
    else if (!in.text()) return std::nullopt;
  } while (in.take(','));
  if (!in.take('}') || !in.at_end() || !has_files || !is_version_1) return std::nullopt;
  return files;
}

}  // namespace isvcc

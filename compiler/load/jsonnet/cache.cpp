#include "load/jsonnet/cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/text.h"
#include "load/jsonnet/wire.h"

namespace isvcc::jsonnet {

// Another number when the same files would be evaluated differently: a new interpreter, native functions, or rules of bundling.
static constexpr std::string_view kFormat = "isvcc jsonnet cache 1\n";

Cache::Cache(std::string folder, const JsonnetOptions& options, Graph& graph) : folder_(std::move(folder)), graph_(graph) {
  BodyWriter all;
  all.table(options.ext_vars).table(options.ext_codes).table(options.tla_vars).table(options.tla_codes);
  options_ = all.body();
  // Code given on the command line may import files that no closure tells of.
  usable_ = !folder_.empty() && options.ext_codes.empty() && options.tla_codes.empty();
}

std::string Cache::key(const EntryState& entry) {
  if (!usable_ || entry.closure.too_many) return {};
  BodyWriter all;
  all.text(kFormat).text(options_).text(entry.file->name);
  for (const File* file : entry.closure.code) {
    if (!graph_.scan_of(*file).sound) return {};
    all.text(file->name).text(file->hash);
    for (const Edge& edge : graph_.edges(*file, entry.project)) all.text(edge.target.file ? edge.target.file->name : edge.target.problem);
  }
  for (const File* file : entry.closure.texts) all.text(file->name).text(file->hash);
  return sha256_hex(all.body());
}

std::string Cache::path(const std::string& key) const { return cat(folder_, "/jsonnet-", key, ".json"); }

// The text is followed by its own hash: a file that was cut short is not taken.
std::optional<std::string> Cache::find(const std::string& key) const {
  if (key.empty()) return std::nullopt;
  const int fd = open(path(key).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return std::nullopt;
  std::string text;
  char bytes[65536];
  for (ssize_t size; (size = read(fd, bytes, sizeof bytes)) > 0;) text.append(bytes, static_cast<size_t>(size));
  close(fd);
  if (text.size() < 64) return std::nullopt;
  const std::string hash = text.substr(text.size() - 64);
  text.resize(text.size() - 64);
  return sha256_hex(cat(key, text)) == hash ? std::optional(std::move(text)) : std::nullopt;
}

void Cache::keep(const std::string& key, const std::string& json) const {
  if (key.empty()) return;
  mkdir(folder_.c_str(), 0755);
  const std::string final_path = path(key), temporary = cat(final_path, ".", static_cast<int64_t>(getpid()));
  const int fd = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (fd < 0) return;
  const std::string text = cat(json, sha256_hex(cat(key, json)));
  size_t at = 0;
  for (ssize_t size = 1; at < text.size() && size > 0; at += static_cast<size_t>(std::max<ssize_t>(size, 0))) size = write(fd, text.data() + at, text.size() - at);
  if (close(fd) != 0 || at != text.size() || rename(temporary.c_str(), final_path.c_str()) != 0) unlink(temporary.c_str());
}

}  // namespace isvcc::jsonnet

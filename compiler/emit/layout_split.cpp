// Files that would be too large for what reads them, taken apart by service.
#include <map>

#include "base/text.h"
#include "emit/layout_parts.h"

namespace isvcc {
namespace {

// Jump consistent hash (Lamping, Veach 2014): from n to n + 1 buckets only what goes to the new one moves.
size_t bucket_of(uint64_t key, size_t buckets) {
  int64_t bucket = -1;
  for (int64_t next = 0; next < static_cast<int64_t>(buckets);) {
    bucket = next;
    key = key * 2862933555777941757ULL + 1;
    next = static_cast<int64_t>(static_cast<double>(bucket + 1) * (static_cast<double>(1LL << 31) / static_cast<double>((key >> 33) + 1)));
  }
  return static_cast<size_t>(bucket);
}

// FNV-1a: the same in every build.
uint64_t key_of(std::string_view text) {
  uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

// What belongs together stays together: the objects of a service.
std::string unit_of(const LayoutObject& o) { return o.service.empty() ? cat(o.kind, '/', o.name) : std::string(o.service); }

class Splitter {
 public:
  Splitter(const FileGroup& group, const LayoutOptions& options) : group_(group), limit_(options.app_limit), style_(style_of(options.layout)) {
    std::map<std::string, LayoutRefs> units;
    for (const LayoutObject* object : group.objects) units[unit_of(*object)].push_back(object);
    for (const auto& [unit, objects] : units) units_.emplace_back(key_of(unit), text_of(objects, style_).size() + kSeparator);
  }

  // Into as few groups as stay below the limit; a single service may be larger than that.
  std::vector<FileGroup> split() const {
    size_t count = 2;
    while (count < units_.size() && !fits(count)) ++count;
    std::vector<FileGroup> groups(count);
    for (const LayoutObject* object : group_.objects) groups[bucket_of(key_of(unit_of(*object)), count)].objects.push_back(object);
    for (size_t i = 0; i < count; ++i) groups[i].path = path_of(i + 1), groups[i].part = group_.part;
    std::erase_if(groups, [](const FileGroup& group) { return group.objects.empty(); });
    return groups;
  }

 private:
  static constexpr size_t kSeparator = 4;

  bool fits(size_t count) const {
    std::vector<size_t> sizes(count);
    for (const auto& [key, size] : units_)
      if ((sizes[bucket_of(key, count)] += size) > limit_) return false;
    return true;
  }

  std::string path_of(size_t number) const {
    if (number == 1) return group_.path;
    return cat(group_.part, '.', number, std::string_view(group_.path).substr(group_.part.size()));
  }

  const FileGroup& group_;
  size_t limit_;
  YamlStyle style_;
  std::vector<std::pair<uint64_t, size_t>> units_;  // keys and sizes
};

}  // namespace

std::vector<OutputFile> print_split(const std::vector<FileGroup>& groups, const LayoutOptions& options) {
  std::vector<OutputFile> files = print_files(groups, options);
  for (size_t i = 0; i < groups.size(); ++i) {
    if (options.app_limit == 0 || files[i].text.size() <= options.app_limit) continue;
    std::vector<OutputFile> parts = print_files(Splitter(groups[i], options).split(), options);
    files[i] = std::move(parts.front());
    files.insert(files.end(), std::make_move_iterator(parts.begin() + 1), std::make_move_iterator(parts.end()));
  }
  return files;
}

}  // namespace isvcc

#include "emit/layouts.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "base/parallel.h"
#include "base/text.h"
#include "emit/file_template.h"
#include "emit/layout_parts.h"
#include "emit/yaml_writer.h"

namespace isvcc {

// ---- Words

static constexpr std::string_view kLayoutNames[] = {"tree", "bundle", "flux", "kustomize", "argocd-hydrator"};
static constexpr std::string_view kFilePerNames[] = {"service", "object", "namespace"};

template <class Choice, size_t Count>
static std::optional<Choice> find_choice(const std::string_view (&names)[Count], std::string_view name) {
  const auto found = std::find(std::begin(names), std::end(names), name);
  return found == std::end(names) ? std::nullopt : std::optional(static_cast<Choice>(found - std::begin(names)));
}

std::optional<Layout> find_layout(std::string_view name) { return find_choice<Layout>(kLayoutNames, name); }
std::optional<FilePer> find_file_per(std::string_view name) { return find_choice<FilePer>(kFilePerNames, name); }
std::span<const std::string_view> layout_names() { return kLayoutNames; }

// ---- Streams

static bool comes_before(const LayoutObject& a, const LayoutObject& b) {
  auto key = [](const LayoutObject& o) { return std::tuple(api_group(o.api_version), o.kind, o.namespace_, o.name); };
  return key(a) < key(b);
}

static void sort_objects(std::vector<LayoutObject>& objects) {
  if (!std::is_sorted(objects.begin(), objects.end(), comes_before)) std::stable_sort(objects.begin(), objects.end(), comes_before);
}

static constexpr std::string_view kSeparator = "---\n";

YamlStyle style_of(Layout layout) { return layout == Layout::ArgocdHydrator ? YamlStyle::GoYaml : YamlStyle::Kubernetes; }

static std::string printed(View object, YamlStyle style) {
  std::string out;
  write_yaml(out, object, style);
  return out;
}

OutputText text_of(const LayoutRefs& objects, YamlStyle style) {
  OutputText out;
  out.expect(2 * objects.size());
  for (const LayoutObject* object : objects) {
    if (object != objects.front()) out.borrow(kSeparator);
    if (object->node) out.keep(printed(object->node, style));
    else if (object->stored) out.borrow(*object->stored);
    else out.borrow(object->text);
  }
  return out;
}

OutputText print_stream(std::vector<LayoutObject> objects) {
  sort_objects(objects);
  LayoutRefs all;
  for (const LayoutObject& object : objects) all.push_back(&object);
  return text_of(all, YamlStyle::Kubernetes);
}

// ---- Paths

static std::string object_file(const LayoutObject& o) { return cat(file_name_for(cat(to_lower(o.kind), '-', o.name)), ".yaml"); }

static std::string path_of(const LayoutObject& o, FilePer file_per) {
  const std::string space = part_of(o.namespace_);
  if (file_per == FilePer::Namespace) return cat(space, ".yaml");
  if (o.namespace_.empty()) return cat(space, '/', object_file(o));
  if (o.service.empty()) return cat(space, "/_shared/", object_file(o));
  if (file_per == FilePer::Object) return cat(space, '/', file_name_for(o.service), '/', object_file(o));
  return cat(space, '/', file_name_for(o.service), ".yaml");
}

// ---- Files

void FileGroup::add(const LayoutObject& object) {
  if (objects.empty()) part = part_of(object.namespace_);
  else if (objects.front()->namespace_ != object.namespace_) part.clear();
  objects.push_back(&object);
}

namespace {

// Objects of one service, or of one namespace, share a path: it is made once for all of them.
class PathKey {
 public:
  PathKey(const LayoutObject& o, SharedPath shared) : namespace_(o.namespace_), service_(shared == SharedPath::OfNamespace ? std::string_view() : o.service) {}

  static bool fits(const LayoutObject& o, SharedPath shared) {
    return shared == SharedPath::OfNamespace || (shared == SharedPath::OfService && !o.namespace_.empty() && !o.service.empty());
  }
  bool operator==(const PathKey&) const = default;
  struct Hash {
    size_t operator()(const PathKey& key) const {
      const std::hash<std::string_view> hash;
      return hash(key.namespace_) * 31 + hash(key.service_);
    }
  };

 private:
  std::string_view namespace_, service_;
};

}  // namespace

std::vector<FileGroup> group_by_path(const std::vector<LayoutObject>& objects, SharedPath shared, const std::function<std::string(const LayoutObject&)>& path) {
  std::vector<FileGroup> files;
  std::unordered_map<std::string, size_t> by_path;
  std::unordered_map<PathKey, size_t, PathKey::Hash> by_key;
  auto file_of = [&](const LayoutObject& o) {
    std::string its = path(o);
    const auto [at, fresh] = by_path.emplace(its, files.size());
    if (fresh) files.push_back({std::move(its)});
    return at->second;
  };
  for (const LayoutObject& o : objects) {
    if (!PathKey::fits(o, shared)) {
      files[file_of(o)].add(o);
      continue;
    }
    const auto [at, fresh] = by_key.emplace(PathKey(o, shared), 0);
    if (fresh) at->second = file_of(o);
    files[at->second].add(o);
  }
  return files;
}

std::vector<OutputFile> print_files(const std::vector<FileGroup>& groups, const LayoutOptions& options) {
  std::vector<OutputFile> files(groups.size());
  parallel_for(files.size(), options.threads, [&](size_t, size_t i) {
    files[i] = {groups[i].path, {}, groups[i].part};
    if (options.shard.has(files[i].part)) files[i].text = text_of(groups[i].objects, style_of(options.layout));
  });
  return files;
}

static SharedPath shared_path(FilePer file_per) {
  return file_per == FilePer::Namespace ? SharedPath::OfNamespace : file_per == FilePer::Service ? SharedPath::OfService : SharedPath::OfNothing;
}

static std::vector<OutputFile> print_tree(const std::vector<LayoutObject>& objects, const LayoutOptions& options) {
  std::string error;
  const auto named = options.file_name.empty() ? std::nullopt : FileTemplate::parse(options.file_name, error);
  const FilePer file_per = options.layout == Layout::Bundle ? FilePer::Namespace : options.file_per;
  if (named) return print_files(group_by_path(objects, SharedPath::OfNothing, [&](const LayoutObject& o) { return named->path(o); }), options);
  const auto groups = group_by_path(objects, shared_path(file_per), [&](const LayoutObject& o) { return path_of(o, file_per); });
  return options.layout == Layout::Bundle ? print_split(groups, options) : print_files(groups, options);
}

static const Node* decorated(View object, const LayoutOptions& options, Arena& arena) {
  const Node* node = options.layout == Layout::Flux ? kept_from_substitution(object, arena) : object.node();
  return options.sync_waves ? with_sync_wave(node, arena) : node;
}

std::string_view print_object(View object, const LayoutOptions& options, Arena& arena) { return print_yaml(decorated(object, options, arena), arena, style_of(options.layout)); }

std::vector<OutputFile> lay_out(std::vector<LayoutObject> objects, const LayoutOptions& options, Arena& arena) {
  sort_objects(objects);
  for (LayoutObject& object : objects)
    if (object.node) object.node = decorated(object.node, options, arena);
  std::vector<OutputFile> files = options.layout == Layout::ArgocdHydrator ? lay_out_hydrator(objects, options) : print_tree(objects, options);
  if (options.layout == Layout::Flux) add_kustomizations(files);
  if (options.layout == Layout::Kustomize) add_root_kustomization(files);
  std::erase_if(files, [&](const OutputFile& file) { return !options.shard.has(file.part); });
  std::sort(files.begin(), files.end(), [](const OutputFile& a, const OutputFile& b) { return a.path < b.path; });
  return files;
}

}  // namespace isvcc

#include "emit/layouts.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/json_text.h"
#include "base/parallel.h"
#include "base/text.h"
#include "emit/yaml_writer.h"
#include "tree/make.h"

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

static std::string print_together(const std::vector<LayoutObject>& objects) {
  std::string out;
  for (const LayoutObject& object : objects) {
    if (!out.empty()) out += kSeparator;
    if (object.node) write_yaml(out, object.node);
    else out += object.text;
  }
  return out;
}

static OutputText text_of(const std::vector<LayoutObject>& objects) {
  if (std::any_of(objects.begin(), objects.end(), [](const LayoutObject& o) { return o.text.empty(); })) return print_together(objects);
  OutputText out;
  for (const LayoutObject& object : objects) {
    if (&object != &objects.front()) out.borrow(kSeparator);
    out.borrow(object.text);
  }
  return out;
}

OutputText print_stream(std::vector<LayoutObject> objects) {
  sort_objects(objects);
  return text_of(objects);
}

// ---- Paths

static std::string object_file(const LayoutObject& o) { return cat(file_name_for(cat(to_lower(o.kind), '-', o.name)), ".yaml"); }

static std::string path_of(const LayoutObject& o, FilePer file_per) {
  const std::string space = o.namespace_.empty() ? "_cluster" : file_name_for(o.namespace_);
  if (file_per == FilePer::Namespace) return cat(space, ".yaml");
  if (o.namespace_.empty()) return cat(space, '/', object_file(o));
  if (o.service.empty()) return cat(space, "/_shared/", object_file(o));
  if (file_per == FilePer::Object) return cat(space, '/', file_name_for(o.service), '/', object_file(o));
  return cat(space, '/', file_name_for(o.service), ".yaml");
}

// The objects of one file, in the order they are written.
struct FileObjects {
  std::string path;
  std::vector<LayoutObject> objects;
};

// Objects of one service, or of one namespace, share a path: it is made once for all of them.
class PathKey {
 public:
  PathKey(const LayoutObject& o, FilePer file_per) : namespace_(o.namespace_), service_(file_per == FilePer::Namespace ? std::string_view() : o.service) {}

  static bool fits(const LayoutObject& o, FilePer file_per) {
    return file_per == FilePer::Namespace || (file_per == FilePer::Service && !o.namespace_.empty() && !o.service.empty());
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

static std::vector<FileObjects> group_by_path(const std::vector<LayoutObject>& objects, FilePer file_per, std::string (*path)(const LayoutObject&, FilePer)) {
  std::vector<FileObjects> files;
  std::unordered_map<std::string, size_t> by_path;
  std::unordered_map<PathKey, size_t, PathKey::Hash> by_key;
  auto file_at = [&](std::string path_of_file) {
    const auto [at, fresh] = by_path.emplace(path_of_file, files.size());
    if (fresh) files.push_back({std::move(path_of_file), {}});
    return at->second;
  };
  for (const LayoutObject& o : objects) {
    if (!PathKey::fits(o, file_per)) {
      files[file_at(path(o, file_per))].objects.push_back(o);
      continue;
    }
    const auto [at, fresh] = by_key.emplace(PathKey(o, file_per), 0);
    if (fresh) at->second = file_at(path(o, file_per));
    files[at->second].objects.push_back(o);
  }
  return files;
}

static std::vector<OutputFile> print_files(std::vector<FileObjects> contents, size_t threads) {
  std::vector<OutputFile> files(contents.size());
  parallel_for(files.size(), threads, [&](size_t, size_t i) { files[i] = {std::move(contents[i].path), text_of(contents[i].objects)}; });
  return files;
}

static std::vector<OutputFile> print_tree(const std::vector<LayoutObject>& objects, FilePer file_per, size_t threads) {
  return print_files(group_by_path(objects, file_per, path_of), threads);
}

// ---- kustomize and Flux

static OutputFile kustomization(const std::string& folder, const std::set<std::string>& resources) {
  Arena arena;
  const Make make(arena);
  const std::vector<std::string> names(resources.begin(), resources.end());
  std::string text;
  write_yaml(text, make.map({{"apiVersion", make.text("kustomize.config.k8s.io/v1beta1")}, {"kind", make.text("Kustomization")}, {"resources", make.texts(names)}}));
  return {folder.empty() ? "kustomization.yaml" : cat(folder, "/kustomization.yaml"), std::move(text)};
}

static void add_root_kustomization(std::vector<OutputFile>& files) {
  std::set<std::string> paths;
  for (const OutputFile& file : files) paths.insert(file.path);
  files.push_back(kustomization("", paths));
}

// Each folder names its files and its folders.
static void add_kustomizations(std::vector<OutputFile>& files) {
  std::map<std::string, std::set<std::string>> folders = {{"", {}}};
  for (const OutputFile& file : files) {
    std::string_view path = file.path;
    for (size_t slash; !path.empty(); path = slash == std::string_view::npos ? std::string_view() : path.substr(0, slash)) {
      slash = path.rfind('/');
      const bool top = slash == std::string_view::npos;
      folders[std::string(top ? std::string_view() : path.substr(0, slash))].insert(std::string(top ? path : path.substr(slash + 1)));
    }
  }
  for (const auto& [folder, resources] : folders) files.push_back(kustomization(folder, resources));
}

static bool holds_substitution(View value) {
  if (value.is_text()) return contains(value.text(), "${");
  for (const Field& field : value.fields())
    if (contains(field.key(), "${") || holds_substitution(field.value)) return true;
  for (const Node* item : value.items())
    if (holds_substitution(item)) return true;
  return false;
}

const Node* kept_from_substitution(View object, Arena& arena) {
  if (!holds_substitution(object)) return object.node();
  const Make make(arena);
  const View metadata = object["metadata"];
  const Node* annotations = make.with(metadata["annotations"], "kustomize.toolkit.fluxcd.io/substitute", make.borrowed("disabled"));
  return make.with(object, "metadata", make.with(metadata, "annotations", annotations));
}

// ---- Argo CD's source hydrator

static std::string hydrator_metadata(const HydratorSource& source, bool with_commit) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().member_if("repoURL", source.repo_url).member_if("drySha", source.dry_sha);
  if (!source.commands.empty()) {
    json.key("commands").begin_array();
    for (const std::string& command : source.commands) json.text(command);
    json.end_array();
  }
  if (with_commit) json.member_if("author", source.author).member_if("date", source.date).member_if("subject", source.subject).member_if("body", source.body);
  json.end_object();
  return out + '\n';
}

static std::string hydrator_readme(const HydratorSource& source) {
  std::string out = "# Manifests\n\nThese manifests are rendered by isvcc. Do not edit them: change the sources and render again.\n";
  if (!source.repo_url.empty()) out += cat("\nSources: ", printable(source.repo_url), source.dry_sha.empty() ? "" : cat(" at ", printable(source.dry_sha)), '\n');
  if (!source.commands.empty()) out += "\n```shell\n";
  for (const std::string& command : source.commands) out += printable(command) + '\n';
  if (!source.commands.empty()) out += "```\n";
  return out;
}

static std::vector<OutputFile> print_hydrator(const std::vector<LayoutObject>& objects, const LayoutOptions& options) {
  auto path_of_manifest = [](const LayoutObject& o, FilePer) { return cat(o.namespace_.empty() ? "_cluster" : file_name_for(o.namespace_), "/manifest.yaml"); };
  std::vector<OutputFile> files = print_files(group_by_path(objects, FilePer::Namespace, path_of_manifest), options.threads);
  for (size_t i = 0, manifests = files.size(); i < manifests; ++i) {
    const std::string folder = files[i].path.substr(0, files[i].path.rfind('/'));
    files.push_back({cat(folder, "/hydrator.metadata"), hydrator_metadata(options.hydrator, false)});
    files.push_back({cat(folder, "/README.md"), hydrator_readme(options.hydrator)});
  }
  files.push_back({"hydrator.metadata", hydrator_metadata(options.hydrator, true)});
  files.push_back({".gitattributes", "**/README.md linguist-generated=true\n**/hydrator.metadata linguist-generated=true"});
  return files;
}

std::vector<OutputFile> lay_out(std::vector<LayoutObject> objects, const LayoutOptions& options, Arena& arena) {
  sort_objects(objects);
  if (options.layout == Layout::Flux)
    for (LayoutObject& object : objects)
      if (object.node) object.node = kept_from_substitution(object.node, arena);
  const FilePer file_per = options.layout == Layout::Bundle ? FilePer::Namespace : options.file_per;
  std::vector<OutputFile> files = options.layout == Layout::ArgocdHydrator ? print_hydrator(objects, options) : print_tree(objects, file_per, options.threads);
  if (options.layout == Layout::Flux) add_kustomizations(files);
  if (options.layout == Layout::Kustomize) add_root_kustomization(files);
  std::sort(files.begin(), files.end(), [](const OutputFile& a, const OutputFile& b) { return a.path < b.path; });
  return files;
}

}  // namespace isvcc

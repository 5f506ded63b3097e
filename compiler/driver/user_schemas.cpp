#include "driver/user_schemas.h"

#include <filesystem>
#include <memory>

#include "base/text.h"
#include "load/file_system.h"
#include "load/reader.h"
#include "ops/gotemplate.h"
#include "tree/make.h"

namespace isvcc {
namespace {

namespace fs = std::filesystem;

// kubeconform's own layout of a folder of schemas.
constexpr std::string_view kDefaultTemplate = "/{{.NormalizedKubernetesVersion}}-standalone{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json";

class SchemaReader {
 public:
  SchemaReader(const SchemaSources& sources, const LoadOptions& like, UserSchemas& into, Sources& texts, Diagnostics& diags)
      : sources_(sources), like_(like), into_(into), texts_(texts), diags_(diags) {}

  bool read_paths() {
    bool fine = true;
    if (!sources_.project_paths.empty()) fine = load_definitions(project_options(), "schemas");
    for (const std::string& path : sources_.paths) fine = read_path(path) && fine;
    return fine;
  }

  void read_templates(const std::vector<std::pair<std::string_view, std::string_view>>& kinds) {
    for (const auto& [api_version, kind] : kinds)
      for (const std::string& pattern : sources_.templates)
        if (read_template(pattern, api_version, kind)) break;
  }

 private:
  bool refuse(std::string text) {
    diags_.report(Code::BadCrd, Stage::Config, Span{}, std::move(text));
    return false;
  }

  LoadOptions project_options() const {
    LoadOptions options = like_;
    options.sources = sources_.project_paths;
    options.ignore.clear();
    options.exclude_dirs.clear();
    return options;
  }

  // Links are followed once, here: the command line is trusted, what lies in the folder is not.
  bool read_path(const std::string& path) {
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    if (error) return refuse(cat("no such file or folder: ", quote(path)));
    const bool folder = fs::is_directory(real, error);
    LoadOptions options;
    options.project_root = folder ? real.string() : real.parent_path().string();
    options.sources = {folder ? "." : real.filename().string()};
    options.name_prefix = folder ? cat(path, ends_with(path, "/") ? "" : "/") : fs::path(path).parent_path().string();
    if (!folder && !options.name_prefix.empty()) options.name_prefix += '/';
    options.engine = like_.engine;
    options.limits = like_.limits;
    options.threads = like_.threads;
    return load_definitions(options, path);
  }

  bool load_definitions(const LoadOptions& options, const std::string& path) {
    Diagnostics found;
    const Documents& documents = into_.documents.emplace_back(load(options, texts_, found));
    for (Diagnostic& d : found.all())
      if (d.severity == Severity::Error) diags_.all().push_back(std::move(d));
    const size_t before = into_.definitions.size();
    for (const Document& d : documents.all)
      if (View(d.root)["kind"].text() == "CustomResourceDefinition") into_.definitions.push_back(d.root);
    return into_.definitions.size() > before || refuse(cat("there is no CustomResourceDefinition in ", quote(path)));
  }

  // ---- kubeconform's templates

  bool read_template(const std::string& pattern, std::string_view api_version, std::string_view kind) {
    const bool suffixed = contains(pattern, ".StrictSuffix");
    return read_schema(expanded(pattern, api_version, kind, sources_.strict), api_version, kind) ||
           (suffixed && read_schema(expanded(pattern, api_version, kind, !sources_.strict), api_version, kind));
  }

  static std::string expanded_kind_suffix(std::string_view group, std::string_view api_version) {
    const size_t slash = api_version.find('/');
    return cat('-', to_lower(group.substr(0, group.find('.'))), slash == std::string_view::npos ? std::string() : cat('-', to_lower(api_version.substr(slash + 1))));
  }

  // As kubeconform expands it: the group of "v1" is "v1".
  std::string expanded(const std::string& pattern, std::string_view api_version, std::string_view kind, bool strict) {
    const size_t slash = api_version.find('/');
    const std::string_view group = api_version.substr(0, slash), version = slash == std::string_view::npos ? api_version : api_version.substr(slash + 1);
    const std::string& release = sources_.kubernetes_version;
    Arena arena(4096);
    const Make make(arena);
    const Node* fields = make.map({{"NormalizedKubernetesVersion", make.text(release == "master" ? release : cat('v', release))},
                                   {"StrictSuffix", make.text(strict ? "-strict" : "")},
                                   {"ResourceKind", make.text(to_lower(kind))},
                                   {"ResourceAPIVersion", make.text(version)},
                                   {"Group", make.text(group)},
                                   {"KindSuffix", make.text(expanded_kind_suffix(group, api_version))}});
    return run_template("schema-location", pattern, {fields, "SchemaLocation"}, Escaping::None).text;
  }

  // The folder before the first placeholder is trusted, as the command line is; the rest comes from manifests and stays below it.
  bool read_schema(const std::string& path, std::string_view api_version, std::string_view kind) {
    std::error_code error;
    if (path.empty() || !fs::is_regular_file(path, error)) return false;
    const fs::path real = fs::canonical(path, error);
    std::string problem;
    const auto folder = error ? nullptr : open_folder(real.parent_path().string(), problem);
    if (!folder) return false;
    FileText text = folder->read(real.filename().string(), like_.limits.file_bytes);
    if (text.status != FileStatus::Good) return false;
    Documents& documents = into_.documents.emplace_back();
    const std::string& kept = documents.buffers.emplace_back(std::move(text.text));
    const FileId file = texts_.add({path, kept, false});
    Scratch scratch{documents.arenas.emplace_back(), diags_};
    const std::vector<const Node*> roots = read_json(kept, file, like_.limits, scratch);
    if (roots.size() == 1) into_.json_schemas.push_back({std::string(api_version), std::string(kind), roots[0]});
    return roots.size() == 1;
  }

  const SchemaSources& sources_;
  const LoadOptions& like_;
  UserSchemas& into_;
  Sources& texts_;
  Diagnostics& diags_;
};

}  // namespace

bool read_user_schemas(const SchemaSources& sources, const LoadOptions& like, const std::vector<std::pair<std::string_view, std::string_view>>& kinds,
                       UserSchemas& into, Sources& texts, Diagnostics& diags) {
  SchemaReader reader(sources, like, into, texts, diags);
  const bool fine = reader.read_paths();
  reader.read_templates(kinds);
  return fine;
}

bool add_schema_location(const std::string& location, SchemaSources& into, std::string& error) {
  if (location == "default") return true;  // the built-in schemas are always there
  if (starts_with(location, "http://") || starts_with(location, "https://")) {
    error = cat("--schema-location ", quote(location), ": isvcc does not use the network; give a local copy");
    return false;
  }
  if (contains(location, "{{") || ends_with(location, "json")) {
    error = check_template("schema-location", location);
    into.templates.push_back(location);
    return error.empty();
  }
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(location, ignored))
    if (contains(entry.path().filename().string(), "-standalone")) {
      into.templates.push_back(cat(location, kDefaultTemplate));
      return true;
    }
  into.paths.push_back(location);
  return true;
}

}  // namespace isvcc

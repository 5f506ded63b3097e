#include "driver/project.h"

#include <functional>

#include "base/edit_distance.h"
#include "base/text.h"
#include "emit/file_template.h"
#include "load/reader.h"

namespace isvcc {
namespace {

// Reads one map of the project file: each key is taken once, what remains is unknown.
class Settings {
 public:
  using Setter = std::function<void(View)>;

  Settings(View map, const Path& path, Scratch& scratch) : map_(map), path_(path), scratch_(scratch) {}

  void on(std::string_view key, Setter setter) { setters_.emplace_back(key, std::move(setter)); }

  // Runs before the setter that was given for the key.
  void before(std::string_view key, std::function<void()> first) {
    for (auto& [name, setter] : setters_)
      if (name == key) return void(setter = [first = std::move(first), then = std::move(setter)](View v) { first(), then(v); });
  }

  void text(std::string_view key, std::string& to) {
    on(key, [this, key, &to](View v) {
      if (expect(v.is_text(), key, v, "a string")) to = v.text();
    });
  }
  void flag(std::string_view key, bool& to) {
    on(key, [this, key, &to](View v) {
      if (expect(v.boolean().has_value(), key, v, "true or false")) to = v.is_true();
    });
  }
  enum class Texts { Replace, Add };
  void texts(std::string_view key, std::vector<std::string>& to, Texts how = Texts::Replace) {
    on(key, [this, key, &to, how](View v) {
      if (!expect(v.is_list(), key, v, "a list of strings")) return;
      if (how == Texts::Replace) to.clear();
      for (const Node* item : v.items())
        if (expect(View(item).is_text(), key, item, "a string")) to.emplace_back(View(item).text());
    });
  }
  void text_map(std::string_view key, std::map<std::string, std::string>& to) {
    on(key, [this, key, &to](View v) {
      if (!expect(v.is_map(), key, v, "a map of strings")) return;
      for (const Field& f : v.fields())
        if (expect(View(f.value).is_text(), f.key(), f.value, "a string (quote it)")) to[std::string(f.key())] = View(f.value).text();
    });
  }
  void one_of(std::string_view key, const std::vector<std::string_view>& words, const std::function<void(std::string_view)>& to) {
    on(key, [this, key, words, to](View v) {
      for (std::string_view word : words)
        if (v.is_text() && v.text() == word) return to(word);
      expect(false, key, v, cat("one of ", join(words, ", ")));
    });
  }

  // Runs the setters; a key without one is an error.
  void read() {
    for (const Field& f : map_.fields()) {
      const auto found = std::find_if(setters_.begin(), setters_.end(), [&](const auto& s) { return s.first == f.key(); });
      if (found != setters_.end()) found->second(f.value);
      else report_unknown(f);
    }
  }

  bool expect(bool fine, std::string_view key, View value, std::string_view what) {
    if (!fine)
      scratch_.diags.report(Code::BadProject, Stage::Config, value, cat(quote(path_.key(key).text()), " must be ", what, ", found ", brief(value)))
          .at(path_.key(key));
    return fine;
  }

 private:
  void report_unknown(const Field& f) {
    std::vector<std::string_view> known;
    for (const auto& [key, setter] : setters_) known.push_back(key);
    const std::string_view near = nearest(f.key(), known);
    Diagnostic& d = scratch_.diags.report(Code::BadProject, Stage::Config, span_of_key(map_, f), cat("unknown key ", quote(f.key()))).at(path_.key(f.key()));
    d.hinting(near.empty() ? cat("known keys: ", join(known, ", ")) : cat("did you mean ", quote(near), "?"));
  }

  View map_;
  Path path_;
  Scratch& scratch_;
  std::vector<std::pair<std::string_view, Setter>> setters_;
};

// Names of folders and of reports: a DNS label.
bool is_cluster_name(std::string_view name) {
  if (name.empty() || name.size() > 63 || name[0] == '-' || name.back() == '-') return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

bool stays_inside(std::string_view path) {
  if (starts_with(path, "/")) return false;
  for (std::string_view part : split(path, '/'))
    if (part == "..") return false;
  return true;
}

// Paths are added to those of the level above.
void inside_paths(Settings& settings, std::string_view key, std::vector<std::string>& to) {
  settings.on(key, [&settings, key, &to](View v) {
    if (!settings.expect(v.is_list(), key, v, "a list of paths")) return;
    for (const Node* item : v.items())
      if (settings.expect(View(item).is_text() && stays_inside(View(item).text()), key, item, "a path inside the project, without '..'"))
        to.emplace_back(View(item).text());
  });
}

void read_jsonnet(View map, Path path, JsonnetOptions& to, Scratch& scratch) {
  Settings settings(map, path, scratch);
  inside_paths(settings, "libraryPaths", to.library_paths);
  settings.text_map("extVars", to.ext_vars);
  settings.text_map("extCode", to.ext_codes);
  settings.text_map("tlaVars", to.tla_vars);
  settings.text_map("tlaCode", to.tla_codes);
  settings.on("tankaEnvironments", [&](View v) {
    if (!settings.expect(v.is_list(), "tankaEnvironments", v, "a list of names")) return;
    for (const Node* name : v.items()) to.environments.emplace(View(name).text());
  });
  settings.read();
}

// `over` wins key by key, at every level.
const Node* laid_over(View base, View over, Arena& arena) {
  if (!base.is_map() || !over.is_map()) return over.node();
  MapBuilder map(Make(arena).at(over), base);
  for (const Field& f : over.fields()) map.set(f.key(), laid_over(base[f.key()], f.value, arena));
  return map.build();
}

// What may stand in the project and in each of its clusters, there with the words of the cluster laid over those of the project.
void common_settings(Settings& settings, Path path, Project& p, Scratch& scratch) {
  settings.text("kserve", p.kserve);
  inside_paths(settings, "sources", p.sources);
  inside_paths(settings, "schemas", p.schemas);
  settings.before("sources", [&p] {
    if (!p.names_sources) p.sources.clear();
    p.names_sources = true;
  });
  settings.texts("ignore", p.ignore, Settings::Texts::Add);
  settings.one_of("runtimes", {"bundled", "none"}, [&](std::string_view word) { p.bundled_runtimes = word == "bundled"; });
  settings.text("imageTag", p.image_tag);
  settings.one_of("multiNode", {"deployments", "leader-worker-set"},
                  [&](std::string_view word) { p.multi_node = word == "deployments" ? MultiNode::Deployments : MultiNode::LeaderWorkerSet; });
  settings.one_of("render", {"workloads", "objects", "stored", "pinned"}, [&](std::string_view word) { p.render = find_render(word); });
  settings.on("config", [&](View v) {
    if (settings.expect(v.is_map(), "config", v, "a map")) p.config = laid_over(p.config, v, scratch.arena);
  });
  settings.on("absentCRDs", [&](View v) {
    if (!settings.expect(v.is_list(), "absentCRDs", v, "a list of kinds")) return;
    p.absent_crds.clear();
    for (const Node* kind : v.items()) p.absent_crds.insert(std::string(View(kind).text()));
  });
  settings.text("namespace", p.default_namespace);
  settings.text("kserveNamespace", p.kserve_namespace);
  settings.text("clusterDomain", p.cluster_domain);
  settings.text("knativeDomain", p.knative_domain);
  settings.flag("allowZeroInitialScale", p.allow_zero_initial_scale);
  settings.on("output", [&](View v) {
    if (settings.expect(v.is_text() && stays_inside(v.text()), "output", v, "a path inside the project, without '..'")) p.output = v.text();
  });
  settings.one_of("layout", {"tree", "bundle", "flux", "kustomize", "argocd-hydrator"}, [&](std::string_view word) { p.layout = word; });
  settings.one_of("filePer", {"service", "object", "namespace"}, [&](std::string_view word) { p.file_per = word; });
  settings.on("fileName", [&](View v) {
    std::string problem;
    if (settings.expect(v.is_text(), "fileName", v, "a pattern of file names") && !FileTemplate::parse(v.text(), problem))
      scratch.diags.report(Code::BadProject, Stage::Config, v, problem).at(path.key("fileName"));
    p.file_name = v.text();
  });
  settings.flag("syncWaves", p.sync_waves);
  settings.on("appLimit", [&](View v) {
    if (settings.expect(v.integer().value_or(-1) >= 0, "appLimit", v, "a number of bytes")) p.app_limit = static_cast<size_t>(*v.integer());
  });
  settings.flag("freezeRuntimes", p.freeze_runtimes);
  settings.flag("passthrough", p.passthrough);
  settings.texts("passthroughSecrets", p.passthrough_secrets);
  settings.flag("strict", p.strict);
  settings.on("jsonnet", [&, path](View v) { read_jsonnet(v, path.key("jsonnet"), p.jsonnet, scratch); });
}

void check_release(View map, const Project& p, Scratch& scratch) {
  if (!find_release(p.kserve))
    scratch.diags.report(Code::UnknownRelease, Stage::Config, map["kserve"], cat("KServe release ", quote(p.kserve), " is not known"))
        .hinting("known releases: v0.18.1, v0.19.0, v0.20.0");
}

Project cluster_of(const Project& base, const Field& cluster, Path path, Scratch& scratch) {
  Project p = base;
  p.cluster = cluster.key();
  if (!p.output.empty()) p.output = cat(p.output, '/', p.cluster);
  Settings settings(cluster.value, path, scratch);
  common_settings(settings, path, p, scratch);
  settings.read();
  check_release(cluster.value, p, scratch);
  return p;
}

void read_clusters(View map, const Path& path, Project& p, Scratch& scratch) {
  const Project base = p;
  for (const Field& cluster : map.fields()) {
    if (!is_cluster_name(cluster.key()))
      scratch.diags.report(Code::BadProject, Stage::Config, span_of_key(map, cluster), cat("the cluster's name ", quote(cluster.key()), " must be lower-case letters, digits and '-'"))
          .at(path);
    if (View(cluster.value).is_map() || View(cluster.value).is_null()) p.clusters.push_back(cluster_of(base, cluster, path.key(cluster.key()), scratch));
    else scratch.diags.report(Code::BadProject, Stage::Config, View(cluster.value), cat("cluster ", quote(cluster.key()), " must be a map")).at(path.key(cluster.key()));
  }
}

void read_into(View map, Path path, Project& p, Scratch& scratch) {
  Settings settings(map, path, scratch);
  common_settings(settings, path, p, scratch);
  settings.one_of("apiVersion", {"isvcc.dev/v1"}, [](std::string_view) {});
  settings.one_of("kind", {"Project"}, [](std::string_view) {});
  settings.on("clusters", [&](View v) { settings.expect(v.is_map() && v.size() > 0, "clusters", v, "a map from names to settings"); });
  settings.read();
  check_release(map, p, scratch);
  read_clusters(map["clusters"], path.key("clusters"), p, scratch);
}

}  // namespace

Project project_of(View map, Scratch& scratch) {
  Project project;
  read_into(map, Path(), project, scratch);
  return project;
}

Project read_project(std::string_view text, FileId file, Scratch& scratch) {
  Project project;
  const std::vector<const Node*> documents = read_yaml(text, file, YamlEngine::LibYaml, Limits{}, scratch);
  if (documents.empty() && scratch.diags.errors() > 0) return project;
  if (documents.size() != 1 || !View(documents[0]).is_map()) {
    scratch.diags.report(Code::BadProject, Stage::Config, Span{file, 0, 0}, "the project file must hold one map");
    return project;
  }
  return project_of(documents[0], scratch);
}

}  // namespace isvcc

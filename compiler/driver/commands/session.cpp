#include "driver/commands/session.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/console.h"
#include "base/parallel.h"
#include "base/text.h"
#include "diag/render.h"
#include "driver/commands/command.h"
#include "driver/commands/findings.h"
#include "driver/commands/project_files.h"
#include "driver/assumptions.h"
#include "driver/only.h"
#include "driver/commands/reports.h"
#include "driver/progress.h"
#include "driver/secrets.h"
#include "driver/waivers.h"
#include "emit/file_template.h"
#include "load/file_system.h"
#include "load/jsonnet.h"
#include "load/read_once.h"
#include "load/openshift_template.h"

namespace isvcc {

void print_error(const std::string& text) {
  put(stderr, cat("isvcc: ", text, '\n'));
}

void print_out(const std::string& text) { put(stdout, text); }

bool wants_color(const Options& options, int fd) {
  const std::string when = options.value("color").value_or("auto");
  if (when == "always") return true;
  return when == "auto" && isatty(fd) && !std::getenv("NO_COLOR") && std::string_view(std::getenv("TERM") ? std::getenv("TERM") : "") != "dumb";
}

namespace {

constexpr size_t kLargestProjectFile = 1 << 20;

std::optional<std::string> project_text(const ProjectFiles& files, const FileSystem* tree) {
  if (!tree) return read_small_file(files.file, kLargestProjectFile);
  FileText file = tree->read(relative_to(files.root, files.file).value_or(""), kLargestProjectFile);
  return file.status == FileStatus::Good ? std::optional(std::move(file.text)) : std::nullopt;
}

// The project file is the first file of every session, so that spans in it mean the same in each.
FileId add_project_file(const std::string& text, Session& session) {
  return session.result.sources.add({.name = "isvcc.yaml", .text = text});
}

// The project file's text lives as long as the first session: spans point into it.
bool load_project(const ProjectFiles& files, const FileSystem* tree, Session& session) {
  if (files.file.empty()) return true;
  const auto text = project_text(files, tree);
  if (!text) {
    print_error(cat("cannot read ", quote(files.file)));
    return false;
  }
  const std::string& kept = session.texts.emplace_back(*text);
  const FileId file = add_project_file(kept, session);
  Scratch scratch{session.result.arenas.emplace_back(), session.result.diags};
  session.request.project = read_project(kept, file, scratch);
  return session.result.diags.errors() == 0;
}

bool split_pairs(const Options& options, std::string_view name, std::map<std::string, std::string>& to, std::string& error) {
  for (const std::string& pair : options.values(name)) {
    const size_t equals = pair.find('=');
    if (equals == std::string::npos) {
      error = cat("--", name, " needs NAME=VALUE, got ", quote(pair), ": values are never taken from the environment");
      return false;
    }
    to[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  return true;
}

bool jsonnet_options(const Options& options, const Project& project, JsonnetOptions& to, std::string& error) {
  std::vector<std::string> paths = project.jsonnet.library_paths;
  for (const std::string& path : options.values("jpath")) paths.push_back(path);
  const char* variable = std::getenv("JSONNET_PATH");
  to = {jsonnet_library_paths(variable ? variable : "", paths), project.jsonnet.ext_vars, project.jsonnet.ext_codes, project.jsonnet.tla_vars, project.jsonnet.tla_codes,
        project.jsonnet.environments};
  const std::vector<std::string> environments = options.values("tanka-environment");
  if (!environments.empty()) to.environments = {environments.begin(), environments.end()};
  return split_pairs(options, "ext-str", to.ext_vars, error) && split_pairs(options, "ext-code", to.ext_codes, error) &&
         split_pairs(options, "tla-str", to.tla_vars, error) && split_pairs(options, "tla-code", to.tla_codes, error);
}

bool read_limits(const Options& options, Limits& limits, std::string& error) {
#define LIMIT(name, value, flag, words) \
  if (const auto set = options.number(std::string_view(flag).substr(2), error)) limits.name = *set;
#include "load/limits.def"
#undef LIMIT
  return error.empty();
}

bool check_words(const Options& options, std::string& error) {
  for (const OptionRow& row : options_of(options.verb)) {
    const std::vector<std::string_view> words = choices_of(row.name);
    const auto value = options.value(row.name);
    if (!value || words.empty() || std::find(words.begin(), words.end(), *value) != words.end()) continue;
    error = cat("--", row.name, " must be one of ", join(words, ", "), ", got ", quote(*value));
    return false;
  }
  return true;
}

bool read_parameters(const Options& options, TemplateValues& to, std::string& error) {
  for (const std::string& path : options.values("template-param-file")) {
    const auto text = read_small_file(path, kLargestProjectFile);
    if (text && read_template_values(*text, to, error)) continue;
    error = cat("--template-param-file ", quote(path), ": ", text ? error : "cannot be read");
    return false;
  }
  return true;
}

bool read_only(const Options& options, CompileRequest& request, std::string& error) {
  for (const std::string& path : options.values("only")) {
    const auto inside = relative_to(request.root, path);
    if (inside) request.only.push_back(*inside);
    else error = cat("--only ", quote(path), " is outside the project ", quote(request.root));
  }
  return error.empty();
}

// The command line wins over the project file.
void override_project(const Options& options, Project& project) {
  if (const auto v = options.value("kserve")) project.kserve = *v;
  if (const auto v = options.value("image-tag")) project.image_tag = *v;
  if (const auto v = options.value("namespace")) project.default_namespace = *v;
  if (const auto v = options.value("runtimes")) project.bundled_runtimes = *v == "bundled";
  if (const auto v = options.value("multi-node")) project.multi_node = *v == "deployments" ? MultiNode::Deployments : MultiNode::LeaderWorkerSet;
  if (const auto v = options.value("layout")) project.layout = *v;
  if (const auto v = options.value("file-per")) project.file_per = *v;
  if (const auto v = options.value("output")) project.output = project.cluster.empty() || *v == "-" ? *v : cat(*v, '/', project.cluster);
  if (const auto v = options.value("file-name")) project.file_name = *v;
  if (options.flag("freeze-runtimes")) project.freeze_runtimes = true;
  if (options.flag("sync-waves")) project.sync_waves = true;
  if (options.flag("no-strict")) project.strict = false;
  if (options.flag("strict")) project.strict = true;
  for (const std::string& pattern : options.values("ignore")) project.ignore.push_back(pattern);
}

bool schema_sources(const Options& options, const Project& project, SchemaSources& to, std::string& error) {
  to.project_paths = project.schemas;
  to.paths = options.values("schema");
  to.strict = options.flag("strict");
  to.kubernetes_version = options.value("kubernetes-version").value_or("master");
  for (const std::string& location : options.values("schema-location"))
    if (!add_schema_location(location, to, error)) return false;
  return true;
}

bool read_shard(const Options& options, Shard& shard, std::string& error) {
  const auto given = options.value("shard");
  if (!given) return true;
  const auto parsed = parse_shard(*given);
  if (parsed) shard = *parsed;
  else error = cat("--shard needs K/N with K from 1 to N, got ", quote(*given));
  return parsed.has_value();
}

// What the project file calls the output is a path inside the project, wherever isvcc is started.
void resolve_output(Project& project, const std::string& root) {
  if (!project.output.empty()) project.output = cat(root, '/', project.output);
}

// Where this run or another one of the same project writes.
std::vector<std::string> all_outputs(const Options& options, const Project& project, const std::string& root) {
  std::vector<std::string> outputs;
  if (const auto given = options.value("output"); given && *given != "-") outputs.push_back(*given);
  if (!project.output.empty()) outputs.push_back(cat(root, '/', project.output));
  for (const Project& cluster : project.clusters)
    if (!cluster.output.empty()) outputs.push_back(cat(root, '/', cluster.output));
  return outputs;
}

bool fill_request(const Options& options, const ProjectFiles& files, const std::vector<std::string>& outputs, Session& session, std::string& error) {
  CompileRequest& request = session.request;
  Project& project = request.project;
  resolve_output(project, files.root);
  override_project(options, project);
  project.app_limit = options.number("app-limit", error).value_or(project.app_limit);
  if (!find_release(project.kserve)) {
    error = cat("unknown KServe release ", quote(project.kserve), "; `isvcc version` lists the known ones");
    return false;
  }
  request.root = files.root;
  request.project_file = files.file;
  request.render = options.value("render") ? *find_render(*options.value("render")) : project.render.value_or(Render::Workloads);
  request.deny_assumptions = options.flag("deny-assumption");
  if (!read_shard(options, request.shard, error) || (!project.file_name.empty() && !FileTemplate::parse(project.file_name, error))) return false;
  if (!schema_sources(options, project, request.schemas, error)) return false;
  LoadOptions& load = request.load;
  load.project_root = files.root;
  load.sources = files.sources.empty() ? project.sources : files.sources;
  load.ignore = project.ignore;
  load.engine = options.value("yaml-engine") == "yaml-cpp" ? YamlEngine::YamlCpp : YamlEngine::LibYaml;
  load.threads = options.number("threads", error).value_or(hardware_threads());
  load.cache_dir = options.value("cache").value_or("");
  for (const std::string& output : outputs)
    if (const auto inside = relative_to(files.root, output)) load.exclude_dirs.push_back(*inside);
  if (!files.file.empty()) load.exclude_dirs.push_back(*relative_to(files.root, files.file));
  return read_limits(options, load.limits, error) && read_parameters(options, load.template_values, error) && read_only(options, request, error) &&
         jsonnet_options(options, project, load.jsonnet, error);
}

// Findings and services of other shares are theirs to tell. What is about no namespace is told by the first share, errors by each: none of
// them may write then.
void keep_share(Session& session) {
  const Shard& shard = session.request.shard;
  if (shard.whole()) return;
  std::erase_if(session.result.diags.all(), [&](const Diagnostic& d) {
    if (!d.object.namespace_.empty()) return !shard.has_namespace(d.object.namespace_);
    return shard.index != 1 && d.severity != Severity::Error;
  });
  std::erase_if(session.result.services, [&](const ServiceResult& s) { return !shard.has_namespace(s.service->namespace_); });
}

// A reference that stands in a runtime leads nowhere for every service that uses it: one finding a place and message is enough.
void tell_references_once(Diagnostics& diags) {
  auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return a.stage == Stage::Reference && a.code == b.code && a.span.file != 0 && a.span.file == b.span.file && a.span.begin == b.span.begin && a.message == b.message;
  };
  auto& all = diags.all();
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
}

// ---- clusters

std::vector<const Project*> find_clusters(const Options& options, const Project& project, std::string& error) {
  std::vector<const Project*> found;
  std::vector<std::string_view> known;
  for (const Project& cluster : project.clusters) known.push_back(cluster.cluster);
  const auto wanted = options.value("cluster");
  if (!wanted)
    for (const Project& cluster : project.clusters) found.push_back(&cluster);
  for (std::string_view name : wanted ? split(*wanted, ',') : std::vector<std::string_view>()) {
    const auto at = std::find(known.begin(), known.end(), name);
    if (at != known.end()) found.push_back(&project.clusters[static_cast<size_t>(at - known.begin())]);
    else error = known.empty() ? cat("the project has no clusters: `--cluster ", printable(name), "` needs `clusters` in isvcc.yaml")
                               : cat("no cluster ", quote(name), "; known: ", join(known, ", "));
  }
  return found;
}

// A session for each cluster. All start with the project file, and with what was found in it.
void add_sessions(const std::vector<const Project*>& clusters, std::deque<Session>& sessions) {
  Session& first = sessions.front();
  const std::vector<Project> projects = [&] {
    std::vector<Project> copies;
    for (const Project* cluster : clusters) copies.push_back(*cluster);
    return copies;
  }();
  for (size_t i = 0; i < projects.size(); ++i) {
    Session& session = i == 0 ? first : sessions.emplace_back();
    session.request.project = projects[i];
    session.color = first.color;
    if (i == 0) continue;
    add_project_file(first.texts.front(), session);
    for (const Diagnostic& d : first.result.diags.all()) session.result.diags.all().push_back(d);
  }
}

// Files that several clusters read are read once.
void share_files(std::shared_ptr<const FileSystem> files, std::deque<Session>& sessions) {
  std::string error;  // reported by each session
  if (!files && sessions.size() > 1) files = open_folder(sessions.front().request.root, error);
  if (files && sessions.size() > 1) files = read_once(std::move(files));
  for (Session& session : sessions) session.request.load.files = files;
}

bool outputs_apart(const std::deque<Session>& sessions, std::string& error) {
  for (const Session& a : sessions)
    for (const Session& b : sessions) {
      const std::string &one = a.request.project.output, &other = b.request.project.output;
      if (&a == &b || one.empty() || one == "-" || !relative_to(absolute_path(one), other)) continue;
      error = cat("clusters ", quote(a.request.project.cluster), " and ", quote(b.request.project.cluster), " need output folders apart from each other");
      return false;
    }
  return true;
}

}  // namespace

std::deque<Session>& lasting_sessions() {
  static auto* const all = new std::deque<std::deque<Session>>;
  return all->emplace_back();
}

std::optional<int> prepare(const Options& options, std::deque<Session>& sessions) {
  std::string error;
  if (const auto files = find_project(options.value("project"), options.arguments, error)) return prepare(options, *files, nullptr, sessions);
  print_error(error);
  return kUsage;
}

std::optional<int> prepare(const Options& options, const ProjectFiles& files, std::shared_ptr<const FileSystem> tree, std::deque<Session>& sessions) {
  std::string error;
  Session& first = sessions.emplace_back();
  first.color = wants_color(options, STDERR_FILENO);
  if (!load_project(files, tree.get(), first)) {
    report_findings(options, first);
    return kUsage;
  }
  if (check_words(options, error)) {
    const std::vector<std::string> outputs = all_outputs(options, first.request.project, files.root);
    const std::vector<const Project*> clusters = find_clusters(options, first.request.project, error);
    if (!clusters.empty()) add_sessions(clusters, sessions);
    for (Session& session : sessions)
      if (error.empty()) fill_request(options, files, outputs, session, error);
    if (error.empty() && outputs_apart(sessions, error)) share_files(std::move(tree), sessions);
  }
  if (error.empty()) return std::nullopt;
  print_error(error);
  return kUsage;
}

// What there is of a session before it compiles.
static void take_over(Session& from, Session& to) {
  to.texts = std::move(from.texts);
  to.request = std::move(from.request);
  to.color = from.color;
  to.result.sources = std::move(from.result.sources);
  to.result.arenas = std::move(from.result.arenas);
  to.result.diags = std::move(from.result.diags);
}

// The only session, for commands that look at one cluster.
static std::optional<int> only_session(const Options& options, std::optional<int> stop, std::deque<Session>& sessions, Session& session) {
  if (!stop && sessions.size() > 1) {
    std::vector<std::string> names;
    for (const Session& one : sessions) names.push_back(one.cluster());
    print_error(cat("`isvcc ", options.verb, "` looks at one cluster: name it with --cluster (", join(names, ", "), ")"));
    return kUsage;
  }
  if (!sessions.empty()) take_over(sessions.front(), session);
  return stop;
}

std::optional<int> prepare(const Options& options, Session& session) {
  std::deque<Session> sessions;
  const auto stop = prepare(options, sessions);
  return only_session(options, stop, sessions, session);
}

std::optional<int> prepare(const Options& options, const ProjectFiles& files, std::shared_ptr<const FileSystem> tree, Session& session) {
  std::deque<Session> sessions;
  const auto stop = prepare(options, files, std::move(tree), sessions);
  return only_session(options, stop, sessions, session);
}

bool use_project(const Options& options, const Project& project, Session& session) {
  std::string error;
  session.request.project = project;
  const std::vector<std::string> sources = session.request.load.sources;
  if (fill_request(options, {session.request.root, {}, sources}, {}, session, error)) return true;
  print_error(error);
  return false;
}

// Of a part of the sources it is known already which files go together.
static void count_findings(Session& session) {
  for (const ServiceResult& s : session.result.services) session.found_about[{s.service->namespace_, s.service->name}] = 0;
  for (const Diagnostic& d : session.result.diags.all())
    if (const auto service = d.object.kind == "InferenceService" ? session.found_about.find({d.object.namespace_, d.object.name}) : session.found_about.end(); service != session.found_about.end())
      ++service->second;
}

// For the next build, in their order. A part has those of the rest already.
static void keep_findings(Session& session) {
  const auto& all = session.result.diags.all();
  if (!session.request.part) session.found = KeptFindings(session.result.documents.facts, {}, {});
  for (size_t i = session.found.count(); i < all.size(); ++i) session.found.add(all[i], session.result.sources);
}

static void put_in_order(Session& session) {
  const bool part = session.memory && session.request.part, whole = session.memory && !session.request.part;
  if (part) keep_findings(session);
  if (whole) count_findings(session);
  session.result.diags.sort(session.result.sources);
  if (whole) keep_findings(session);
}

void run_pipeline(const Options& options, Session& session) {
  {
    const ProgressLine line(session.result.statistics.progress, !options.flag("quiet") && session.cluster().empty());
    compile(session.request, session.result);
  }
  Diagnostics& diags = session.result.diags;
  if (session.more) session.more(session.result);
  hide_secrets(diags, session.result.sources);
  put_in_order(session);
  keep_only(session.request.only, session.result);
  apply_waivers(session.result, today());
  if (session.request.deny_assumptions) deny_assumptions(session.result);
  const bool deny_warnings = options.flag("deny-warnings");
  for (Diagnostic& d : diags.all()) {
    if (d.stage == Stage::Strict && !session.request.project.strict) d.severity = Severity::Warning;
    if (d.severity == Severity::Warning && deny_warnings) d.severity = Severity::Error;
  }
  keep_share(session);
  diags.sort(session.result.sources);
  tell_references_once(diags);
}

static bool is_input_output(const Diagnostic& d) { return d.severity == Severity::Error && (d.code == Code::CannotRead || d.code == Code::FileChanged); }

void run_pipeline(const Options& options, std::deque<Session>& sessions) {
  const size_t threads = sessions.front().request.load.threads, at_once = std::min(threads, sessions.size());
  if (at_once > 1)
    for (Session& session : sessions) session.request.load.threads = threads / at_once;
  parallel_for(sessions.size(), at_once, [&](size_t, size_t i) { run_pipeline(options, sessions[i]); });
}

int exit_code(const Session& session) {
  if (session.result.output_invalid) return kBug;
  if (session.result.config_broken) return kUsage;
  const auto& all = session.result.diags.all();
  if (std::any_of(all.begin(), all.end(), is_input_output)) return kInputOutput;
  return session.result.errors() > 0 ? kFindings : kFine;
}

int exit_code(const std::deque<Session>& sessions) {
  int worst = kFine;
  for (const Session& session : sessions) worst = std::max(worst, exit_code(session));
  return worst;
}

bool report_findings(const Options& options, const Session& session) {
  Told told;
  return tell(options, Findings(session), told);
}
bool report_findings(const Options& options, const std::deque<Session>& sessions) {
  Told told;
  return tell(options, Findings(sessions), told);
}

}  // namespace isvcc

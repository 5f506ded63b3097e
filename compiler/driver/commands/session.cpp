#include "driver/commands/session.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/parallel.h"
#include "base/text.h"
#include "diag/render.h"
#include "driver/commands/command.h"
#include "driver/commands/project_files.h"
#include "driver/assumptions.h"
#include "driver/commands/reports.h"
#include "driver/progress.h"
#include "driver/secrets.h"
#include "driver/waivers.h"
#include "load/file_system.h"
#include "load/jsonnet.h"

namespace isvcc {

void print_error(const std::string& text) {
  const std::string line = cat("isvcc: ", text, '\n');
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void print_out(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

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

// The project file's text lives as long as the session: spans point into it.
bool load_project(const ProjectFiles& files, const FileSystem* tree, Session& session) {
  if (files.file.empty()) return true;
  const auto text = project_text(files, tree);
  if (!text) {
    print_error(cat("cannot read ", quote(files.file)));
    return false;
  }
  const std::string& kept = session.texts.emplace_back(*text);
  const FileId file = session.result.sources.add({.name = "isvcc.yaml", .text = kept});
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
  to = {jsonnet_library_paths(variable ? variable : "", paths), project.jsonnet.ext_vars, project.jsonnet.ext_codes, project.jsonnet.tla_vars, project.jsonnet.tla_codes};
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

// The command line wins over the project file.
void override_project(const Options& options, Project& project) {
  if (const auto v = options.value("kserve")) project.kserve = *v;
  if (const auto v = options.value("image-tag")) project.image_tag = *v;
  if (const auto v = options.value("namespace")) project.default_namespace = *v;
  if (const auto v = options.value("runtimes")) project.bundled_runtimes = *v == "bundled";
  if (const auto v = options.value("multi-node")) project.multi_node = *v == "deployments" ? MultiNode::Deployments : MultiNode::LeaderWorkerSet;
  if (const auto v = options.value("layout")) project.layout = *v;
  if (const auto v = options.value("file-per")) project.file_per = *v;
  if (const auto v = options.value("output")) project.output = *v;
  if (options.flag("no-strict")) project.strict = false;
  if (options.flag("strict")) project.strict = true;
  for (const std::string& pattern : options.values("ignore")) project.ignore.push_back(pattern);
}

bool fill_request(const Options& options, const ProjectFiles& files, Session& session, std::string& error) {
  CompileRequest& request = session.request;
  Project& project = request.project;
  if (!check_words(options, error)) return false;
  override_project(options, project);
  if (!find_release(project.kserve)) {
    error = cat("unknown KServe release ", quote(project.kserve), "; `isvcc version` lists the known ones");
    return false;
  }
  request.root = files.root;
  request.render = options.value("render") ? *find_render(*options.value("render")) : project.render.value_or(Render::Workloads);
  request.deny_assumptions = options.flag("deny-assumption");
  LoadOptions& load = request.load;
  load.project_root = files.root;
  load.sources = files.sources.empty() ? project.sources : files.sources;
  load.ignore = project.ignore;
  load.engine = options.value("yaml-engine") == "yaml-cpp" ? YamlEngine::YamlCpp : YamlEngine::LibYaml;
  load.threads = options.number("threads", error).value_or(hardware_threads());
  load.cache_dir = options.value("cache").value_or("");
  if (!project.output.empty() && project.output != "-")
    if (const auto inside = relative_to(files.root, project.output)) load.exclude_dirs.push_back(*inside);
  return read_limits(options, load.limits, error) && jsonnet_options(options, project, load.jsonnet, error);
}

// A reference that stands in a runtime leads nowhere for every service that uses it: one finding a place and message is enough.
void tell_references_once(Diagnostics& diags) {
  auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return a.stage == Stage::Reference && a.code == b.code && a.span.file != 0 && a.span.file == b.span.file && a.span.begin == b.span.begin && a.message == b.message;
  };
  auto& all = diags.all();
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
}

}  // namespace

std::optional<int> prepare(const Options& options, Session& session) {
  std::string error;
  if (const auto files = find_project(options.value("project"), options.arguments, error)) return prepare(options, *files, nullptr, session);
  print_error(error);
  return kUsage;
}

std::optional<int> prepare(const Options& options, const ProjectFiles& files, std::shared_ptr<const FileSystem> tree, Session& session) {
  std::string error;
  session.color = wants_color(options, STDERR_FILENO);
  if (!load_project(files, tree.get(), session)) {
    report_findings(options, session);
    return kUsage;
  }
  session.request.load.files = std::move(tree);
  if (fill_request(options, files, session, error)) return std::nullopt;
  print_error(error);
  return kUsage;
}

void run_pipeline(const Options& options, Session& session) {
  {
    const ProgressLine line(session.result.statistics.progress, !options.flag("quiet"));
    compile(session.request, session.result);
  }
  hide_secrets(session.result.diags, session.result.sources);
  apply_waivers(session.result, today());
  if (session.request.deny_assumptions) deny_assumptions(session.result);
  for (Diagnostic& d : session.result.diags.all()) {
    if (d.stage == Stage::Strict && !session.request.project.strict) d.severity = Severity::Warning;
    if (d.severity == Severity::Warning && options.flag("deny-warnings")) d.severity = Severity::Error;
  }
  session.result.diags.sort(session.result.sources);
  tell_references_once(session.result.diags);
}

static bool is_input_output(const Diagnostic& d) { return d.severity == Severity::Error && (d.code == Code::CannotRead || d.code == Code::FileChanged); }

int exit_code(const Session& session) {
  if (session.result.output_invalid) return kBug;
  if (session.result.config_broken) return kUsage;
  const auto& all = session.result.diags.all();
  if (std::any_of(all.begin(), all.end(), is_input_output)) return kInputOutput;
  return session.result.errors() > 0 ? kFindings : kFine;
}

bool report_findings(const Options& options, const Session& session) {
  bool text_shown = false, fine = true;
  for (const std::string& wanted : options.values("report")) fine = write_report(wanted, session, text_shown) && fine;
  const auto& all = session.result.diags.all();
  if (!text_shown && !all.empty()) {
    const std::string text = render_text(all, session.result.sources, {.color = session.color});
    std::fwrite(text.data(), 1, text.size(), stderr);
  }
  return fine;
}

}  // namespace isvcc

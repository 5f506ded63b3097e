#include "driver/commands/memory.h"

#include <algorithm>
#include <set>

#include "base/parallel.h"
#include "base/text.h"
#include "diag/render.h"
#include "diag/spans.h"
#include "driver/incremental/build_memory.h"
#include "driver/incremental/sources_now.h"

namespace isvcc {

// Options that change how a build runs, where its output goes or what is told about it, but not what a service comes to.
static bool is_about_the_run(std::string_view option) {
  static constexpr std::string_view kNames[] = {"project", "output", "file-per", "report", "threads", "cache", "stats", "quiet", "color", "durable", "force", "no-wait", "keep-going",
                                                  "cluster", "depfile", "depfile-target"};
  return std::find(std::begin(kNames), std::end(kNames), option) != std::end(kNames);
}

static bool is_about_speed(std::string_view option) {
  return option == "threads" || option == "cache" || option == "durable" || option == "no-wait" || option == "quiet";
}

static std::string settings_but(bool (*left_out)(std::string_view), const Options& options, const Session& session) {
  std::string settings;
  auto add = [&](std::string_view text) { settings += cat(text.size(), ':', text); };
  for (const OptionRow& row : options_of(options.verb)) {
    if (left_out(row.name) || !options.flag(row.name)) continue;
    add(row.name);
    for (const std::string& value : options.values(row.name)) add(value);
  }
  for (const std::string& text : session.texts) add(text);
  add(session.cluster());
  add(cat(static_cast<int>(session.request.render)));
  return settings;
}

std::string all_settings(const Options& options, const Session& session) { return settings_but(is_about_speed, options, session); }

static bool can_remember(const CompileRequest& request) {
  const bool compiles = request.render == Render::Workloads || request.render == Render::Objects;
  // Schemas and template parameters of the user come from anywhere: nothing tells when they change. With --only a part is looked at.
  const bool closed = request.schemas.empty() && request.load.template_values.empty() && request.only.empty();
  return !request.load.cache_dir.empty() && compiles && closed && request.keep == Keep::Texts;
}

void attach_memory(const Options& options, Session& session) {
  CompileRequest& request = session.request;
  if (!can_remember(request)) return;
  const std::string settings = settings_but(is_about_the_run, options, session), output = cat(request.project.output, '\0', options.value("shard").value_or(""));
  session.memory = std::make_unique<BuildMemory>(request.load.cache_dir, settings, request.root, output);
  request.memory = session.memory.get();
  request.load.known = session.memory.get();
}

void walk_sources(Session& session) {
  if (can_remember(session.request)) session.request.load.walk = walk_in_advance(session.request.load);
}

// The text form shows so many; other reports show all.
static size_t shown_findings(const Options& options) { return options.values("report").empty() ? RenderOptions().limit : SIZE_MAX; }

static void add_file(FileId file, std::set<FileId>& files) {
  if (file != 0) files.insert(file);
}

void fetch_sources(const Options& options, Session& session) {
  Compilation& result = session.result;
  if (!session.memory) return;
  std::set<FileId> wanted;
  size_t left = shown_findings(options);
  for (const Diagnostic& d : result.diags.all()) {
    if (left-- == 0) break;
    add_file(d.span.file, wanted);
    for (const Label& label : d.labels) add_file(label.span.file, wanted);
  }
  std::vector<size_t> unread;
  std::vector<FileId> before;
  for (size_t i = 0; i < result.documents.facts.size(); ++i) {
    const FileFacts& f = result.documents.facts[i];
    if (!f.left_out || !wanted.contains(f.file)) continue;
    unread.push_back(i);
    before.push_back(f.file);
  }
  read_left_out(session.request.load, unread, result.sources, result.documents);
  std::map<FileId, FileId> now;
  for (size_t i = 0; i < unread.size(); ++i) now.emplace(before[i], result.documents.facts[unread[i]].file);
  for (Diagnostic& d : result.diags.all())
    each_span(d, [&](Span& span) {
      if (const auto found = now.find(span.file); found != now.end()) span.file = found->second;
    });
}

bool fetch_texts(const std::vector<OutputFile>& files, Session& session) {
  if (!session.memory) return true;
  const OutputMemory& outputs = session.memory->outputs();
  parallel_for(files.size(), session.request.load.threads, [&](size_t, size_t i) {
    const OutputMemory::Written* known = outputs.find(files[i].path);
    if (known && known->key == files[i].text.key()) return;
    files[i].text.each([](std::string_view) {});
  });
  return !session.memory->store().broken();
}

void save_memory(Session& session) {
  if (session.memory) session.memory->save(session.result.documents.facts);
}

}  // namespace isvcc

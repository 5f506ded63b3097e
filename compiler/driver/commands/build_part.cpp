#include "driver/commands/build_part.h"

#include <algorithm>
#include <future>
#include <set>
#include <unordered_map>

#include "diag/spans.h"
#include "driver/commands/command.h"
#include "driver/commands/keep_build.h"
#include "driver/commands/layout_files.h"
#include "driver/commands/memory.h"
#include "driver/incremental/references.h"
#include "driver/printing.h"

namespace isvcc {
namespace {

constexpr size_t kMostChanged = 8;  // source files: more are compiled with everything else

// The files that need not be looked at. There are the same as in the last build, in the same order.
class Untouched : public KnownFiles {
 public:
  Untouched(const LastBuild& last, const LastParts& all) : sources_(last.run.sources), untouched_(sources_.size()) {
    for (const LastPart& part : all.parts.all) untouched_[part.source] = !std::binary_search(last.changed.begin(), last.changed.end(), part.source);
  }
  const Digest* content_of(std::string_view, size_t place, const FileStamp&) const override { return untouched_[place] ? &sources_[place].content : nullptr; }
  bool knows(std::string_view, size_t place, const Digest&) const override { return untouched_[place]; }

 private:
  const std::vector<LastSource>& sources_;
  std::vector<bool> untouched_;
};

// One build of a part.
class PartBuild {
 public:
  PartBuild(LastBuild& last, LastParts& all) : last_(last), all_(all) {
    for (uint32_t source : last.changed) {
      const std::vector<LastPart>& parts = all.parts.all;
      const auto part = std::lower_bound(parts.begin(), parts.end(), source, [](const LastPart& p, uint32_t wanted) { return p.source < wanted; });
      if (part != parts.end() && part->source == source) changed_.push_back(&*part);
    }
  }

  // Whether each file that changed can be compiled without the others.
  bool is_possible() const { return changed_.size() == last_.changed.size(); }

  // Lends the memory of `session` to the only one of `sessions`, which compiles the part. Nothing, with nothing written, when that is not enough.
  std::optional<OutputResult> run(const Options& options, const Untouched& untouched, Session& session, std::deque<Session>& sessions, const OutputOptions& output) {
    Session& part = sessions.front();
    part.memory = std::move(session.memory);
    part.request.memory = part.memory.get();
    part.request.keep = Keep::Texts;
    part.request.part = true;
    part.request.load.known = &untouched;
    part.request.load.walk = session.request.load.walk;
    bool fits = false;
    std::future<bool> findings = std::async(part.request.load.threads > 1 ? std::launch::async : std::launch::deferred, [&] { return last_.read_findings(); });
    part.more = [&](Compilation&) { fits = findings.get() && take(part); };
    run_pipeline(options, sessions);
    part.more = {};
    const int code = exit_code(part);
    if (!fits || (code != kFine && !(code == kFindings && options.flag("keep-going")))) return std::nullopt;
    Diagnostics problems;  // whoever does the whole has them, too
    const std::optional<std::vector<OutputFile>> files = changed_files(part);
    const OutputResult written = files ? replace_files(*files, output, problems) : OutputResult();
    return written.ok ? std::optional(written) : std::nullopt;
  }

 private:
  // After compiling: puts the findings of the whole together. False when the rest would see a difference in what was compiled.
  bool take(Session& part) {
    const Compilation& out = part.result;
    for (const LastPart* own : changed_) files_.insert(out.documents.facts[own->source].file);
    for (const ServiceResult& s : out.services)
      if (files_.contains(s.service->file)) services_.push_back(&s);
    return !out.config_broken && !out.output_invalid && std::all_of(changed_.begin(), changed_.end(), [&](const LastPart* own) { return looks_as_before(*own, out); }) &&
           !are_referred(part.request, out) && merge_findings(part);
  }

  // The files of the output that came to something else; nothing when they are not all of the part's.
  std::optional<std::vector<OutputFile>> changed_files(Session& part) const {
    std::erase_if(part.result.manifests, [&](const Manifest& m) { return !m.owner || !files_.contains(m.owner->file); });
    std::vector<OutputFile> files = layout_files(part);
    std::set<std::string_view> wanted;
    for (const LastPart* own : changed_) {
      const auto outputs = all_.parts.outputs_of(*own);
      wanted.insert(outputs.begin(), outputs.end());
    }
    std::erase_if(files, [&](const OutputFile& f) { return is_list(f.path) && !wanted.contains(f.path); });
    part.result.diags.all().insert(part.result.diags.all().end(), all_.notes.begin(), all_.notes.end());
    const bool all = files.size() == wanted.size() && std::all_of(files.begin(), files.end(), [&](const OutputFile& f) { return wanted.contains(f.path); });
    return all && !is_large(part, files) ? std::optional(std::move(files)) : std::nullopt;
  }

  static bool looks_as_before(const LastPart& part, const Compilation& out) {
    return std::any_of(out.service_files.begin(), out.service_files.end(), [&](const ServiceFile& f) { return f.facts == part.source && f.outline == part.outline; });
  }

  bool are_referred(const CompileRequest& request, const Compilation& out) const {
    const std::set<ServiceName> names = referred_services(out.documents, request.project.default_namespace);
    return std::any_of(services_.begin(), services_.end(), [&](const ServiceResult* s) { return names.contains({s->service->namespace_, s->service->name}); });
  }

  // Of the services in the files that changed those of now, of all others those of then.
  bool merge_findings(Session& part) {
    Diagnostics fresh;
    for (const ServiceResult* s : services_) fresh.all().insert(fresh.all().end(), s->findings.begin(), s->findings.end());
    bool assumes = keep_others(part);
    std::deque<Diagnostic>& merged = part.result.diags.all();
    merged = std::move(all_.findings);
    for (Diagnostic& d : fresh.all()) {
      assumes = assumes || assumes_more(d);
      merged.push_back(std::move(d));
    }
    return !assumes;
  }

  // Leaves out the findings about services that changed. Whether one of them was an assumption of the run.
  bool keep_others(Session& part) {
    const std::vector<FileId> others = other_files(part.result);
    const auto& sources = part.result.documents.facts;
    part.found = KeptFindings(sources, others, all_.others);
    std::set<ObjectRef> changed;
    for (const ServiceResult* s : services_) changed.insert(s->service->ref());
    bool assumed = false;
    std::deque<Diagnostic>& all = all_.findings;
    size_t kept = 0;
    for (size_t i = 0; i < all.size(); ++i) {
      if (changed.contains(all[i].object)) {
        assumed = assumed || assumes_more(all[i]);
        continue;
      }
      each_span(all[i], [&](Span& span) { span.file = span.file == 0 ? 0 : span.file <= sources.size() ? sources[span.file - 1].file : others[span.file - 1 - sources.size()]; });
      part.found.add(all_.rows[i]);
      if (kept++ != i) all[kept - 1] = std::move(all[i]);
    }
    all.resize(kept);
    return assumed;
  }

  // An assumption of the run may depend on these.
  static bool assumes_more(const Diagnostic& d) { return d.code == Code::PriorityTie; }

  // The FileIds of the files besides the sources that findings point into.
  std::vector<FileId> other_files(Compilation& out) const {
    std::unordered_map<std::string_view, FileId> known;
    for (FileId id = 1; id <= out.sources.count() && !all_.others.empty(); ++id) known.emplace(out.sources.get(id).name, id);
    std::vector<FileId> files;
    for (std::string_view name : all_.others) {
      const auto found = known.find(name);
      files.push_back(found != known.end() ? found->second : out.sources.add({std::string(name), {}, false}));
    }
    return files;
  }

  // What kustomize reads names files, but says nothing of what they hold.
  static bool is_list(std::string_view path) { return path.substr(path.rfind('/') + 1) == "kustomization.yaml"; }

  // Where a namespace comes near to what Argo CD reads, the sizes of all its files count.
  static bool is_large(const Session& part, const std::vector<OutputFile>& files) {
    const LayoutOptions options = layout_options(part.request.project);
    if (options.app_limit == 0 || options.layout != Layout::Tree) return false;
    std::set<std::string_view> apps;
    for (const OutputFile& f : files) apps.insert(app_of(f.path, options.layout));
    uint64_t before = 0, now = 0;
    for (const auto& [path, written] : part.memory->outputs().all())
      if (apps.contains(app_of(path, options.layout))) before += written.stamp.size;
    for (const OutputFile& f : files) now += f.text.size();
    return before + now > options.app_limit / 10 * 8;
  }

  LastBuild& last_;
  LastParts& all_;
  std::vector<const LastPart*> changed_;
  std::set<FileId> files_;
  std::vector<const ServiceResult*> services_;
};

int tell_part(const Options& options, const LastBuild& last, const LastParts& all, std::deque<Session>& sessions, const OutputResult& written, double milliseconds) {
  Session& part = sessions.front();
  LastRun run{.settings = last.run.settings, .answer = {}, .parts = {}, .code = exit_code(part), .told = {}, .summary = last.run.summary, .sources = {}};
  fetch_sources(options, part);
  if (!tell(options, Findings(sessions), run.told)) return kInputOutput;
  const Summary now = summary_of(part);
  run.summary.errors = now.errors;
  run.summary.warnings = now.warnings;
  print_summary(options, part.cluster(), run.summary, milliseconds, &written);
  const int code = run.code;
  keep_part(part, std::move(run), all.parts, written);
  return code;
}

// A report lists all services; a share, a stream and a namespace in one file are made of all of them.
bool may_be_partial(const Options& options, const Session& session, const LastBuild& last) {
  return !last.changed.empty() && last.changed.size() <= kMostChanged && options.values("report").empty() && session.request.shard.whole() && session.request.project.layout != "bundle";
}

}  // namespace

std::optional<int> build_part(const Options& options, LastBuild& last, Session& session, const OutputOptions& output, const TellSessions& compiled) {
  if (!may_be_partial(options, session, last)) return std::nullopt;
  std::optional<LastParts>& all = last.read_parts(session);
  if (!all) return std::nullopt;
  PartBuild build(last, *all);
  std::deque<Session>& sessions = lasting_sessions();
  if (!build.is_possible() || prepare(options, sessions)) return std::nullopt;
  Session& part = sessions.front();
  const Untouched untouched(last, *all);
  const std::optional<OutputResult> written = build.run(options, untouched, session, sessions, output);
  if (!written) {
    session.memory = std::move(part.memory);
    return std::nullopt;
  }
  if (compiled) compiled(sessions);
  return tell_part(options, last, *all, sessions, *written, session.milliseconds());
}

}  // namespace isvcc

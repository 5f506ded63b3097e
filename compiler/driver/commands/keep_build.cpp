#include "driver/commands/keep_build.h"

#include <unistd.h>

#include <algorithm>
#include <functional>
#include <unordered_map>

#include "base/parallel.h"
#include "driver/commands/memory.h"
#include "driver/incremental/bytes.h"
#include "driver/waivers.h"

namespace isvcc {

bool may_be_kept(const Options& options, const Session& session) {
  // A hydrator's files tell the commit they were made from; phases are told of a run that had them.
  return session.memory && !options.flag("stats") && !options.value("depfile") && session.request.project.layout != "argocd-hydrator";
}

Digest settings_of(const Options& options, const Session& session) {
  ByteWriter out;
  out.text(program_identity()).text(options.verb).text(all_settings(options, session)).text(today()).number(uint8_t{wants_color(options, STDERR_FILENO)});
  return sha256(out.bytes());
}

namespace {

// Nothing when a source has something that its content does not tell.
std::optional<std::vector<LastSource>> sources_of(const Documents& documents) {
  if (!documents.evaluated.empty()) return std::nullopt;
  std::vector<LastSource> sources;
  sources.reserve(documents.facts.size());
  for (const FileFacts& file : documents.facts) {
    if (!file.content) return std::nullopt;
    sources.push_back({file.name, file.path, file.named, *file.content});
  }
  return sources;
}

// ---- parts

// Source files that can be compiled without the others: whatever was said about their services was said while those were compiled.
class Parts {
 public:
  explicit Parts(const Session& session) : result_(session.result) {
    std::unordered_map<FileId, bool> alone;
    for (const ServiceResult& s : result_.services) {
      const auto about = session.found_about.find({s.service->namespace_, s.service->name});
      const bool fine = about != session.found_about.end() && about->second == s.found;
      const auto [at, fresh] = alone.try_emplace(s.service->file, fine);
      if (!fresh) at->second = at->second && fine;
    }
    for (const ServiceFile& file : result_.service_files)
      if (alone[result_.documents.facts[file.facts].file]) parts_.all.push_back({static_cast<uint32_t>(file.facts), file.outline});
    std::sort(parts_.all.begin(), parts_.all.end(), [](const LastPart& a, const LastPart& b) { return a.source < b.source; });
  }

  PartList with_outputs(const std::vector<OutputFile>& files) && {
    for (size_t i = 0; i < parts_.all.size(); ++i) by_file_.emplace(result_.documents.facts[parts_.all[i].source].file, i);
    texts_.reserve(result_.manifests.size());
    for (const Manifest& m : result_.manifests)
      if (m.owner && m.stored)
        if (const auto part = by_file_.find(m.owner->file); part != by_file_.end()) texts_.emplace(m.stored, part->second);
    std::vector<std::pair<size_t, std::string_view>> outputs;
    for (const OutputFile& file : files)
      if (const auto part = part_of(file.text)) outputs.emplace_back(*part, file.path);
    std::stable_sort(outputs.begin(), outputs.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [part, path] : outputs) {
      if (parts_.all[part].outputs++ == 0) parts_.all[part].first = static_cast<uint32_t>(parts_.outputs.size());
      parts_.outputs.push_back(path);
    }
    return std::move(parts_);
  }

 private:
  // Of whose objects the text consists, if it is one.
  std::optional<size_t> part_of(const OutputText& text) const {
    std::optional<size_t> part;
    bool fine = text.is_stored();
    text.each_stored([&](const StoredText& piece) {
      const auto found = texts_.find(&piece);
      fine = fine && found != texts_.end() && (!part || *part == found->second);
      if (fine) part = found->second;
    });
    return fine ? part : std::nullopt;
  }

  const Compilation& result_;
  PartList parts_;
  std::unordered_map<FileId, size_t> by_file_;
  std::unordered_map<const StoredText*, size_t> texts_;
};

// The memory forgets files that did not stay as they were written.
bool is_as_written(const Session& session, const OutputResult& written) {
  return session.memory->outputs_seal() && session.memory->outputs().all().size() == written.written + written.unchanged;
}

Checksum write_parts(const Session& session, const PartList& parts) {
  std::vector<const Diagnostic*> notes;
  for (const Diagnostic& d : session.result.diags.all())
    if (d.code == Code::LargeApplication) notes.push_back(&d);
  return write_last_parts(session.memory->parts_path(), parts, session.found, notes);
}

// Saves the memory and, beside it, the parts. The run comes last: it names what belongs to it.
void keep(Session& session, LastRun run, const std::function<Checksum()>& write_parts, const OutputResult& written) {
  std::optional<std::vector<LastSource>> sources = sources_of(session.result.documents);
  parallel_for(2, session.request.load.threads, [&](size_t, size_t task) {
    if (task == 0) save_memory(session);
    else if (sources) run.parts = write_parts();
  });
  if (!sources || !is_as_written(session, written)) return;
  run.answer = *session.memory->outputs_seal();
  run.sources = std::move(*sources);
  write_last_run(session.memory->run_path(), run);
}

}  // namespace

void keep_build(const Options& options, Session& session, const std::vector<OutputFile>& files, const Told& told, const OutputResult& written, int code) {
  if (!may_be_kept(options, session)) return save_memory(session);
  LastRun run{settings_of(options, session), {}, {}, code, told, summary_of(session), {}};
  keep(session, std::move(run), [&] { return write_parts(session, Parts(session).with_outputs(files)); }, written);
}

void keep_part(Session& session, LastRun run, const PartList& parts, const OutputResult& written) {
  keep(session, std::move(run), [&] { return write_parts(session, parts); }, written);
}

}  // namespace isvcc

// Results of this run → records for the next ones.
#include <algorithm>
#include <map>

#include "base/parallel.h"
#include "base/text.h"
#include "diag/spans.h"
#include "driver/incremental/build_memory.h"
#include "driver/incremental/sleepers.h"
#include "driver/incremental/surroundings.h"

namespace isvcc {
namespace {

// How often findings speak of each file.
using Mentions = std::unordered_map<FileId, size_t>;

void count(const Diagnostic& d, Mentions& mentions) {
  ++mentions[d.span.file];
  for (const Label& label : d.labels) ++mentions[label.span.file];
}

bool is_about_itself(const ServiceResult& s) {
  const ObjectRef own = s.service->ref();
  return std::all_of(s.findings.begin(), s.findings.end(), [&](const Diagnostic& d) { return d.object == own; });
}

struct Work {
  const FileFacts* file = nullptr;
  std::vector<const ServiceResult*> services;
};

class Recorder {
 public:
  explicit Recorder(const Compilation& out)
      : out_(out), surroundings_(out), selection_(Surroundings::selection(out.runtimes)), every_runtime_(surroundings_.every_runtime(out.runtimes)) {
    for (const Diagnostic& d : out.diags.all()) count(d, all_);
    for (const ServiceResult& s : out.services)
      for (const Diagnostic& d : s.findings) count(d, own_);
  }

  std::vector<Work> work() const {
    std::map<FileId, Work> by_file;
    for (const FileFacts& f : out_.documents.facts)
      if (!f.left_out && f.content && surroundings_.holds_only_services(f.file)) by_file[f.file].file = &f;
    for (const ServiceResult& s : out_.services)
      if (const auto own = by_file.find(s.service->file); own != by_file.end()) own->second.services.push_back(&s);
    std::vector<Work> all;
    for (auto& [file, work] : by_file)
      if (is_fit(work)) all.push_back(std::move(work));
    return all;
  }

  FileRecord record(const Work& work) const {
    FileRecord r{.environment = surroundings_.environment(), .selection = selection_, .every_runtime = {}, .runtimes = {}, .files = {}, .services = {}, .outline = {}};
    std::map<FileId, uint32_t> files;
    uint64_t offset = 0;
    for (const ServiceResult* s : work.services) r.services.push_back(service(*s, r, files, offset));
    for (const auto& [file, number] : files) (void)number, needs_every_runtime(file, work, r);
    if (std::all_of(work.services.begin(), work.services.end(), [](const ServiceResult* s) { return is_about_itself(*s); })) r.outline = outline_of(r);
    return r;
  }

 private:
  // Everything that was said about the file was said while its services were compiled, and nobody else looks at them.
  bool is_fit(const Work& work) const {
    const FileId file = work.file->file;
    auto mentions = [&](const Mentions& in) {
      const auto found = in.find(file);
      return found == in.end() ? 0 : found->second;
    };
    return !work.services.empty() && work.services.size() == surroundings_.documents(file) && mentions(all_) == mentions(own_) &&
           std::all_of(work.services.begin(), work.services.end(), is_private);
  }

  static bool is_private(const ServiceResult* s) {
    if (s->output_invalid || (s->plan && s->plan->multi_model)) return false;  // bugs; TrainedModels
    for (const Field& f : annotations(s->service->written).fields())
      if (starts_with(f.key(), "isvcc.dev/")) return false;  // waivers
    return std::all_of(s->made.begin(), s->made.end(), [](const Manifest& m) { return m.stored != nullptr; });
  }

  uint32_t use(const Object& runtime, FileRecord& r) const {
    for (uint32_t i = 0; i < r.runtimes.size(); ++i)
      if (r.runtimes[i].kind == runtime.kind && r.runtimes[i].namespace_ == runtime.namespace_ && r.runtimes[i].name == runtime.name) return i;
    r.runtimes.push_back({runtime.kind, runtime.namespace_, runtime.name, surroundings_.content(runtime.file)});
    return static_cast<uint32_t>(r.runtimes.size() - 1);
  }

  RecordedPlan plan(const ServiceResult& s, FileRecord& r) const {
    RecordedPlan out{.mode = s.plan->mode, .runtime = {}, .stopped = s.plan->stopped, .complete = s.plan->complete};
    if (const auto& choice = s.plan->runtime) {
      out.runtime = RecordedRuntime{choice->kind, choice->name, choice->automatic, use(*choice->object, r)};
      if (const Runtime* named = out_.runtimes.find(s.service->namespace_, choice->name)) use(*named->object, r);
    }
    return out;
  }

  RecordedService service(const ServiceResult& s, FileRecord& r, std::map<FileId, uint32_t>& files, uint64_t& offset) const {
    const View name = metadata(s.service->written)["name"];
    RecordedService out{.api_version = s.service->api_version, .namespace_ = s.service->namespace_, .name = s.service->name,
                        .name_at = name.node()->origin.offset, .name_length = name.node()->length,
                        .admitted = s.admitted, .pod_refused = s.pod_refused, .uses_generation = s.uses_generation, .canary_percent = s.canary_percent,
                        .failure = {}, .plan = {}, .manifests = {}, .findings = {}};
    if (s.failure) out.failure = RecordedFailure{s.failure->reason, s.failure->message};
    if (s.failure || !s.admitted) r.every_runtime = every_runtime_;
    if (s.plan) out.plan = plan(s, r);
    for (const Manifest& m : s.made) {
      out.manifests.push_back({m.api_version, m.kind, m.namespace_, m.name, m.owner != nullptr, offset, static_cast<uint32_t>(m.stored->size()), m.stored->digest()});
      offset += m.stored->size();
    }
    for (const Diagnostic& d : s.findings) out.findings.push_back({numbered(d, r, files)});
    return out;
  }

  Diagnostic numbered(Diagnostic d, FileRecord& r, std::map<FileId, uint32_t>& files) const {
    auto number = [&](Span& span) {
      if (span.file == 0) return;
      const auto [at, fresh] = files.try_emplace(span.file, static_cast<uint32_t>(r.files.size() + 1));
      if (fresh) r.files.push_back(out_.sources.get(span.file).name);
      span.file = at->second;
    };
    each_span(d, number);
    return d;
  }

  // A finding that points into the file of a runtime that was not chosen.
  void needs_every_runtime(FileId file, const Work& work, FileRecord& r) const {
    if (file == work.file->file || !surroundings_.holds_only_runtimes(file)) return;
    const Digest content = surroundings_.content(file);
    if (std::none_of(r.runtimes.begin(), r.runtimes.end(), [&](const UsedRuntime& used) { return used.file == content; })) r.every_runtime = every_runtime_;
  }

  const Compilation& out_;
  Surroundings surroundings_;
  Digest selection_, every_runtime_;
  Mentions all_, own_;
};

}  // namespace

void remember_services(const CompileRequest& request, Compilation& out) {
  if (!request.memory || out.config_broken) return;
  const Recorder recorder(out);
  const std::vector<Work> work = recorder.work();
  std::vector<std::string> bytes(work.size());
  std::vector<std::optional<Digest>> outlines(work.size());
  parallel_for(work.size(), request.load.threads, [&](size_t, size_t i) {
    const FileRecord record = recorder.record(work[i]);
    outlines[i] = record.outline;
    bytes[i] = record_bytes(record);
  });
  for (size_t i = 0; i < work.size(); ++i)
    if (outlines[i]) out.service_files.push_back({static_cast<size_t>(work[i].file - out.documents.facts.data()), *outlines[i]});
  if (request.part) return;  // a pack for each save would cost more than it gives
  for (size_t i = 0; i < work.size(); ++i) {
    std::vector<std::string_view> texts;
    for (const ServiceResult* s : work[i].services)
      for (const Manifest& m : s->made) texts.push_back(m.stored->text());
    request.memory->store().add(BuildMemory::key(work[i].file->name, *work[i].file->content), std::move(bytes[i]), std::move(texts));
  }
}

}  // namespace isvcc

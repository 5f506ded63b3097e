#include "driver/incremental/sleepers.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/parallel.h"
#include "diag/spans.h"
#include "driver/incremental/build_memory.h"
#include "driver/incremental/references.h"
#include "driver/incremental/surroundings.h"
#include "tree/make.h"

namespace isvcc {

struct Sleepers::Sleeper {
  size_t facts = 0;  // number of the file in documents.facts
  bool awake = false;
  std::vector<std::pair<FileRecord, StoredRecord>> known;  // what the file has come to, in different surroundings; in the end one

  const FileRecord& record() const { return known.front().first; }
};

Sleepers::Sleepers(const CompileRequest& request, Compilation& out) : request_(request), out_(out) {
  if (request.memory && !request.part) read_records();
}
Sleepers::~Sleepers() = default;

void Sleepers::read_records() {
  const std::vector<FileFacts>& facts = out_.documents.facts;
  for (size_t i = 0; i < facts.size(); ++i)
    if (facts[i].left_out) sleepers_.emplace_back().facts = i;
  parallel_for(sleepers_.size(), request_.load.threads, [&](size_t, size_t i) {
    const FileFacts& file = facts[sleepers_[i].facts];
    for (const StoredRecord& stored : request_.memory->store().find(BuildMemory::key(file.name, *file.content)))
      if (auto record = parse_record(stored.bytes)) sleepers_[i].known.emplace_back(std::move(*record), stored);
  });
  wake_unknown();
}

// ---- waking

void Sleepers::wake(const std::vector<size_t>& sleepers) {
  std::vector<size_t> files;
  for (size_t i : sleepers) {
    if (std::exchange(sleepers_[i].awake, true)) continue;
    files.push_back(sleepers_[i].facts);
  }
  load_left_out(request_.load, files, out_.sources, out_.documents, out_.diags);
}

void Sleepers::wake_all() {
  std::vector<size_t> all(sleepers_.size());
  for (size_t i = 0; i < all.size(); ++i) all[i] = i;
  wake(all);
}

void Sleepers::wake_unknown() {
  std::vector<size_t> unknown;
  for (size_t i = 0; i < sleepers_.size(); ++i)
    if (!sleepers_[i].awake && sleepers_[i].known.empty()) unknown.push_back(i);
  wake(unknown);
}

std::vector<size_t> Sleepers::referred() const {
  std::set<ServiceName> names = referred_services(out_.documents, request_.project.default_namespace);
  names.merge(defined_services(out_.documents, request_.project.default_namespace));
  std::vector<size_t> found;
  for (size_t i = 0; i < sleepers_.size() && !names.empty(); ++i) {
    if (sleepers_[i].awake) continue;
    for (const RecordedService& s : sleepers_[i].record().services)
      if (names.contains({s.namespace_, s.name})) {
        found.push_back(i);
        break;
      }
  }
  return found;
}

void Sleepers::wake_for_documents() {
  if (sleepers_.empty()) return;
  const Digest environment = Surroundings(out_).environment();
  for (Sleeper& s : sleepers_) std::erase_if(s.known, [&](const auto& known) { return known.first.environment != environment; });
  wake_unknown();
  wake(referred());
  if (out_.documents.all.size() + sleepers_.size() > request_.load.limits.documents) wake_all();
  std::stable_sort(out_.documents.all.begin(), out_.documents.all.end(),
                   [&](const Document& a, const Document& b) { return a.file != b.file && out_.sources.get(a.file).name < out_.sources.get(b.file).name; });
}

bool Sleepers::wake_for_runtimes(size_t& first) {
  first = out_.documents.all.size();
  if (sleepers_.empty()) return false;
  const Surroundings now(out_);
  const Digest selection = Surroundings::selection(out_.runtimes), every = now.every_runtime(out_.runtimes);
  auto is_same = [&](const UsedRuntime& used) {
    const Object* runtime = out_.repository.find(used.kind, used.namespace_, used.name);
    return runtime && now.content(runtime->file) == used.file;
  };
  auto is_fit = [&](const FileRecord& r) {
    return r.selection == selection && (!r.every_runtime || *r.every_runtime == every) && std::all_of(r.runtimes.begin(), r.runtimes.end(), is_same);
  };
  for (Sleeper& s : sleepers_) std::erase_if(s.known, [&](const auto& known) { return !is_fit(known.first); });
  wake_unknown();
  return out_.documents.all.size() > first;
}

// ---- results

void Sleepers::add_results() {
  if (sleepers_.empty()) return;
  for (const FileFacts& f : out_.documents.facts) files_.emplace(f.name, f.file);
  for (const Sleeper& s : sleepers_)
    if (!s.awake) add(s);
}

FileId Sleepers::file_of(std::string_view name) {
  const auto [at, fresh] = files_.try_emplace(name, 0);
  if (fresh) at->second = out_.sources.add({std::string(name), {}, false});
  return at->second;
}

void Sleepers::add(const Sleeper& sleeper) {
  std::vector<FileId> files = {0};
  for (std::string_view name : sleeper.record().files) files.push_back(file_of(name));
  if (sleeper.record().outline) out_.service_files.push_back({sleeper.facts, *sleeper.record().outline});
  for (const RecordedService& s : sleeper.record().services) {
    add_service(sleeper, s);
    for (const RecordedFinding& f : s.findings) {
      Diagnostic d = f.diagnostic;
      each_span(d, [&](Span& span) { span.file = files[span.file]; });
      out_.diags.all().push_back(std::move(d));
    }
  }
}

// Only the place of the name is left of the object.
static const Node* name_alone(const RecordedService& s, FileId file, Arena& arena) {
  const Make make(arena);
  Node name = *make.borrowed(s.name);
  name.origin = {file, s.name_at};
  name.length = s.name_length;
  return make.map({{"metadata", make.map({{"name", make.copy(name)}})}});
}

void Sleepers::add_service(const Sleeper& sleeper, const RecordedService& s) {
  const FileFacts& file = out_.documents.facts[sleeper.facts];
  const Node* node = name_alone(s, file.file, out_.arenas.front());
  const Object& object = out_.asleep.emplace_back(Object{.node = node, .written = node, .api_version = s.api_version, .kind = "InferenceService",
                                                          .namespace_ = s.namespace_, .name = s.name, .file = file.file, .json_path = {}});
  ServiceResult& result = out_.services.emplace_back();
  result.service = &object;
  result.admitted = s.admitted;
  result.pod_refused = s.pod_refused;
  result.uses_generation = s.uses_generation;
  result.canary_percent = s.canary_percent;
  result.found = s.findings.size();
  if (s.failure) result.failure = Failure{std::string(s.failure->reason), std::string(s.failure->message), {}};
  if (s.plan) {
    ServicePlan& plan = result.plan.emplace();
    plan.service = &object;
    plan.mode = s.plan->mode;
    plan.stopped = s.plan->stopped;
    plan.complete = s.plan->complete;
    if (const auto& r = s.plan->runtime) {
      const UsedRuntime& used = sleeper.record().runtimes[r->used];
      plan.runtime = RuntimeChoice{out_.repository.find(used.kind, used.namespace_, used.name), r->kind, r->name, r->automatic};
    }
  }
  for (const RecordedManifest& m : s.manifests) {
    const StoredText& text = out_.stored.emplace_back(request_.memory->store(), sleeper.known.front().second, m.offset, m.size, m.text);
    result.made.push_back({nullptr, m.api_version, m.kind, m.namespace_, m.name, m.owned ? &object : nullptr, {}, &text});
  }
}

}  // namespace isvcc

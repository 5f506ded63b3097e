#include "load/jsonnet/evaluator.h"

#include <sys/random.h>

#include <algorithm>
#include <mutex>
#include <set>
#include <utility>

#include "base/parallel.h"
#include "base/text.h"
#include "load/jsonnet/overlay.h"

namespace isvcc::jsonnet {

// More entries in one evaluation share the price of libjsonnet's standard library; fewer lose less when one of them fails.
static constexpr size_t kGroupSize = 256;
static constexpr size_t kMostTraces = 1000;
// So many entries that run out of time are no accident: the rest is not waited for.
static constexpr size_t kMostTimeouts = 32;

// A name that no Jsonnet file can guess: only the bundle itself may say which entry is next.
static std::string secret_name() {
  unsigned char bytes[16] = {};
  if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) bytes[0] = 1;
  std::string name = "isvcc.begin.";
  for (const unsigned char byte : bytes) name += cat(static_cast<unsigned>(byte), ".");
  return name;
}

namespace {

struct Group {
  std::vector<size_t> entries;
  bool plain = false;  // one entry as it stands, its imports served one by one
};

struct Attempt {
  Evaluation evaluation;
  std::optional<Bundle> bundle;
  Failure failure;  // of the evaluation, places in files
};

class Evaluator {
 public:
  Evaluator(std::vector<EntryState>& entries, const JsonnetInput& input, Files& files, Graph& graph)
      : entries_(entries), input_(input), files_(files), graph_(graph), begin_(secret_name()) {}

  Evaluated run() {
    add_arguments();
    find_broken();
    for (std::vector<Group> round = first_groups(); !round.empty(); round = std::exchange(next_, {})) {
      if (timeouts_ >= kMostTimeouts) {
        skip(round);
        break;
      }
      evaluate_round(round);
    }
    return std::move(result_);
  }

 private:
  // ---- what to evaluate

  void add_arguments() {
    arguments_.texts = input_.options.tla_vars;
    for (const auto& [name, code] : input_.options.tla_codes) arguments_.codes[name] = &files_.add(cat("--tla-code ", name), code);
    for (const std::string& name : arguments_.names()) plain_only_ = plain_only_ || !is_identifier(name);
    for (const auto& [name, code] : arguments_.codes) plain_only_ = plain_only_ || !graph_.scan_of(*code).sound;
  }

  // A text that cannot be put into a bundle is either one that libjsonnet refuses, which is found out here once for all entries, or unusual.
  void find_broken() {
    std::vector<const File*> doubtful;
    std::set<const File*> seen;
    for (const EntryState& entry : entries_)
      for (const File* file : entry.closure.code)
        if (seen.insert(file).second && !graph_.scan_of(*file).sound) doubtful.push_back(file);
    std::vector<Attempt> attempts(doubtful.size());
    const Serve nothing = [](const std::string&, const std::string&) { return ServedFile(); };
    parallel_for(doubtful.size(), input_.threads, [&](size_t, size_t i) {
      attempts[i].evaluation = evaluate(job(doubtful[i]->name, std::string(doubtful[i]->text)), input_.worker, input_.limits, nothing);
    });
    for (size_t i = 0; i < doubtful.size(); ++i) {
      Failure failure = parse_failure(attempts[i].evaluation.error);
      if (failure.is_static && !failure.frames.empty() && failure.frames[0].place.file == doubtful[i]->name) graph_.mark_broken(*doubtful[i], std::move(failure));
    }
  }

  bool can_be_bundled(const EntryState& entry) {
    if (plain_only_) return false;
    for (const File* file : entry.closure.code)
      if (!graph_.scan_of(*file).sound && !graph_.broken(*file)) return false;
    return true;
  }

  // Entries of one project go together, unless what they import depends on their own folder.
  std::vector<Group> first_groups() {
    std::vector<Group> groups;
    std::map<std::string, std::vector<size_t>> shared;
    for (size_t i = 0; i < entries_.size(); ++i) {
      const EntryState& entry = entries_[i];
      if (entry.done) continue;
      if (!can_be_bundled(entry))
        groups.push_back({{i}, true});
      else if (entry.closure.own)
        groups.push_back({{i}, false});
      else
        shared[entry.project.found ? cat("/", entry.project.root) : std::string()].push_back(i);
    }
    for (const auto& [root, members] : shared) split(members, group_size(members.size()), groups);
    return groups;
  }

  // Every thread gets work, no group is too large.
  size_t group_size(size_t entries) const {
    const size_t threads = std::max<size_t>(input_.threads, 1);
    return std::clamp<size_t>((entries + threads - 1) / threads, 1, kGroupSize);
  }

  static void split(const std::vector<size_t>& members, size_t size, std::vector<Group>& groups) {
    for (size_t at = 0; at < members.size(); at += size) {
      Group group;
      const auto begin = members.begin() + static_cast<std::ptrdiff_t>(at);
      group.entries.assign(begin, begin + static_cast<std::ptrdiff_t>(std::min(size, members.size() - at)));
      groups.push_back(std::move(group));
    }
  }

  void skip(const std::vector<Group>& round) {
    for (const Group& group : round)
      for (const size_t i : group.entries) {
        entries_[i].done = true;
        entries_[i].problem = Problem{Ending::OutOfTime, false, true, {}, 0};
      }
  }

  // ---- evaluation

  void evaluate_round(const std::vector<Group>& round) {
    std::vector<Attempt> attempts(round.size());
    parallel_for(round.size(), input_.threads, [&](size_t, size_t i) { attempts[i] = attempt(round[i]); });
    for (size_t i = 0; i < round.size(); ++i) judge(round[i], attempts[i]);
  }

  Job job(std::string name, std::string snippet) const {
    Job job;
    job.name = std::move(name);
    job.snippet = std::move(snippet);
    job.ext_vars = input_.options.ext_vars;
    job.ext_codes = input_.options.ext_codes;
    job.cpu_seconds = static_cast<uint32_t>(input_.limits.jsonnet_cpu_seconds);
    job.output_bytes = input_.limits.jsonnet_output_bytes;
    return job;
  }

  Attempt attempt(const Group& group) {
    Attempt attempt;
    const EntryState& first = entries_[group.entries[0]];
    if (!group.plain) {
      std::vector<const File*> files;
      for (const size_t i : group.entries) files.push_back(entries_[i].file);
      const std::lock_guard lock(graph_mutex_);
      attempt.bundle = make_bundle(graph_, files, first.project, arguments_, begin_);
    }
    Job work = attempt.bundle ? job(std::string(kBundleName), std::exchange(attempt.bundle->snippet, {})) : job(first.file->name, cat(prelude_of(*first.file), first.file->text));
    if (attempt.bundle) {
      work.entries = static_cast<uint32_t>(group.entries.size());
      work.begin = begin_;
    } else {
      work.tla_vars = input_.options.tla_vars;
      work.tla_codes = input_.options.tla_codes;
    }
    attempt.evaluation = evaluate(work, input_.worker, input_.limits, server(first.project));
    return attempt;
  }

  Serve server(const Project& project) {
    return [this, &project, left = input_.limits.jsonnet_imports](const std::string& directory, const std::string& path) mutable {
      if (left == 0) return ServedFile{false, {}, marked("import:too many imports")};
      --left;
      const Resolution found = files_.resolve(directory, path, project);
      return found.file ? ServedFile{true, found.file->name, cat(prelude_of(*found.file), found.file->text)} : ServedFile{false, {}, found.problem};
    };
  }

  // What to put before a file that is evaluated as it stands. Files of other names may be wanted as text.
  std::string prelude_of(const File& file) {
    if (!contains(file.text, "native") || !ends_with(file.name, "sonnet")) return {};
    const std::lock_guard lock(graph_mutex_);
    return prelude(graph_.scan_of(file));
  }

  // ---- what came of it

  // The failure with places in files instead of the bundle; what the bundle added is left out.
  Failure located(Failure failure, const std::optional<Bundle>& bundle) {
    if (!bundle) return without_prelude(std::move(failure));
    std::vector<StackFrame> frames;
    for (StackFrame& frame : failure.frames) {
      if (frame.place.file == kBundleName && !bundle->original(frame.place)) continue;
      if (const auto local = bundle->names.find(name_in(frame.words)); local != bundle->names.end())
        frame.words = cat(starts_with(frame.words, "thunk") ? "import of " : "the value of ", local->second->name);
      frames.push_back(std::move(frame));
    }
    failure.frames = std::move(frames);
    return failure;
  }

  Failure without_prelude(Failure failure) {
    for (StackFrame& frame : failure.frames) {
      if (frame.place.line != 1) continue;
      for (const File& file : files_.all()) {
        if (file.name != frame.place.file) continue;
        const auto moved = static_cast<uint32_t>(prelude_of(file).size());
        frame.place.column -= std::min(frame.place.column - 1, moved);
        if (frame.place.end_line == 1) frame.place.end_column -= std::min(frame.place.end_column - 1, moved);
      }
    }
    return failure;
  }

  // "thunk <zz1>", "object <zz1>": what libjsonnet calls after the local that holds it.
  static std::string name_in(const std::string& words) {
    const size_t open = words.find(" <");
    return open != std::string::npos && ends_with(words, ">") ? words.substr(open + 2, words.size() - open - 3) : std::string();
  }

  void judge(const Group& group, Attempt& attempt) {
    attempt.failure = located(parse_failure(attempt.evaluation.error), attempt.bundle);
    const bool alone = group.entries.size() == 1;
    switch (attempt.evaluation.ending) {
      case Ending::Done:
        if (attempt.evaluation.results.size() != group.entries.size()) break;
        keep_traces(attempt);
        for (size_t i = 0; i < group.entries.size(); ++i) finish(group.entries[i], std::move(attempt.evaluation.results[i]));
        return;
      case Ending::Error:
        if (!attempt.bundle || !attempt.failure.is_static) break;
        if (found_broken(attempt.failure)) return next_.push_back(group);
        break;
      case Ending::OutOfTime:
        ++timeouts_;
        if (!alone && attempt.evaluation.begun >= 0) fail(group.entries[static_cast<size_t>(attempt.evaluation.begun)], attempt);
        break;
      default: break;
    }
    if (alone) {
      keep_traces(attempt);
      fail(group.entries[0], attempt);
    } else {
      try_smaller(group, attempt.evaluation.begun);
    }
  }

  // A file that libjsonnet refuses: the next attempt goes on without it.
  bool found_broken(const Failure& failure) {
    if (failure.frames.empty()) return false;
    for (const File& file : files_.all()) {
      if (file.name != failure.frames[0].place.file || graph_.broken(file)) continue;
      graph_.mark_broken(file, failure);
      return true;
    }
    return false;
  }

  // Those before the failing entry are known to be good; it is tried alone; the rest in halves.
  void try_smaller(const Group& group, int failing) {
    const auto all = group.entries.begin();
    const auto at = all + std::clamp<std::ptrdiff_t>(failing, 0, static_cast<std::ptrdiff_t>(group.entries.size()) - 1);
    const auto rest = failing < 0 ? all : at + 1;
    const auto middle = rest + (group.entries.end() - rest) / 2;
    if (failing >= 0) {
      again(all, at);
      if (!entries_[*at].done) again(at, at + 1);
    }
    again(rest, middle);
    again(middle, group.entries.end());
  }

  void again(std::vector<size_t>::const_iterator begin, std::vector<size_t>::const_iterator end) {
    if (begin == end) return;
    Group group;
    group.entries.assign(begin, end);
    next_.push_back(std::move(group));
  }

  void finish(size_t i, std::string json) {
    entries_[i].done = true;
    entries_[i].json = std::move(json);
  }

  void fail(size_t i, const Attempt& attempt) {
    Problem problem{attempt.evaluation.ending, false, false, attempt.failure, attempt.evaluation.signal};
    if (const auto words = unmarked(problem.failure.message)) explain(*words, problem);
    problem.of_import = problem.of_import || starts_with(problem.failure.message, "couldn't open import ");
    entries_[i].done = true;
    entries_[i].problem = std::move(problem);
  }

  // "import:…" or "broken:file".
  void explain(const std::string& words, Problem& problem) const {
    problem.of_import = starts_with(words, "import:");
    problem.failure.message = words.substr(7);
    if (problem.of_import) return;
    if (const Failure* broken = graph_.broken(problem.failure.message)) problem.failure = *broken;
  }

  void keep_traces(const Attempt& attempt) {
    for (Trace& trace : parse_traces(attempt.evaluation.traces, kMostTraces - std::min(kMostTraces, result_.traces.size()))) {
      if (attempt.bundle && trace.place.file == kBundleName && !attempt.bundle->original(trace.place)) trace.place = Place();
      result_.traces.push_back(std::move(trace));
    }
  }

  std::vector<EntryState>& entries_;
  const JsonnetInput& input_;
  Files& files_;
  Graph& graph_;
  const std::string begin_;
  TopLevelArguments arguments_;
  bool plain_only_ = false;
  std::mutex graph_mutex_;
  std::vector<Group> next_;
  size_t timeouts_ = 0;
  Evaluated result_;
};

}  // namespace

Evaluated evaluate_entries(std::vector<EntryState>& entries, const JsonnetInput& input, Files& files, Graph& graph) {
  return Evaluator(entries, input, files, graph).run();
}

}  // namespace isvcc::jsonnet

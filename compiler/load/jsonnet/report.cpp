#include "load/jsonnet/report.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc::jsonnet {

static constexpr size_t kMessageBytes = 2000;
static constexpr size_t kMostLabels = 8;

// The place of a line and column, both from 1. Beyond the text: its end.
static uint32_t offset_of(std::string_view text, uint32_t line, uint32_t column) {
  size_t at = 0;
  for (uint32_t i = 1; i < line; ++i) {
    const size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return static_cast<uint32_t>(text.size());
    at = end + 1;
  }
  return static_cast<uint32_t>(std::min(at + column - std::min(column, 1u), text.size()));
}

static std::string shown(std::string_view message) {
  if (ends_with(message, ".")) message.remove_suffix(1);
  const std::string text = printable(message.substr(0, kMessageBytes));
  return message.size() > kMessageBytes ? text + "…" : text;
}

Reporter::Reporter(const Files& files, const Limits& limits, Sources& sources, Diagnostics& diags) : limits_(limits), sources_(sources), diags_(diags) {
  for (const File& file : files.all()) by_name_.emplace(file.name, &file);
}

const File* Reporter::file_of(const Place& place) const {
  const auto found = by_name_.find(place.file);
  return found == by_name_.end() ? nullptr : found->second;
}

FileId Reporter::id_of(const File& file) {
  const auto [at, is_new] = ids_.try_emplace(&file, 0);
  if (is_new) at->second = sources_.add({file.where.root == kBuiltIn ? file.where.path : file.name, file.text, false});
  return at->second;
}

Span Reporter::span_of(const Place& place) {
  const File* file = file_of(place);
  if (!file) return {};
  const uint32_t begin = offset_of(file->text, place.line, place.column), end = offset_of(file->text, place.end_line, place.end_column);
  return {id_of(*file), begin, std::max(begin, end)};
}

Diagnostic& Reporter::start(Code code, const EntryState& entry, const std::string& what) {
  return diags_.report(code, Stage::Load, Span{id_of(*entry.file), 0, 0}, cat("cannot evaluate ", quote(entry.file->name), ": ", what));
}

void Reporter::problem(const EntryState& entry) {
  const Problem& problem = *entry.problem;
  const std::string memory = cat("it needs more than ", limits_.jsonnet_memory_bytes >> 20, " MiB of memory");
  if (problem.skipped) {
    start(Code::JsonnetLimit, entry, "not tried, for many other files have run out of time").hinting("mend or ignore the files reported as taking too long");
    return;
  }
  switch (problem.ending) {
    case Ending::OutOfTime:
      start(Code::JsonnetLimit, entry, cat("it takes more than ", limits_.jsonnet_cpu_seconds, " s of CPU time or ", limits_.jsonnet_wall_seconds, " s in all"))
          .hinting("raise --jsonnet-cpu-seconds and --jsonnet-wall-seconds if the file is meant to take that long");
      return;
    case Ending::OutOfMemory: start(Code::JsonnetLimit, entry, memory).hinting("raise --jsonnet-memory if the file is meant to be that large"); return;
    case Ending::TooLarge:
      start(Code::JsonnetLimit, entry, cat("its result is larger than ", limits_.jsonnet_output_bytes, " bytes")).hinting("raise --jsonnet-output if that is meant");
      return;
    case Ending::Crashed:
      start(Code::JsonnetCrash, entry, problem.signal ? cat("the Jsonnet interpreter crashed (signal ", problem.signal, ")") : std::string("the Jsonnet interpreter ended without a result"))
          .hinting("expressions, brackets or values nested very deeply crash it");
      return;
    case Ending::NotStarted: start(Code::JsonnetNotRun, entry, problem.failure.message); return;
    default: return evaluation_failed(entry);
  }
}

// The innermost place in a file of the user is where to look first; the other places show how evaluation got there.
void Reporter::evaluation_failed(const EntryState& entry) {
  const Problem& problem = *entry.problem;
  const auto& frames = problem.failure.frames;
  const auto is_users = [&](const StackFrame& frame) {
    const File* file = file_of(frame.place);
    return file && file->where.root != kBuiltIn;
  };
  const auto first = std::find_if(frames.begin(), frames.end(), is_users);
  const Code code = problem.of_import ? Code::JsonnetImport : problem.failure.is_static ? Code::JsonnetSyntax : Code::JsonnetFailed;
  Diagnostic& diag = start(code, entry, shown(problem.failure.message));
  if (first != frames.end()) diag.span = span_of(first->place);
  if (problem.failure.is_static && first != frames.end()) diag.message = cat(quote(first->place.file), " is not well-formed Jsonnet: ", shown(problem.failure.message));
  if (contains(problem.failure.message, "native extensions can only take primitives"))
    diag.hinting("only texts, numbers and booleans can be handed to a native function; helmTemplate and kustomizeBuild start programs, so render beforehand and import the result");
  for (const StackFrame& frame : frames) {
    if (diag.labels.size() == kMostLabels) break;
    if (&frame == &*first || !file_of(frame.place)) continue;
    diag.label(span_of(frame.place), frame.words.empty() ? "reached from here" : cat("reached from ", printable(frame.words)));
  }
}

void Reporter::too_many_imports(const EntryState& entry) {
  start(Code::JsonnetLimit, entry, cat("it imports more than ", limits_.jsonnet_imports, " files")).hinting("raise --jsonnet-imports if that is meant");
}

void Reporter::traces(const std::vector<Trace>& traces) {
  for (const Trace& trace : traces) diags_.report(Code::JsonnetTrace, Stage::Load, span_of(trace.place), cat("std.trace: ", shown(trace.message)));
}

void Reporter::yaml_parser(const File& file, uint32_t offset) {
  diags_.report(Code::JsonnetParseYaml, Stage::Load, Span{id_of(file), offset, offset + 9}, "std.parseYaml reads some values differently than Kubernetes")
      .hinting("std.native('parseYaml')(text) reads them as Kubernetes does and answers a list of documents");
}

void Reporter::not_text(const File& file, const std::string& what) {
  diags_.report(Code::JsonnetSyntax, Stage::Load, Span{id_of(file), 0, 0}, cat(quote(file.name), " is not well-formed Jsonnet: ", what));
}

}  // namespace isvcc::jsonnet

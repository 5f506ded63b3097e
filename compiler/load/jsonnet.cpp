#include "load/jsonnet.h"

#include <algorithm>

#include "base/parallel.h"
#include "base/text.h"
#include "load/jsonnet/cache.h"
#include "load/jsonnet/evaluator.h"
#include "load/jsonnet/literal.h"
#include "load/jsonnet/report.h"
#include "load/jsonnet/result.h"

namespace isvcc {

using namespace jsonnet;

std::vector<std::string> jsonnet_library_paths(std::string_view jsonnet_path, const std::vector<std::string>& dash_j) {
  std::vector<std::string> paths;
  for (const std::string_view path : split(jsonnet_path, ':'))
    if (!path.empty()) paths.emplace(paths.begin(), path);
  paths.insert(paths.end(), dash_j.begin(), dash_j.end());
  return paths;
}

namespace {

// The value of one entry: read in place, or out of the JSON that evaluation gave.
struct Value {
  const Node* node = nullptr;
  FileId file = 0;
  Diagnostics diags;
};

class Loader {
 public:
  Loader(const JsonnetInput& input, Sources& sources, Diagnostics& diags)
      : input_(input), sources_(sources), diags_(diags), files_(input.options, input.read, input.limits, load_.buffers),
        graph_(files_, input.limits.jsonnet_imports), cache_(input.cache_dir, input.options, graph_) {}

  JsonnetLoad run() {
    const size_t count = input_.entries.size();
    load_.documents.resize(count);
    load_.imports.resize(count);
    values_.resize(count);
    for (size_t i = 0; i < std::max<size_t>(input_.threads, 1); ++i) load_.arenas.emplace_back();
    read_literals();
    prepare();
    const Evaluated evaluated = evaluate_entries(entries_, input_, files_, graph_);
    report(evaluated);
    read_results();
    collect();
    return std::move(load_);
  }

 private:
  // Files that are plain data mean what they say: they need no evaluation, and their values keep their places.
  void read_literals() {
    parallel_for(input_.entries.size(), input_.threads, [&](size_t worker, size_t i) {
      const JsonnetEntry& entry = input_.entries[i];
      values_[i].node = read_literal(entry.text, entry.file, input_.limits, load_.arenas[worker]);
      values_[i].file = entry.file;
    });
  }

  // Finds out what the other entries import, and which results are known from earlier runs.
  void prepare() {
    for (size_t i = 0; i < input_.entries.size(); ++i) {
      if (values_[i].node) continue;
      EntryState entry;
      entry.file = &files_.add(input_.entries[i]);
      entry.project = files_.project_of(entry.file->name);
      if (is_text(*entry.file)) {
        entry.closure = graph_.closure(*entry.file, entry.project);
        keys_.push_back(cache_.key(entry));
        look_up(entry, keys_.back());
      } else {
        keys_.emplace_back();
        entry.done = true;
      }
      entries_.push_back(std::move(entry));
      places_.push_back(i);
    }
  }

  static bool is_text(const File& file) { return file.text.find('\0') == std::string_view::npos && is_utf8(file.text); }

  void look_up(EntryState& entry, const std::string& key) {
    if (auto json = cache_.find(key)) {
      entry.json = std::move(*json);
      entry.done = true;
    } else if (entry.closure.too_many) {
      entry.done = true;
    }
  }

  void report(const Evaluated& evaluated) {
    Reporter reporter(files_, input_.limits, sources_, diags_);
    for (size_t i = 0; i < entries_.size(); ++i) reporter.know(*entries_[i].file, input_.entries[places_[i]].file);
    for (const EntryState& entry : entries_) {
      if (entry.problem)
        reporter.problem(entry);
      else if (!is_text(*entry.file))
        reporter.not_text(*entry.file, "it is not UTF-8 text");
      else if (entry.closure.too_many)
        reporter.too_many_imports(entry);
    }
    reporter.traces(evaluated.traces);
    for (const File& file : files_.all())
      if (file.where.root != kBuiltIn)
        if (const auto offset = graph_.known_scan(file).yaml_parser) reporter.yaml_parser(file, *offset);
  }

  bool succeeded(const EntryState& entry) const { return entry.done && !entry.problem && !entry.json.empty(); }

  void read_results() {
    std::vector<std::string_view> texts(entries_.size());
    for (size_t i = 0; i < entries_.size(); ++i) {
      if (!succeeded(entries_[i])) continue;
      cache_.keep(keys_[i], entries_[i].json);
      load_.buffers.push_back(std::move(entries_[i].json));
      texts[i] = load_.buffers.back();
      values_[places_[i]].file = sources_.add({entries_[i].file->name, texts[i], true});
    }
    parallel_for(entries_.size(), input_.threads, [&](size_t worker, size_t i) {
      if (texts[i].empty()) return;
      Value& value = values_[places_[i]];
      Scratch scratch{load_.arenas[worker], value.diags};
      const auto read = read_json(texts[i], value.file, input_.limits, scratch);
      if (!read.empty()) value.node = read[0];
    });
  }

  void collect() {
    for (size_t i = 0; i < values_.size(); ++i) {
      diags_.append(std::move(values_[i].diags));
      if (!values_[i].node) continue;
      Scratch scratch{load_.arenas.front(), diags_};
      const std::string& name = input_.entries[i].name;
      take_apart(values_[i].node, {values_[i].file, name, files_.project_of(name).inside(name)}, input_.options.environments, load_.documents[i], scratch);
      if (values_[i].file != input_.entries[i].file) check_numbers(values_[i].node, input_.entries[i].name, diags_);
    }
    for (size_t i = 0; i < entries_.size(); ++i) load_.imports[places_[i]] = imports_of(entries_[i]);
  }

  static std::vector<std::string> imports_of(const EntryState& entry) {
    std::vector<std::string> names;
    for (const auto& files : {entry.closure.code, entry.closure.texts})
      for (const File* file : files)
        if (file != entry.file && file->where.root != kBuiltIn) names.push_back(file->name);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }

  const JsonnetInput& input_;
  Sources& sources_;
  Diagnostics& diags_;
  JsonnetLoad load_;
  Files files_;
  Graph graph_;
  Cache cache_;
  std::vector<Value> values_;           // one for each entry of the input
  std::vector<EntryState> entries_;  // those that are evaluated
  std::vector<size_t> places_;          // their numbers in the input
  std::vector<std::string> keys_;       // their keys in the cache
};

}  // namespace

JsonnetLoad load_jsonnet(const JsonnetInput& input, Sources& sources, Diagnostics& diags) { return Loader(input, sources, diags).run(); }

}  // namespace isvcc

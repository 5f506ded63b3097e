#include "load/load.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <utility>

#include "base/parallel.h"
#include "base/text.h"
#include "load/encoding.h"
#include "load/file_system.h"
#include "load/jsonnet.h"
#include "load/objects.h"
#include "load/walk.h"

namespace isvcc {

namespace {

// One file on its way. Threads write to slots of their own only.
struct Slot {
  const FoundFile* file = nullptr;
  FileText text;
  FileId id = 0;
  std::optional<FileStamp> stamp;
  std::optional<Digest> content;
  bool left_out = false;
  std::vector<Document> documents;
  std::unique_ptr<Diagnostics> diags;  // of those few that have any
};

class Loader {
 public:
  Loader(const LoadOptions& options, Sources& sources, Diagnostics& diags) : options_(options), sources_(sources), diags_(diags) {}

  Documents run();
  void read_more(const std::vector<size_t>& files, Documents& documents);
  void run_more(const std::vector<size_t>& files, Documents& documents);

 private:
  bool open_project();
  void find();
  std::shared_ptr<const Walk> own_walk();
  bool read_all();
  void read(Slot& slot, size_t place);
  bool left_out_unread(Slot& slot, size_t place);
  void read_whole(Slot& slot);
  void note_facts();
  void append_findings(Slot& slot);
  void add_sources();
  void parse_all();
  void parse(Slot& slot, Scratch& scratch);
  void evaluate_jsonnet();
  ImportAnswer import(const std::string& root, const std::string& path);
  FileText import_text(const std::string& root, const std::string& path);
  void collect();
  bool refuse(Limit limit);

  const LoadOptions& options_;
  Sources& sources_;
  Diagnostics& diags_;
  std::shared_ptr<const FileSystem> files_;
  std::map<std::string, std::unique_ptr<FileSystem>> libraries_;
  std::vector<FoundFile> more_;  // read after all
  std::vector<Slot> slots_;
  std::atomic<uint64_t> bytes_{0};
  Documents result_;
};

bool Loader::refuse(Limit limit) {
  diags_.report(Code::LimitExceeded, Stage::Load, Span(), over(limit, options_.limits)).hinting(how_to_raise(limit));
  return false;
}

bool Loader::open_project() {
  files_ = options_.walk ? options_.walk->files : options_.files;
  if (files_) return true;
  std::string error;
  files_ = open_folder(options_.project_root, error);
  if (files_) return true;
  report_unreadable(options_.project_root, FileStatus::Failed, error, options_.limits, Span(), diags_);
  return false;
}

// ---- reading

// Offsets in the file are 32 bits wide.
static uint64_t largest_file(const Limits& limits) { return std::min<uint64_t>(limits.file_bytes, UINT32_MAX - 1); }

static bool may_be_known(const FoundFile& file, const LoadOptions& options) { return options.known && is_plain(file); }

bool Loader::left_out_unread(Slot& slot, size_t place) {
  if (!may_be_known(*slot.file, options_)) return false;
  if (!slot.stamp) slot.stamp = files_->stamp(slot.file->path);
  if (!slot.stamp) return false;
  const Digest* content = options_.known->content_of(slot.file->name, place, *slot.stamp);
  if (!content || !options_.known->knows(slot.file->name, place, *content)) return false;
  slot.content = *content;
  slot.left_out = true;
  bytes_.fetch_add(slot.stamp->size, std::memory_order_relaxed);
  return true;
}

void Loader::read_whole(Slot& slot) {
  const uint64_t most = largest_file(options_.limits);
  slot.text = slot.file->path.empty() ? files_->read_input(most) : files_->read(slot.file->path, most);
  if (may_be_known(*slot.file, options_) && slot.text.status == FileStatus::Good) slot.content = sha256(slot.text.text);
  if (!is_utf16(slot.text.text) || slot.file->format == FileFormat::Jsonnet) return;
  // Before the text is registered, so that offsets mean what people see. A malformed text is left to the reader to report.
  BadByte bad;
  if (std::optional<std::string> utf8 = utf8_from_utf16(slot.text.text, bad)) slot.text.text = std::move(*utf8);
}

void Loader::read(Slot& slot, size_t place) {
  // Somebody else has reached the limit: the run ends without a result anyway.
  if (bytes_.load(std::memory_order_relaxed) > options_.limits.input_bytes) return;
  if (left_out_unread(slot, place)) return;
  read_whole(slot);
  bytes_.fetch_add(slot.text.text.size(), std::memory_order_relaxed);
  slot.left_out = slot.content && options_.known->knows(slot.file->name, place, *slot.content);
}

bool Loader::read_all() {
  parallel_for(slots_.size(), options_.threads, [&](size_t, size_t i) { read(slots_[i], i); });
  result_.bytes = bytes_.load();
  return result_.bytes <= options_.limits.input_bytes || refuse(Limit::input_bytes);
}

void Loader::add_sources() {
  for (Slot& slot : slots_) {
    result_.buffers.push_back(std::move(slot.text.text));
    slot.id = sources_.add({slot.file->name, result_.buffers.back(), false});
    if (slot.text.status != FileStatus::Good) report_unreadable(slot.file->name, slot.text.status, slot.text.detail, options_.limits, {slot.id, 0, 0}, diags_);
    else if (!slot.file->path.empty()) result_.read_files.push_back(slot.file->name);
  }
  result_.files = slots_.size();
}

// ---- parsing

void Loader::parse(Slot& slot, Scratch& scratch) {
  if (slot.left_out || slot.text.status != FileStatus::Good || slot.file->format == FileFormat::Jsonnet) return;
  const std::string_view text = sources_.get(slot.id).text;
  const std::vector<const Node*> roots = slot.file->format == FileFormat::Json ? read_json(text, slot.id, options_.limits, scratch)
                                                                                : read_yaml(text, slot.id, options_.engine, options_.limits, scratch);
  ObjectFinder objects(slot.file->named ? Found::Named : Found::InFolder, options_.limits, scratch, slot.documents);
  objects.with(options_.template_values);
  for (const Node* root : roots) objects.add({root, slot.id, {}});
  if (!scratch.diags.all().empty()) slot.diags = std::make_unique<Diagnostics>(std::exchange(scratch.diags, {}));
}

void Loader::parse_all() {
  std::deque<Diagnostics> found(std::max<size_t>(options_.threads, 1));
  for (size_t i = 0; i < found.size(); ++i) result_.arenas.emplace_back();
  parallel_for(slots_.size(), options_.threads, [&](size_t worker, size_t i) {
    Scratch scratch{result_.arenas[worker], found[worker]};
    parse(slots_[i], scratch);
  });
}

// ---- Jsonnet

FileText Loader::import_text(const std::string& root, const std::string& path) {
  if (root.empty()) return files_->read(path, largest_file(options_.limits));
  std::unique_ptr<FileSystem>& library = libraries_[root];
  std::string error;
  if (!library) library = open_folder(root, error);
  if (!library) return {FileStatus::Missing, {}, {}};
  return library->read(path, largest_file(options_.limits));
}

ImportAnswer Loader::import(const std::string& root, const std::string& path) {
  FileText file = import_text(root, path);
  switch (file.status) {
    case FileStatus::Good: return {ImportAnswer::Status::Found, std::move(file.text), {}};
    case FileStatus::Missing: return {ImportAnswer::Status::Missing, {}, {}};
    case FileStatus::TooLarge: return {ImportAnswer::Status::Refused, {}, cat("has ", over(Limit::file_bytes, options_.limits))};
    case FileStatus::Outside: return {ImportAnswer::Status::Refused, {}, "leads out of the project"};
    case FileStatus::NotAFile: return {ImportAnswer::Status::Refused, {}, "is not a regular file"};
    case FileStatus::Changed: return {ImportAnswer::Status::Refused, {}, "changed while it was read"};
    case FileStatus::Loop: return {ImportAnswer::Status::Refused, {}, "is a symbolic link that leads to itself"};
    default: return {ImportAnswer::Status::Refused, {}, cat("cannot be read: ", file.detail)};
  }
}

void Loader::evaluate_jsonnet() {
  std::vector<Slot*> entries;
  JsonnetInput input;
  for (Slot& slot : slots_) {
    if (slot.file->format != FileFormat::Jsonnet || slot.text.status != FileStatus::Good) continue;
    entries.push_back(&slot);
    input.entries.push_back({slot.file->name, sources_.get(slot.id).text, slot.id});
  }
  if (entries.empty()) return;
  input.options = options_.jsonnet;
  input.read = [this](const std::string& root, const std::string& path) { return import(root, path); };
  input.limits = options_.limits;
  input.threads = options_.threads;
  input.cache_dir = options_.cache_dir;
  JsonnetLoad loaded = load_jsonnet(input, sources_, diags_);
  for (size_t i = 0; i < entries.size(); ++i) {
    entries[i]->documents = std::move(loaded.documents[i]);
    result_.imports[entries[i]->file->name] = loaded.imports[i];
    result_.read_files.insert(result_.read_files.end(), loaded.imports[i].begin(), loaded.imports[i].end());
  }
  result_.evaluated = std::move(loaded.buffers);
  for (Arena& arena : loaded.arenas) result_.arenas.push_back(std::move(arena));
}

// ---- together

void Loader::collect() {
  size_t count = 0;
  for (const Slot& slot : slots_) count += slot.documents.size();
  if (count > options_.limits.documents) {
    refuse(Limit::documents);
  } else {
    result_.all.reserve(count);
    for (Slot& slot : slots_) std::move(slot.documents.begin(), slot.documents.end(), std::back_inserter(result_.all));
  }
  for (Slot& slot : slots_) append_findings(slot);
  note_facts();
  std::vector<std::string>& names = result_.read_files;
  if (!std::is_sorted(names.begin(), names.end())) std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

void Loader::append_findings(Slot& slot) {
  if (slot.diags) diags_.append(std::move(*slot.diags));
}

void Loader::note_facts() {
  if (options_.known) result_.facts.reserve(slots_.size());
  for (Slot& slot : slots_)
    if (may_be_known(*slot.file, options_))
      result_.facts.push_back({slot.file->name, slot.id, slot.stamp, slot.content, slot.left_out, slot.file->path, slot.file->format == FileFormat::Json, slot.file->named});
}

// The files are known to be readable; what changed since is reported as in any other run.
void Loader::read_more(const std::vector<size_t>& files, Documents& documents) {
  if (!open_project()) return;
  std::swap(result_.buffers, documents.buffers);  // short texts must not move
  slots_.resize(files.size());
  for (size_t i = 0; i < files.size(); ++i) {
    const FileFacts& facts = documents.facts[files[i]];
    more_.push_back({std::string(facts.name), std::string(facts.path), facts.json ? FileFormat::Json : FileFormat::Yaml, facts.named});
  }
  for (size_t i = 0; i < files.size(); ++i) slots_[i].file = &more_[i];
  parallel_for(slots_.size(), options_.threads, [&](size_t, size_t i) { read_whole(slots_[i]); });
  add_sources();
  for (size_t i = 0; i < files.size(); ++i) documents.facts[files[i]].file = slots_[i].id;
  std::swap(result_.buffers, documents.buffers);
}

void Loader::run_more(const std::vector<size_t>& files, Documents& documents) {
  read_more(files, documents);
  parse_all();
  for (size_t i = 0; i < files.size(); ++i) {
    FileFacts& facts = documents.facts[files[i]];
    facts.left_out = false;
    facts.content = slots_[i].content;
    std::move(slots_[i].documents.begin(), slots_[i].documents.end(), std::back_inserter(documents.all));
    append_findings(slots_[i]);
  }
  for (Arena& arena : result_.arenas) documents.arenas.push_back(std::move(arena));
}

void Loader::find() {
  std::shared_ptr<const Walk> walk = options_.walk ? options_.walk : own_walk();
  result_.ignore_files = walk->trace.ignore_files;
  result_.read_folders = walk->trace.folders;
  slots_.resize(walk->found.size());
  for (size_t i = 0; i < slots_.size(); ++i) slots_[i].file = &walk->found[i];
  for (size_t i = 0; i < walk->stamps.size(); ++i) slots_[i].stamp = walk->stamps[i];
  result_.walk = std::move(walk);
}

std::shared_ptr<const Walk> Loader::own_walk() {
  auto walk = std::make_shared<Walk>();
  walk->found = find_files(*files_, options_, diags_, &walk->trace);
  for (FoundFile& file : walk->found) file.name.insert(0, options_.name_prefix);
  return walk;
}

Documents Loader::run() {
  if (!open_project()) return {};
  find();
  if (!read_all()) return {};
  add_sources();
  parse_all();
  evaluate_jsonnet();
  collect();
  return std::move(result_);
}

}  // namespace

void load_left_out(const LoadOptions& options, const std::vector<size_t>& files, Sources& sources, Documents& documents, Diagnostics& diags) {
  if (!files.empty()) Loader(options, sources, diags).run_more(files, documents);
}

void read_left_out(const LoadOptions& options, const std::vector<size_t>& files, Sources& sources, Documents& documents) {
  Diagnostics ignored;
  if (!files.empty()) Loader(options, sources, ignored).read_more(files, documents);
}

Documents load(const LoadOptions& options, Sources& sources, Diagnostics& diags) { return Loader(options, sources, diags).run(); }

}  // namespace isvcc

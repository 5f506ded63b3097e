#include "load/walk.h"

#include <algorithm>
#include <deque>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "load/ignore.h"

namespace isvcc {

static constexpr std::string_view kIgnoreFile = ".isvccignore";
static constexpr std::string_view kProjectFile = "isvcc.yaml";
static constexpr uint64_t kMaxIgnoreFile = 1 << 20;
static constexpr size_t kMaxRules = 1000;  // at work at once

static std::optional<FileFormat> format_of(std::string_view name) {
  if (ends_with(name, ".yaml") || ends_with(name, ".yml")) return FileFormat::Yaml;
  if (ends_with(name, ".json")) return FileFormat::Json;
  if (ends_with(name, ".jsonnet")) return FileFormat::Jsonnet;
  return std::nullopt;
}

static bool has_entry(const FolderList& list, std::string_view name) {
  return std::any_of(list.entries.begin(), list.entries.end(), [&](const FolderEntry& e) { return e.name == name; });
}

// Folders and files of other tools that never hold manifests.
static constexpr std::string_view kOfOtherTools[] = {"vendor", "node_modules", "jsonnetfile.json", "jsonnetfile.lock.json", "tkrc.yaml"};

static bool is_skipped(std::string_view name) { return starts_with(name, ".") || std::find(std::begin(kOfOtherTools), std::end(kOfOtherTools), name) != std::end(kOfOtherTools); }

bool is_source_name(std::string_view name) { return name == kIgnoreFile || (!is_skipped(name) && format_of(name).has_value()); }

// ---- reports

static std::string_view why(FileStatus status) {
  switch (status) {
    case FileStatus::Missing: return "does not exist";
    case FileStatus::Outside: return "leads out of the project";
    case FileStatus::Loop: return "is a symbolic link that leads to itself";
    case FileStatus::NotAFile: return "is neither a file nor a folder";
    case FileStatus::Changed: return "changed while it was read";
    default: return "cannot be read";
  }
}

static Code code_of(FileStatus status) {
  switch (status) {
    case FileStatus::Missing: return Code::SourceNotFound;
    case FileStatus::Outside: return Code::OutsideProject;
    case FileStatus::NotAFile: return Code::NotARegularFile;
    case FileStatus::Changed: return Code::FileChanged;
    case FileStatus::TooLarge: return Code::LimitExceeded;
    default: return Code::CannotRead;
  }
}

void report_unreadable(std::string_view name, FileStatus status, std::string_view detail, const Limits& limits, Span where, Diagnostics& diags) {
  if (status == FileStatus::TooLarge) {
    diags.report(Code::LimitExceeded, Stage::Load, where, cat(quote(name), ": ", over(Limit::file_bytes, limits))).hinting(how_to_raise(Limit::file_bytes));
    return;
  }
  std::string message = cat(quote(name), " ", why(status));
  if (!detail.empty()) message += cat(": ", detail);
  Diagnostic& d = diags.report(code_of(status), Stage::Load, where, std::move(message));
  if (status == FileStatus::Outside) d.hinting("copy the file into the project, or list the link in .isvccignore");
}

// ---- the walk

namespace {

class Walker {
 public:
  Walker(const FileSystem& files, const LoadOptions& options, Diagnostics& diags) : files_(files), options_(options), diags_(diags) {
    for (const std::string& folder : options.exclude_dirs)
      if (const auto path = normal_path(folder)) excluded_.insert(*path);
    for (const std::string& source : options.sources)
      if (const auto path = normal_path(source)) named_.insert(*path);
    for (const std::string& pattern : options.ignore) add_rule("", pattern);
  }

  void source(std::string_view source);
  void follow_links();
  std::vector<FoundFile> result();
  WalkTrace trace();

 private:
  enum class By : uint8_t { Name, Link };
  struct Link {
    std::string name, path;  // path: without links but for the last component
    size_t depth;
  };

  void named_place(const std::string& name, const FilePlace& place);
  void folder(const std::string& name, const std::string& path, size_t depth);
  void entry(std::string name, std::string path, const FolderEntry& entry, size_t depth);
  void link(const Link& link);
  void found(FoundFile file, By by);
  void add(FoundFile file, By by);
  void add_rule(std::string_view folder, std::string_view line);
  void read_rules(const std::string& folder);
  void read_rules_above(std::string_view folder);
  void warn(Code code, std::string message) { diags_.report(code, Stage::Load, Span(), std::move(message)); }

  const FileSystem& files_;
  const LoadOptions& options_;
  Diagnostics& diags_;
  IgnoreRules rules_;
  std::set<std::string> excluded_, named_, visited_;  // folders: never read, a source themselves, read already
  std::vector<Link> links_;
  std::set<std::string> ignore_files_;
  struct Found {
    FoundFile file;
    By by;
  };
  std::deque<Found> found_;  // as they were found
  std::unordered_map<std::string_view, Found*> by_path_;  // without links; once there is something that may be found again
  bool too_many_ = false;
};

void Walker::add_rule(std::string_view folder, std::string_view line) {
  if (rules_.add(folder, line)) return;
  diags_.report(Code::BadIgnorePattern, Stage::Config, Span(), cat("the pattern ", quote(line), folder.empty() ? "" : cat(" in ", quote(folder)), " is not valid"))
      .hinting("patterns follow .gitignore");
}

void Walker::read_rules(const std::string& folder) {
  const std::string path = join_path(folder, kIgnoreFile);
  const FileText file = files_.read(path, kMaxIgnoreFile);
  if (file.status == FileStatus::Missing) return;
  ignore_files_.insert(path);
  if (file.status != FileStatus::Good) return report_unreadable(path, file.status, file.detail, options_.limits, Span(), diags_);
  for (std::string_view line : split(file.text, '\n')) {
    if (rules_.count() < kMaxRules) add_rule(folder, line);
    else return void(diags_.report(Code::BadIgnorePattern, Stage::Config, Span(), cat(quote(path), ": more than ", kMaxRules, " patterns")));
  }
}

// The ignore files of the folders around a source speak of it, too.
void Walker::read_rules_above(std::string_view folder) {
  std::vector<std::string> above;
  for (std::string_view at = folder; !at.empty();) {
    at = folder_of(at);
    above.emplace_back(at);
  }
  for (size_t i = above.size(); i-- > 0;) read_rules(above[i]);
}

void Walker::add(FoundFile file, By by) {
  found_.push_back({std::move(file), by});
  if (found_.size() > options_.limits.files) too_many_ = true;
}

// A file that is found again keeps the name of its own, or the first of the links' names. In folders alone each is found once.
void Walker::found(FoundFile file, By by) {
  if (by_path_.empty() && by == By::Name && !file.named) return add(std::move(file), by);
  if (by_path_.empty())
    for (Found& known : found_) by_path_.emplace(known.file.path, &known);
  const auto place = by_path_.find(file.path);
  if (place == by_path_.end()) {
    add(std::move(file), by);
    by_path_.emplace(found_.back().file.path, &found_.back());
    return;
  }
  Found& known = *place->second;
  known.file.named = known.file.named || file.named;
  if (by > known.by || (by == known.by && file.name >= known.file.name)) return;
  known.file.name = std::move(file.name);
  known.by = by;
}

void Walker::source(std::string_view source) {
  if (source == "-") return found({std::string(kStandardInput), "", FileFormat::Yaml, true}, By::Name);
  std::string_view inside = source;
  // An absolute path into the project is as good as a relative one.
  if (starts_with(inside, "/") && starts_with(inside, options_.project_root) && !options_.project_root.empty()) {
    inside.remove_prefix(options_.project_root.size());
    while (starts_with(inside, "/")) inside.remove_prefix(1);
  }
  const std::optional<std::string> name = normal_path(inside);
  if (!name) return report_unreadable(source, FileStatus::Outside, {}, options_.limits, Span(), diags_);
  named_place(*name, files_.locate(*name));
}

void Walker::named_place(const std::string& name, const FilePlace& place) {
  if (place.status != FileStatus::Good) return report_unreadable(name, place.status, place.detail, options_.limits, Span(), diags_);
  if (place.kind == FileKind::Other) return report_unreadable(name, FileStatus::NotAFile, {}, options_.limits, Span(), diags_);
  if (place.kind == FileKind::File) return found({name, place.path, format_of(name).value_or(FileFormat::Yaml), true}, name == place.path ? By::Name : By::Link);
  const size_t rules = rules_.count();
  read_rules_above(place.path);
  folder(name, place.path, 0);
  rules_.keep(rules);
}

// `name` is the path by which people know the folder, `path` the one without links.
void Walker::folder(const std::string& name, const std::string& path, size_t depth) {
  if (too_many_ || excluded_.contains(path) || !visited_.insert(path).second) return;
  if (depth > options_.limits.directory_depth) {
    diags_.report(Code::LimitExceeded, Stage::Load, Span(), cat(quote(name), ": ", over(Limit::directory_depth, options_.limits))).hinting(how_to_raise(Limit::directory_depth));
    return;
  }
  const FolderList list = files_.list(path);
  if (list.status != FileStatus::Good) return report_unreadable(name, list.status, list.detail, options_.limits, Span(), diags_);
  if (depth > 0 && !named_.contains(path) && has_entry(list, kProjectFile)) return warn(Code::NestedProject, cat(quote(name), " has an isvcc.yaml of its own and was left out"));
  const size_t rules = rules_.count();
  if (has_entry(list, kIgnoreFile)) read_rules(path);
  for (const FolderEntry& e : list.entries) entry(join_path(name, e.name), join_path(path, e.name), e, depth);
  rules_.keep(rules);
}

void Walker::entry(std::string name, std::string path, const FolderEntry& entry, size_t depth) {
  if (is_skipped(entry.name) || entry.name == kProjectFile || excluded_.contains(path) || rules_.ignores(path, entry.kind == FileKind::Folder)) return;
  const std::optional<FileFormat> format = format_of(entry.name);
  switch (entry.kind) {
    case FileKind::Folder: return folder(name, path, depth + 1);
    case FileKind::Link: return void(links_.push_back({std::move(name), std::move(path), depth + 1}));
    case FileKind::File:
      if (format) found({std::move(name), std::move(path), *format, false}, By::Name);
      return;
    case FileKind::Other:
      if (format) warn(Code::SpecialFile, cat(quote(name), " is a device, socket or pipe and was left out"));
  }
}

// After everything that has a name of its own, so that links only add what they alone lead to.
void Walker::follow_links() {
  for (size_t i = 0; i < links_.size() && !too_many_; ++i) {
    const Link next = links_[i];
    link(next);
  }
}

void Walker::link(const Link& link) {
  const FilePlace place = files_.locate(link.path);
  if (place.status == FileStatus::Missing) return warn(Code::DanglingLink, cat("the symbolic link ", quote(link.name), " leads nowhere"));
  if (place.status == FileStatus::Loop) return warn(Code::LinkLoop, cat("the symbolic link ", quote(link.name), " leads to itself"));
  if (place.status != FileStatus::Good) return report_unreadable(link.name, place.status, place.detail, options_.limits, Span(), diags_);
  const std::optional<FileFormat> format = format_of(link.name);
  if (place.kind == FileKind::File && format) return found({link.name, place.path, *format, false}, By::Link);
  if (place.kind == FileKind::Other && format) return warn(Code::SpecialFile, cat(quote(link.name), " leads to a device, socket or pipe and was left out"));
  if (place.kind != FileKind::Folder) return;
  const bool above = place.path.empty() || starts_with(link.path, place.path + "/");
  if (above) return warn(Code::LinkLoop, cat("the symbolic link ", quote(link.name), " leads back to its own folder"));
  const size_t rules = rules_.count();
  read_rules_above(place.path);
  folder(link.name, place.path, link.depth);
  rules_.keep(rules);
}

std::vector<FoundFile> Walker::result() {
  if (too_many_) {
    diags_.report(Code::LimitExceeded, Stage::Load, Span(), over(Limit::files, options_.limits)).hinting(how_to_raise(Limit::files));
    return {};
  }
  std::vector<FoundFile> files;
  files.reserve(found_.size());
  for (Found& found : found_) files.push_back(std::move(found.file));
  auto before = [](const FoundFile& a, const FoundFile& b) { return a.name != b.name ? a.name < b.name : a.path < b.path; };
  if (!std::is_sorted(files.begin(), files.end(), before)) std::sort(files.begin(), files.end(), before);
  return files;
}

WalkTrace Walker::trace() {
  std::set<std::string> folders = visited_;
  for (const std::string& path : excluded_) folders.erase(std::string(folder_of(path)));
  return {{ignore_files_.begin(), ignore_files_.end()}, {folders.begin(), folders.end()}};
}

}  // namespace

std::vector<FoundFile> find_files(const FileSystem& files, const LoadOptions& options, Diagnostics& diags, WalkTrace* trace) {
  Walker walker(files, options, diags);
  for (const std::string& source : options.sources) walker.source(source);
  walker.follow_links();
  if (trace) *trace = walker.trace();
  return walker.result();
}

}  // namespace isvcc

#include "driver/commands/diff_sides.h"

#include <filesystem>

#include "base/text.h"
#include "load/file_system.h"
#include "load/git/repository.h"

namespace isvcc {
namespace {

namespace fs = std::filesystem;

constexpr char kProjectFile[] = "isvcc.yaml";

std::string real_path(const std::string& path) {
  std::error_code failed;
  const fs::path real = fs::weakly_canonical(path, failed);
  std::string text = failed ? fs::absolute(path, failed).lexically_normal().string() : real.string();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

bool is_folder(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

// ---- two folders, or files, or a stream

// Objects that are compared as they are: no project stands around them.
ProjectFiles plain_files(const std::string& path) {
  const fs::path real = real_path(path);
  if (is_folder(path)) return {real.string(), {}, {}};
  return {real.parent_path().string(), {}, {real.filename().string()}};
}

std::optional<SideSource> named_side(const std::string& path, bool rendered, std::string& error) {
  if (path == "-") return SideSource{"standard input", {real_path("."), {}, {"-"}}, nullptr};
  std::error_code ignored;
  if (!is_folder(path) && !fs::is_regular_file(path, ignored)) {
    error = cat("no such file or folder: ", quote(path));
    return std::nullopt;
  }
  const auto files = rendered ? std::optional(plain_files(path)) : find_project(std::nullopt, {path}, error);
  return files ? std::optional(SideSource{path, *files, nullptr}) : std::nullopt;
}

std::optional<TwoSides> two_named(const std::string& before, const std::string& after, bool rendered, std::string& error) {
  if (before == "-" && after == "-") error = "standard input can be one side, not both";
  const auto a = error.empty() ? named_side(before, rendered, error) : std::nullopt;
  const auto b = a ? named_side(after, rendered, error) : std::nullopt;
  if (!b) return std::nullopt;
  return TwoSides{*a, *b, rendered, false};
}

// kubectl diff calls KUBECTL_EXTERNAL_DIFF with two folders named like this.
bool is_from_kubectl(const std::vector<std::string>& arguments) {
  return arguments.size() == 2 && contains(fs::path(arguments[0]).filename().string(), "LIVE-") && contains(fs::path(arguments[1]).filename().string(), "MERGED-") &&
         is_folder(arguments[0]) && is_folder(arguments[1]);
}

// ---- revisions

struct Revision {
  std::string label, commit;  // no commit: the work tree
};

class GitSides {
 public:
  GitSides(const Options& options, std::string& error) : options_(options), error_(error) {}

  std::optional<TwoSides> find();

 private:
  bool open_repository();
  bool read_arguments();
  bool resolve(const git::Range& range);
  std::optional<std::string> commit(const std::string& revision) { return repository_->commit(revision, error_); }
  std::optional<std::string> inside(const std::string& path) const { return relative_to(top_, path); }
  bool find_project_folder();
  bool climb(const std::string& from);
  bool is_there(const Revision& side, const std::string& path) const;
  bool is_anywhere(const std::string& path) const { return is_there(before_, path) || is_there(after_, path); }
  std::optional<SideSource> side(const Revision& revision);

  const Options& options_;
  std::string& error_;
  std::shared_ptr<git::Repository> repository_;
  std::string top_;                 // of the work tree
  std::vector<std::string> paths_;  // absolute
  Revision before_, after_;
  std::shared_ptr<const FileSystem> trees_[2];  // whole revisions, to look for the project
  std::string root_, project_file_;             // absolute
};

bool GitSides::open_repository() {
  std::string start = ".";
  if (const auto project = options_.value("project")) start = is_folder(*project) ? *project : fs::path(*project).parent_path().string();
  repository_ = git::Repository::open(real_path(start.empty() ? "." : start), error_);
  if (!repository_) {
    error_ += "; compare two folders with --from DIR --to DIR";
    return false;
  }
  top_ = repository_->work_tree();
  if (top_.empty()) top_ = real_path(".");
  return true;
}

bool GitSides::resolve(const git::Range& range) {
  auto from = commit(range.from);
  const auto to = range.to ? commit(*range.to) : std::optional<std::string>("");
  if (!from || !to) return false;
  before_ = {range.from, *from};
  after_ = {range.to.value_or("the work tree"), *to};
  if (!range.from_merge_base) return true;
  from = repository_->merge_base(*from, *to, error_);
  if (!from) return false;
  before_ = {cat(from->substr(0, 10), " (where ", *range.to, " left ", range.from, ')'), *from};
  return true;
}

// The first argument is a revision, unless it is none and names something on the disk.
bool GitSides::read_arguments() {
  std::vector<std::string> words = options_.arguments;
  std::string revision = "HEAD";
  std::error_code ignored;
  if (!words.empty()) {
    std::string no_revision;
    const git::Range range = git::read_range(words[0]);
    if (range.to || repository_->commit(range.from, no_revision) || !fs::exists(words[0], ignored)) {
      revision = words[0];
      words.erase(words.begin());
    }
  }
  for (const std::string& word : words) {
    paths_.push_back(real_path(word));
    if (!inside(paths_.back())) {
      error_ = cat(quote(word), " is outside the repository ", quote(top_));
      return false;
    }
  }
  return resolve(git::read_range(revision));
}

bool GitSides::is_there(const Revision& side, const std::string& path) const {
  std::error_code ignored;
  if (side.commit.empty()) return fs::exists(path, ignored);
  const auto relative = inside(path);
  const auto& tree = trees_[&side == &after_];
  return relative && tree && tree->locate(*relative == "." ? "" : *relative).status == FileStatus::Good;
}

// The nearest folder at or above `from` that has a project file on either side.
bool GitSides::climb(const std::string& from) {
  for (fs::path folder = from;; folder = folder.parent_path()) {
    if (is_anywhere((folder / kProjectFile).string())) {
      root_ = folder.string();
      project_file_ = (folder / kProjectFile).string();
      return true;
    }
    if (folder == top_ || folder == folder.parent_path()) return false;
  }
}

bool GitSides::find_project_folder() {
  if (const auto project = options_.value("project")) {
    const std::string whole = real_path(*project);
    const bool names_file = ends_with(whole, ".yaml") || ends_with(whole, ".yml");
    project_file_ = names_file ? whole : whole + "/" + kProjectFile;
    root_ = fs::path(project_file_).parent_path().string();
    if (is_anywhere(project_file_)) return true;
    error_ = cat("no project file at ", quote(*project), " on either side");
    return false;
  }
  if (paths_.size() == 1 && is_anywhere(paths_[0] + "/" + kProjectFile)) {
    root_ = paths_[0];
    project_file_ = root_ + "/" + kProjectFile;
    paths_.clear();
    return true;
  }
  const std::string start = paths_.empty() ? real_path(".") : paths_[0];
  if (!climb(start)) root_ = paths_.size() == 1 ? start : real_path(".");
  return true;
}

std::optional<SideSource> GitSides::side(const Revision& revision) {
  SideSource out{revision.label, {root_, {}, {}}, nullptr};
  if (!project_file_.empty() && is_there(revision, project_file_)) out.files.file = project_file_;
  for (const std::string& path : paths_) {
    const auto relative = relative_to(root_, path);
    if (!relative) {
      error_ = cat(quote(path), " is outside the project ", quote(root_));
      return std::nullopt;
    }
    // What is new, or gone, is simply not there on the other side.
    if (is_there(revision, path)) out.files.sources.push_back(*relative);
  }
  if (revision.commit.empty()) return out;
  const auto prefix = inside(root_);
  out.tree = repository_->files(revision.commit, prefix && *prefix != "." ? *prefix : "", error_);
  return out.tree ? std::optional(out) : std::nullopt;
}

std::optional<TwoSides> GitSides::find() {
  if (!open_repository() || !read_arguments()) return std::nullopt;
  const Revision* revisions[] = {&before_, &after_};
  for (int i = 0; i < 2; ++i)
    if (!revisions[i]->commit.empty() && !(trees_[i] = repository_->files(revisions[i]->commit, "", error_))) return std::nullopt;
  if (!find_project_folder()) return std::nullopt;
  const auto before = side(before_), after = before ? side(after_) : std::nullopt;
  if (!after) return std::nullopt;
  return TwoSides{*before, *after, false, false};
}

// ---- two clusters

std::optional<TwoSides> two_clusters(const Options& options, const std::vector<std::string_view>& names, std::string& error) {
  if (names.size() != 2) {
    error = cat("two clusters can be compared, not ", names.size());
    return std::nullopt;
  }
  const auto files = find_project(options.value("project"), options.arguments, error);
  if (!files) return std::nullopt;
  const auto side = [&](std::string_view name) { return SideSource{cat("cluster ", printable(name)), *files, nullptr, std::string(name)}; };
  return TwoSides{side(names[0]), side(names[1]), false, false};
}

}  // namespace

std::optional<TwoSides> find_sides(const Options& options, std::string& error) {
  const auto from = options.value("from"), to = options.value("to");
  if (from && to && options.arguments.empty()) return two_named(*from, *to, options.flag("rendered"), error);
  if (from || to) {
    error = from && to ? "--from and --to leave no room for a revision" : "--from and --to go together";
    return std::nullopt;
  }
  const bool kubectl = is_from_kubectl(options.arguments);
  if (options.flag("rendered") || kubectl) {
    if (options.arguments.size() == 2) {
      auto sides = two_named(options.arguments[0], options.arguments[1], true, error);
      if (sides && kubectl) {
        sides->by_kubectl = true;
        sides->before.label = "live";
        sides->after.label = "merged";
      }
      return sides;
    }
    error = "--rendered needs two folders, files or `-`";
    return std::nullopt;
  }
  const std::string clusters = options.value("cluster").value_or("");
  if (contains(clusters, ",")) return two_clusters(options, split(clusters, ','), error);
  return GitSides(options, error).find();
}

}  // namespace isvcc

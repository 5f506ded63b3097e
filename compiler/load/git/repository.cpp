#include "load/git/repository.h"

#include <chrono>

#include "base/text.h"
#include "load/git/tree.h"
#include "load/virtual_file_system.h"

namespace isvcc::git {
namespace {

// libgit2 counts its users; it is shut down when the last repository is closed.
class Library {
 public:
  Library() {
    git_libgit2_init();
    // Who owns the folder matters to programs that obey its configuration. Nothing of it is obeyed here, and in CI containers the work tree
    // belongs to somebody else as a rule.
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  }
  ~Library() { git_libgit2_shutdown(); }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
};

std::string hex(const git_oid& id) {
  char text[GIT_OID_HEXSZ + 1];
  return git_oid_tostr(text, sizeof text, &id);
}

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

std::string two_digits(int64_t value) { return cat(value < 10 ? "0" : "", value); }

// In UTC.
std::string rfc3339(const git_time& when) {
  const int64_t seconds = when.time;
  const int64_t days = (seconds - (((seconds % 86400) + 86400) % 86400)) / 86400, second = seconds - days * 86400;
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
  return cat(static_cast<int>(date.year()), '-', two_digits(static_cast<unsigned>(date.month())), '-', two_digits(static_cast<unsigned>(date.day())), 'T', two_digits(second / 3600), ':',
             two_digits(second / 60 % 60), ':', two_digits(second % 60), 'Z');
}

// A value that goes on in the next line stands in one.
std::string unfolded(std::string_view value) {
  std::string out;
  for (const std::string_view line : split(value, '\n')) out += cat(out.empty() ? "" : " ", trim(line));
  return out;
}

std::vector<std::string> trailers_of(const std::string& message) {
  git_message_trailer_array found = {};
  std::vector<std::string> out;
  if (git_message_trailers(&found, message.c_str()) != 0) return out;
  for (size_t i = 0; i < found.count; ++i) out.push_back(cat(found.trailers[i].key, ": ", unfolded(found.trailers[i].value)));
  git_message_trailer_array_free(&found);
  return out;
}

class Opened : public Repository {
 public:
  Opened(std::shared_ptr<const Library> library, RepositoryHandle handle)
      : library_(std::move(library)), handle_(std::move(handle)), handles_(std::make_shared<Handles>(git_repository_path(handle_.get()), library_)) {}

  std::string work_tree() const override {
    const char* path = git_repository_workdir(handle_.get());
    return path ? without_slash(path) : std::string();
  }

  std::optional<std::string> commit(const std::string& revision, std::string& error) const override {
    git_object *found = nullptr, *peeled = nullptr;
    if (git_revparse_single(&found, handle_.get(), revision.c_str()) != 0) {
      error = unknown(revision);
      return std::nullopt;
    }
    const ObjectHandle object(found);
    if (git_object_peel(&peeled, object.get(), GIT_OBJECT_COMMIT) != 0) {
      error = cat(quote(revision), " is no commit");
      return std::nullopt;
    }
    const ObjectHandle result(peeled);
    return hex(*git_object_id(result.get()));
  }

  std::optional<CommitFacts> facts(const std::string& commit) const override {
    git_oid id;
    git_commit* found = nullptr;
    if (git_oid_fromstr(&id, commit.c_str()) != 0 || git_commit_lookup(&found, handle_.get(), &id) != 0) return std::nullopt;
    const Owned<git_commit, git_commit_free> object(found);
    const git_signature* author = git_commit_author(found);
    const std::string_view message = trim(git_commit_message(found));
    const size_t end = message.find("\n\n");
    return CommitFacts{cat(author->name, " <", author->email, '>'), rfc3339(author->when), std::string(message.substr(0, end)),
                       std::string(end == std::string_view::npos ? "" : message.substr(end + 2)), trailers_of(std::string(message) + '\n')};
  }

  std::string origin() const override {
    git_remote* found = nullptr;
    if (git_remote_lookup(&found, handle_.get(), "origin") != 0) return {};
    const Owned<git_remote, git_remote_free> remote(found);
    const char* url = git_remote_url(found);
    return url ? url : "";
  }

  std::optional<std::string> merge_base(const std::string& one, const std::string& two, std::string& error) const override {
    git_oid a, b, base;
    if (git_oid_fromstr(&a, one.c_str()) == 0 && git_oid_fromstr(&b, two.c_str()) == 0 && git_merge_base(&base, handle_.get(), &a, &b) == 0) return hex(base);
    error = cat("no common ancestor of ", one.substr(0, 12), " and ", two.substr(0, 12), shallow_hint());
    return std::nullopt;
  }

  std::shared_ptr<const FileSystem> files(const std::string& commit, const std::string& prefix, std::string& error) const override {
    git_oid id;
    git_object *found = nullptr, *peeled = nullptr;
    if (git_oid_fromstr(&id, commit.c_str()) != 0 || git_object_lookup(&found, handle_.get(), &id, GIT_OBJECT_ANY) != 0) {
      error = last_error();
      return nullptr;
    }
    const ObjectHandle object(found);
    if (git_object_peel(&peeled, object.get(), GIT_OBJECT_TREE) != 0) {
      error = last_error();
      return nullptr;
    }
    const ObjectHandle root(peeled);
    if (prefix.empty()) return std::make_shared<TreeFiles>(handles_, *git_object_id(root.get()));
    git_tree_entry* entry = nullptr;
    if (git_tree_entry_bypath(&entry, reinterpret_cast<git_tree*>(root.get()), prefix.c_str()) != 0) return std::make_shared<VirtualFileSystem>();
    const Owned<git_tree_entry, git_tree_entry_free> folder(entry);
    if (git_tree_entry_type(folder.get()) != GIT_OBJECT_TREE) return std::make_shared<VirtualFileSystem>();
    return std::make_shared<TreeFiles>(handles_, *git_tree_entry_id(folder.get()));
  }

 private:
  std::string shallow_hint() const {
    return git_repository_is_shallow(handle_.get()) == 1 ? "; the clone is shallow, `git fetch --unshallow` (or fetch-depth: 0) gets the rest" : "";
  }
  std::string unknown(const std::string& revision) const { return cat("no revision ", quote(revision), shallow_hint()); }

  std::shared_ptr<const Library> library_;
  RepositoryHandle handle_;
  std::shared_ptr<const Handles> handles_;
};

}  // namespace

std::shared_ptr<Repository> Repository::open(const std::string& folder, std::string& error) {
  auto library = std::make_shared<const Library>();
  git_repository* opened = nullptr;
  if (git_repository_open_ext(&opened, folder.c_str(), GIT_REPOSITORY_OPEN_CROSS_FS, nullptr) == 0)
    return std::make_shared<Opened>(std::move(library), RepositoryHandle(opened));
  error = cat(quote(folder), " is in no Git repository");
  return nullptr;
}

}  // namespace isvcc::git

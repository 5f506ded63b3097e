#pragma once
// Commits of a Git repository as file systems, read straight from its object store: nothing is checked out, no program is run, no hook or
// filter of the repository's configuration is obeyed. libgit2 appears in this folder only.
#include <memory>
#include <optional>
#include <string>

#include "load/file_system.h"

namespace isvcc::git {

// What a commit says about itself.
struct CommitFacts {
  std::string author;   // "Name <address>"
  std::string date;     // of the author, RFC 3339, in UTC
  std::string subject, body;  // before and after the first empty line of the message
  std::vector<std::string> trailers;  // "key: value", continued lines joined
};

class Repository {
 public:
  // The repository that holds `folder`. Null, and `error`, when there is none.
  static std::shared_ptr<Repository> open(const std::string& folder, std::string& error);
  virtual ~Repository() = default;

  // Absolute, without a final slash; empty for a bare repository.
  virtual std::string work_tree() const = 0;
  // The commit that a revision names (HEAD~2, origin/main, a tag, …) as hex digits. Nothing and `error` when there is none.
  virtual std::optional<std::string> commit(const std::string& revision, std::string& error) const = 0;
  // Nothing when there is no such commit.
  virtual std::optional<CommitFacts> facts(const std::string& commit) const = 0;
  // Where `origin` is, as configured; empty when there is none.
  virtual std::string origin() const = 0;
  // The best common ancestor of two commits.
  virtual std::optional<std::string> merge_base(const std::string& one, const std::string& two, std::string& error) const = 0;
  // The folder `prefix` ("" for the top) of a commit, read by any number of threads. An absent folder is an empty one. Null and `error`
  // when the commit cannot be read.
  virtual std::shared_ptr<const FileSystem> files(const std::string& commit, const std::string& prefix, std::string& error) const = 0;
};

// "A..B", "A...B" or "A" taken apart; an end that is left out is HEAD.
struct Range {
  std::string from;
  std::optional<std::string> to;  // nothing: the work tree
  bool from_merge_base = false;   // "A...B": from where B left A
};
Range read_range(const std::string& text);

}  // namespace isvcc::git

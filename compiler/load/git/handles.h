#pragma once
// libgit2's objects belong to one thread at a time: each reader borrows a handle of the repository and gives it back.
#include <git2.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace isvcc::git {

template <class T, void (*release)(T*)>
struct Release {
  void operator()(T* object) const { release(object); }
};
template <class T, void (*release)(T*)>
using Owned = std::unique_ptr<T, Release<T, release>>;

using RepositoryHandle = Owned<git_repository, git_repository_free>;
using ObjectHandle = Owned<git_object, git_object_free>;
using TreeHandle = Owned<git_tree, git_tree_free>;
using BlobHandle = Owned<git_blob, git_blob_free>;
using OdbHandle = Owned<git_odb, git_odb_free>;

// libgit2's words for what just failed in this thread.
std::string last_error();

class Handles {
 public:
  // `path` is the repository's own folder (".git"); `library` is kept for as long as handles are open.
  Handles(std::string path, std::shared_ptr<const void> library) : library_(std::move(library)), path_(std::move(path)) {}

  class Borrowed {
   public:
    Borrowed(const Handles& from, RepositoryHandle handle) : from_(from), handle_(std::move(handle)) {}
    ~Borrowed() { from_.give_back(std::move(handle_)); }
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;
    // Null when the repository went away.
    git_repository* get() const { return handle_.get(); }

   private:
    const Handles& from_;
    RepositoryHandle handle_;
  };
  Borrowed borrow() const;

 private:
  void give_back(RepositoryHandle handle) const;

  std::shared_ptr<const void> library_;
  std::string path_;
  mutable std::mutex mutex_;
  mutable std::vector<RepositoryHandle> free_;
};

}  // namespace isvcc::git

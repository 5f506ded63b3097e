#include "load/git/handles.h"

namespace isvcc::git {

std::string last_error() {
  const git_error* error = git_error_last();
  return error && error->message ? error->message : "unknown error";
}

Handles::Borrowed Handles::borrow() const {
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      RepositoryHandle handle = std::move(free_.back());
      free_.pop_back();
      return {*this, std::move(handle)};
    }
  }
  git_repository* opened = nullptr;
  git_repository_open_ext(&opened, path_.c_str(), GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT, nullptr);
  return {*this, RepositoryHandle(opened)};
}

void Handles::give_back(RepositoryHandle handle) const {
  if (!handle) return;
  const std::lock_guard lock(mutex_);
  free_.push_back(std::move(handle));
}

}  // namespace isvcc::git

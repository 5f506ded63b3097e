#pragma once
// Which paths to leave out: the patterns of .gitignore, of which we know comments, `!`, `/`, a trailing `/`, `*`, `**`, `?`, `[…]`
// and `\`. Reads no files itself. Characters are bytes: `?` stands for one.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace isvcc {

class IgnoreRules {
 public:
  IgnoreRules();
  IgnoreRules(IgnoreRules&&) noexcept;
  IgnoreRules& operator=(IgnoreRules&&) noexcept;
  ~IgnoreRules();

  // Adds one line of an ignore file in `folder` (a path from the root, "" for the root). Later rules win over earlier ones.
  // False when the pattern is not valid; blank lines and comments are valid and add nothing.
  bool add(std::string_view folder, std::string_view line);
  // Whether the last rule that speaks of `path` (from the root) leaves it out. The folders above it are not looked at.
  bool ignores(std::string_view path, bool is_folder) const;

  // How many rules there are; and forgets all but the first `count`.
  size_t count() const;
  void keep(size_t count);

 private:
  struct Rule;
  std::vector<std::unique_ptr<Rule>> rules_;
};

}  // namespace isvcc

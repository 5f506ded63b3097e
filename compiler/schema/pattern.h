#pragma once
// One regular expression of a schema. Compiled when it is first needed, then shared by all threads. Go's syntax: RE2.
#include <memory>
#include <string>
#include <string_view>

namespace isvcc {

class Pattern {
 public:
  explicit Pattern(std::string_view text);
  ~Pattern();
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;

  const std::string& text() const { return text_; }
  // Anywhere in the value, as Go's MatchString. An expression that does not compile matches nothing.
  bool matches(std::string_view value) const;
  // The first part of the value that matches, empty when none does.
  std::string_view find(std::string_view value) const;
  // Empty when the expression compiles.
  std::string error() const;

 private:
  struct Compiled;
  const Compiled& compiled() const;

  std::string text_;
  mutable std::unique_ptr<Compiled> compiled_;
};

}  // namespace isvcc

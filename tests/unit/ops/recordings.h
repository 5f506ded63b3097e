#pragma once
// Recorded cases as data: one file of fixtures/, read once.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>

#include "support/files.h"
#include "support/json_text.h"

namespace isvcc::test {

// Lives as long as the program: the cases are views into it.
class Recording {
 public:
  explicit Recording(const std::string& name) : text_(fixture(name)), root_(read_json(text_, arena_)) {}
  View root() const { return root_; }
  View operator[](std::string_view key) const { return root_[key]; }

 private:
  Arena arena_;
  std::string text_;
  View root_;
};

}  // namespace isvcc::test

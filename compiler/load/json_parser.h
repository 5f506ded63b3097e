#pragma once
// Strict JSON (RFC 8259) → nodes, without recursion: depth, sizes and duplicate keys are the TreeBuilder's business.
#include <string_view>

#include "load/tree_builder.h"

namespace isvcc {

class JsonParser {
 public:
  // Reads `text` from byte `at` on; all of it must be UTF-8.
  JsonParser(std::string_view text, size_t at, TreeBuilder& tree, Arena& arena) : text_(text), at_(at), tree_(tree), arena_(arena) {}

  // Goes behind blanks; true at the end of the text.
  bool at_end();
  // Reads the next value; false when it is no JSON: tree.problem() says why. The value is tree.last().
  bool value();
  size_t position() const { return at_; }

 private:
  bool element();
  bool scalar();
  bool open(Kind kind);
  bool close();
  bool member();
  bool string(std::string_view& out);
  bool escaped_string(size_t begin, std::string_view& out);
  bool escape(std::string& out);
  bool unicode_escape(std::string& out);
  bool hex4(uint32_t& value);
  bool number();
  bool word(std::string_view word, const Node& node);
  bool after_value();
  bool fail(std::string message, size_t at);
  bool unexpected(std::string_view wanted);
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip_blanks();

  std::string_view text_;
  size_t at_, base_depth_ = 0;
  TreeBuilder& tree_;
  Arena& arena_;
};

}  // namespace isvcc

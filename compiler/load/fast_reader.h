#pragma once
// The state of the fast reader, between its two files: lines and blocks in fast_yaml.cpp, scalars and brackets in fast_scalars.cpp.
// Not for others; read_fast() is.
#include "load/fast_yaml.h"

namespace isvcc {

// A function that returns false has met something that is not ours.
class FastReader {
 public:
  FastReader(YamlBuilder& builder, size_t begin, size_t end)
      : tree_(builder.tree()), arena_(builder.arena()), text_(builder.text()), data_(text_.data()), at_(begin), end_(end) {}

  bool document();

 private:
  enum class Where : uint8_t { Block, Flow };
  enum class Owner : uint8_t { Key, Dash };  // of a value; below a key a list may stand at the column of its owner
  struct Scalar {
    std::string_view text;
    size_t begin = 0, end = 0;
    bool quoted = false;
  };
  struct Anchor {
    std::string_view name;
    const Node* node = nullptr;
    size_t nodes = 0, height = 0;
  };

  // lines
  bool next_line();
  bool rest_of_line();
  bool at_dash() const { return at_ < end_ && data_[at_] == '-' && (at_ + 1 == end_ || data_[at_ + 1] == ' ' || data_[at_ + 1] == '\n'); }
  bool at_line_end() const { return at_ >= end_ || data_[at_] == '\n'; }
  void skip_spaces() {
    while (at_ < end_ && data_[at_] == ' ') ++at_;
  }
  char peek() const { return at_ < end_ ? data_[at_] : '\n'; }
  char peek(size_t ahead) const { return at_ + ahead < end_ ? data_[at_ + ahead] : '\n'; }

  // block
  bool block(size_t column);
  bool map(size_t column);
  bool entry(size_t column);
  bool list(size_t column);
  bool item(size_t column);
  bool item_content(size_t column, size_t inner);
  bool value(size_t column, Owner owner);
  bool inline_value(size_t column);
  bool value_below(size_t column, Owner owner, size_t null_at);
  bool block_scalar(size_t column);
  bool key(const Scalar& scalar);
  bool scalar_end();

  // scalars
  bool plain(Scalar& out, Where where);
  bool quoted(Scalar& out);
  bool add(const Scalar& scalar);
  bool add_null(size_t at);

  // anchors
  bool anchored(size_t column, Owner owner);
  bool alias();
  std::string_view anchor_name();

  // flow
  bool flow(size_t depth);
  bool flow_list(size_t depth);
  bool flow_map(size_t depth);
  bool flow_item(size_t depth);
  bool flow_scalar(Scalar& out);
  bool flow_next(char close, bool& more);

  TreeBuilder& tree_;
  Arena& arena_;
  std::string_view text_;
  const char* data_;
  size_t at_, end_;
  size_t column_ = 0;  // of the line that next_line() found
  std::vector<Anchor> anchors_;
  size_t aliased_ = 0;
};

inline constexpr size_t kFastMaxDepth = 400;  // what the stack surely bears; the limit itself is the builder's

}  // namespace isvcc

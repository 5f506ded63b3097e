#pragma once
// Values in document order → nodes. Shared by every reader of YAML and JSON: knows limits, duplicate keys and merge keys.
// Knows nothing of syntax, tags or anchors, and reports nothing itself: readers turn its findings into diagnostics.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "load/limits.h"
#include "tree/node.h"

namespace isvcc {

// Why a document cannot be read. Offsets are bytes of the file.
struct Problem {
  Code code = Code::InvalidYaml;
  size_t begin = 0, end = 0;
  std::string message, hint;
  size_t label_at = 0;
  std::string label;  // a second place, when not empty
};

// One key given twice. The first value was given up for the second.
struct Duplicate {
  enum Kind : uint8_t { Written, MergeReplaces, MergedReplaced };
  Field first, second;
  Kind kind = Written;
};

class TreeBuilder {
 public:
  // Values of file 0 stand in no source: they count as `made` by what it says.
  TreeBuilder(FileId file, const Limits& limits, Arena& arena, Origin made = {}) : file_(file), made_(made), limits_(limits), arena_(arena) {}
  TreeBuilder(FileId, Limits&&, Arena&, Origin = {}) = delete;  // they are to outlive it

  // Forgets the document before.
  void reset();

  // All of these return false when the document has to be given up: problem() then says why.
  bool open(Kind kind, size_t offset);
  bool close(size_t end_of_token);  // 0: the end is not known
  bool key(std::string_view text, size_t offset);
  void merge_key(size_t offset);
  bool add(Node node, size_t offset, size_t end);
  // The same node in a second place; `nodes` and `height` as measured when it was built.
  bool share(const Node* node, size_t nodes, size_t height, size_t offset);

  bool in_map() const { return !frames_.empty() && frames_.back().map; }
  bool expects_key() const { return in_map() && !frames_.back().has_key; }
  bool merging() const { return in_map() && frames_.back().has_key && frames_.back().key.key_text == kMergeKey; }
  size_t depth() const { return frames_.size(); }
  // Values so far, with those below aliases.
  size_t nodes() const { return nodes_; }

  // The value completed last, and how many levels of lists and maps it has.
  const Node* last() const { return last_; }
  size_t last_height() const { return last_height_; }

  const Problem& problem() const { return problem_; }
  bool fail(Problem problem);
  bool fail(Limit limit, size_t offset);

  // Keys written twice, and keys that a merge replaced or that replaced a merged one; at most kMaxDuplicates of each are kept.
  static constexpr size_t kMaxDuplicates = 100;
  const std::vector<Duplicate>& duplicates() const { return duplicates_; }
  const std::vector<Duplicate>& replaced() const { return replaced_; }

 private:
  struct Frame {
    uint32_t base;    // first own element of fields_ or items_
    uint32_t offset;
    uint32_t height;  // levels below
    bool map, has_key, has_merge;
    Field key;        // waiting for its value
  };

  static const char* const kMergeKey;

  void place(Node& node, size_t begin, size_t end) const;
  bool put(const Node* node, size_t height);
  const Node* make_list(const Frame& frame, size_t end);
  const Node* make_map(const Frame& frame, size_t end);
  Node container(Kind kind, const Frame& frame, size_t end, size_t size) const;
  bool resolve_merges(size_t base);
  void drop_duplicates(size_t base);
  void note(Duplicate duplicate);

  FileId file_;
  Origin made_;
  const Limits& limits_;
  Arena& arena_;
  std::vector<Frame> frames_;
  std::vector<Field> fields_;
  std::vector<const Node*> items_;
  std::vector<Duplicate> duplicates_, replaced_;
  size_t nodes_ = 0, last_height_ = 0;
  const Node* last_ = nullptr;
  Problem problem_;
};

}  // namespace isvcc

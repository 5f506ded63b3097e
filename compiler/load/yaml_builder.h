#pragma once
// YAML events → nodes, with Kubernetes' meaning: YAML 1.1 scalars, tags, anchors and aliases, merge keys, keys made texts.
// Every YAML engine feeds one; offsets are bytes of the file, whatever the engine counts in.
#include <map>
#include <string_view>
#include <vector>

#include "load/scalar.h"
#include "load/tree_builder.h"

namespace isvcc {

enum class ScalarStyle : uint8_t { Plain, SingleQuoted, DoubleQuoted, Literal, Folded };

struct YamlToken {
  size_t begin = 0, end = 0;  // of the value, or from its anchor or tag on; end 0: not known
  std::string_view tag;       // a URI; "!" for the non-specific tag, empty for none
  std::string_view anchor;
  bool flow = false;          // a scalar inside brackets or braces
};

// Something worth a warning or a note; the document is good all the same.
struct Remark {
  Code code;
  size_t begin, end;
  std::string message, hint;
};

// Behind the anchors and tags that start at `at`, with the blanks, line ends and comments between them.
size_t skip_properties(std::string_view text, size_t at);

class YamlBuilder {
 public:
  YamlBuilder(std::string_view text, FileId file, const Limits& limits, Arena& arena) : text_(text), arena_(arena), tree_(file, limits, arena) {}

  void reset();

  // One function per event. False: the document has to be given up; problem() says why.
  bool scalar(const YamlToken& token, std::string_view value, ScalarStyle style);
  bool alias(std::string_view name, size_t begin, size_t end);
  bool open(Kind kind, const YamlToken& token);
  bool close(size_t end);
  bool fail(Problem problem) { return tree_.fail(std::move(problem)); }

  const Node* root() const { return tree_.last(); }
  std::string_view text() const { return text_; }
  Arena& arena() { return arena_; }
  TreeBuilder& tree() { return tree_; }
  const TreeBuilder& tree() const { return tree_; }
  const std::vector<Remark>& remarks() const { return remarks_; }

 private:
  struct Anchor {
    const Node* node = nullptr;  // null while the value is being read
    size_t nodes = 0, height = 0, steps = 0;
  };
  struct Start {  // of a list or map
    int anchor = -1;
    size_t nodes = 0, steps = 0;
  };

  size_t value_begin(const YamlToken& token) const;
  size_t value_end(const YamlToken& token, size_t begin, ScalarStyle style) const;
  std::string_view stable(std::string_view value, size_t begin, ScalarStyle style);
  std::optional<Node> resolve(const YamlToken& token, std::string_view value, ScalarStyle style);
  bool check_source(const YamlToken& token, size_t begin, std::string_view value, ScalarStyle style);
  bool check_tag(const YamlToken& token);
  bool refuse_tag(const YamlToken& token, std::string_view why);
  bool refuse_key(std::string_view what, size_t begin, size_t end);
  bool key(const Node& value, size_t begin, size_t end);
  bool step(size_t steps, size_t aliased, size_t offset);
  int declare(std::string_view anchor);
  void define(int anchor, const Start& start);
  void remark_scalar(const YamlToken& token, std::string_view value, const Node& node);
  void remark(Remark remark);

  std::string_view text_;
  Arena& arena_;
  TreeBuilder tree_;
  std::map<std::string_view, int> anchor_ids_;
  std::vector<Anchor> anchors_;
  std::vector<Start> starts_;
  std::vector<Remark> remarks_;
  size_t steps_ = 0, aliased_steps_ = 0;
};

}  // namespace isvcc

#include "ops/gotemplate.h"

#include <algorithm>
#include <unordered_map>

#include "base/arena.h"
#include "base/text.h"
#include "ops/gotemplate/evaluator.h"
#include "ops/gotemplate/html_escape.h"
#include "ops/gotemplate/parser.h"

namespace isvcc {

static gotemplate::EscapeResult escape(gotemplate::TemplateSet& set, Escaping escaping) {
  return escaping == Escaping::Html ? gotemplate::add_html_escapers(set) : gotemplate::EscapeResult();
}

static TemplateResult run_set(const gotemplate::TemplateSet& set, const TemplateData& data) {
  Arena arena(4096);
  gotemplate::RunResult result = gotemplate::run(set, gotemplate::GoValue::structure(data.fields, data.type), arena);
  return {std::move(result.text), std::move(result.error), result.limit};
}

TemplateResult run_template(std::string_view name, std::string_view text, const TemplateData& data, Escaping escaping) {
  gotemplate::TemplateSet set{name, text, {}, {}};
  if (std::string error = gotemplate::parse(set); !error.empty()) return {{}, std::move(error), false};
  if (gotemplate::EscapeResult escaped = escape(set, escaping); !escaped.error.empty()) return {{}, std::move(escaped.error), escaped.limit};
  return run_set(set, data);
}

// ---- pieces

// Templates may be called from everywhere, and a variable lives until the end of the text.
static bool stands_alone(const gotemplate::TemplateSet& set) {
  const gotemplate::Ast& root = *set.templates.begin()->second;
  const bool calls = std::any_of(set.nodes.begin(), set.nodes.end(), [](const gotemplate::Ast& node) { return node.kind == gotemplate::AstKind::Template; });
  return set.templates.size() == 1 && !calls && std::none_of(root.items.begin(), root.items.end(), [](const gotemplate::Ast* node) {
           return node->pipe && !node->pipe->declared.empty();
         });
}

namespace {

// Pieces that are parsed: the runtimes of a repository hold the same few, and all their services ask for them.
class Pieces {
 public:
  // Null for one that does not stand alone. Valid until the next call.
  const gotemplate::TemplateSet* find(std::string_view name, std::string_view text, Escaping escaping) {
    std::string key = cat(name, '\0', static_cast<int>(escaping), text);
    if (const auto known = pieces_.find(key); known != pieces_.end()) return known->second.usable();
    if (pieces_.size() >= kMost || text.size() > kLongest) pieces_.clear();
    auto& [own, piece] = *pieces_.try_emplace(std::move(key)).first;
    piece.set.name = std::string_view(own).substr(0, name.size());
    piece.set.text = std::string_view(own).substr(own.size() - text.size());
    piece.fine = gotemplate::parse(piece.set).empty() && stands_alone(piece.set) && escape(piece.set, escaping).error.empty();
    return piece.usable();
  }

 private:
  static constexpr size_t kMost = 256, kLongest = 4096;  // a long one is not kept beside others
  struct Piece {
    gotemplate::TemplateSet set = {};  // points into the key
    bool fine = false;
    const gotemplate::TemplateSet* usable() const { return fine ? &set : nullptr; }
  };
  std::unordered_map<std::string, Piece> pieces_;
};

}  // namespace

std::optional<std::string> run_template_piece(std::string_view name, std::string_view text, const TemplateData& data, Escaping escaping) {
  thread_local Pieces pieces;
  const gotemplate::TemplateSet* set = pieces.find(name, text, escaping);
  if (!set) return std::nullopt;
  TemplateResult result = run_set(*set, data);
  return result.error.empty() ? std::optional(std::move(result.text)) : std::nullopt;
}

std::string check_template(std::string_view name, std::string_view text) {
  gotemplate::TemplateSet set{name, text, {}, {}};
  return gotemplate::parse(set);
}

}  // namespace isvcc

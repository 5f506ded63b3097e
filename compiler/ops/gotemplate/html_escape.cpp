#include "ops/gotemplate/html_escape.h"

#include <deque>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "ops/gotemplate/functions.h"

namespace isvcc::gotemplate {

static constexpr size_t kMaxSteps = 200'000;
static constexpr int kMaxDepth = 500;

// Ends the walk; never leaves this file.
struct EscapeLimit {};

// Go's escape contexts, as far as plain text needs them: in the text, behind a {{break}}, or wrong.
// An error is shared by all contexts that came from it, because Go changes its text on the way.
struct EscapeError {
  const Ast* node;
  std::string text;
};
enum class EscapeState : uint8_t { Text, Dead, Wrong };
struct Context {
  EscapeState state = EscapeState::Text;
  EscapeError* error = nullptr;

  bool wrong() const { return state == EscapeState::Wrong; }
  bool dead() const { return state == EscapeState::Dead; }
};

struct LoopExits {
  std::vector<Context> breaks, continues;
};

// What is shared by all walkers of one template set.
struct EscapeRun {
  TemplateSet& set;
  std::deque<EscapeError> errors;
  std::set<Ast*> actions;  // get an escaper when all is well
  size_t steps = 0;
  int depth = 0;

  Context wrong(const Ast& node, std::string text) { return {EscapeState::Wrong, &errors.emplace_back(EscapeError{&node, std::move(text)})}; }
  void step(size_t count = 1) {
    if ((steps += count) > kMaxSteps || depth > kMaxDepth) throw EscapeLimit{};
  }
};

static bool is_predefined(std::string_view name) { return name == "html" || name == "urlquery"; }

static std::string_view function_of(const Ast& command) {
  return command.items[0]->kind == AstKind::Identifier ? command.items[0]->text : std::string_view();
}

static Context join(const Context& a, const Context& b) {
  if (a.wrong() || b.wrong()) return a.wrong() ? a : b;
  return a.dead() ? b : a;
}

// Mirrors html/template's escaper. After an error it goes on, so the last error counts, and it walks a wrong template twice.
class HtmlEscaper {
 public:
  explicit HtmlEscaper(EscapeRun& run) : run_(run) {}
  Context tree(const Context& context, const Ast& call, const std::string& name);

 private:
  Context list(Context context, const Ast* list);
  Context node(const Context& context, Ast* node);
  Context action(const Context& context, Ast* node);
  Context branch(const Context& context, const Ast* node);
  Context range_body(const Context& context, const Ast* node);
  Context join_exits(Context context, const LoopExits& exits) const;
  Context body(const Context& context, const std::string& key, const Ast* list, bool& fits);

  EscapeRun& run_;
  std::map<std::string, Context> output_;
  std::set<std::string> called_;
  LoopExits* loop_ = nullptr;
};

Context HtmlEscaper::list(Context context, const Ast* list) {
  if (!list) return context;
  for (Ast* item : list->items) {
    context = node(context, item);
    if (context.dead()) break;
  }
  return context;
}

Context HtmlEscaper::node(const Context& context, Ast* node) {
  run_.step();
  switch (node->kind) {
    case AstKind::Action: return action(context, node);
    case AstKind::If:
    case AstKind::With:
    case AstKind::Range: return branch(context, node);
    case AstKind::Template: return tree(context, *node, node->value);
    case AstKind::Break: loop_->breaks.push_back(context); return {EscapeState::Dead};
    case AstKind::Continue: loop_->continues.push_back(context); return {EscapeState::Dead};
    default: return context;
  }
}

Context HtmlEscaper::action(const Context& context, Ast* node) {
  const Ast& pipe = *node->pipe;
  if (!pipe.declared.empty()) return context;
  for (size_t i = 0; i + 1 < pipe.items.size(); ++i) {
    const std::string_view name = function_of(*pipe.items[i]);
    if (is_predefined(name)) return run_.wrong(*node, cat("predefined escaper ", go_quote(name), " disallowed in template"));
  }
  if (!context.wrong()) run_.actions.insert(node);
  return context;
}

Context HtmlEscaper::branch(const Context& context, const Ast* node) {
  ++run_.depth;
  Context first = node->kind == AstKind::Range ? range_body(context, node) : list(context, node->list);
  if (node->kind != AstKind::Range || !first.wrong()) first = join(first, list(context, node->otherwise));
  --run_.depth;
  return first;
}

// The body of a range must fit after itself, too.
Context HtmlEscaper::range_body(const Context& context, const Ast* node) {
  LoopExits exits, again;
  LoopExits* const outer = std::exchange(loop_, &exits);
  Context result = list(context, node->list);
  if (!result.wrong()) result = join_exits(result, exits);
  if (!result.wrong()) {
    loop_ = &again;
    result = join(result, list(result, node->list));
    if (result.wrong()) result.error->text = cat("on range loop re-entry: ", result.error->text);
    else result = join_exits(result, again);
  }
  loop_ = outer;
  return result;
}

Context HtmlEscaper::join_exits(Context context, const LoopExits& exits) const {
  const auto add = [&](const std::vector<Context>& contexts, std::string_view words) {
    for (const Context& exit : contexts) {
      if (context.wrong()) return;
      context = join(context, exit);
      if (context.wrong()) context.error->text = cat("at range loop ", words, ": ", context.error->text);
    }
  };
  add(exits.breaks, "break");
  add(exits.continues, "continue");
  return context;
}

Context HtmlEscaper::tree(const Context& context, const Ast& call, const std::string& name) {
  const std::string key = cat(name, context.wrong() ? "$htmltemplate_stateError" : "");
  called_.insert(key);
  if (const auto known = output_.find(key); known != output_.end()) return known->second;
  const auto found = run_.set.templates.find(name);
  if (found == run_.set.templates.end()) return run_.wrong(call, cat("no such template ", go_quote(name)));
  bool fits = false;
  Context result = body(context, key, found->second, fits);
  if (fits) return result;
  // Another try with the outcome as the start.
  const Context second = body(result, key, found->second, fits);
  if (fits) return second;
  if (!result.wrong()) return run_.wrong(*found->second, cat("cannot compute output context for template ", key));
  return result;
}

Context HtmlEscaper::body(const Context& context, const std::string& key, const Ast* list, bool& fits) {
  output_[key] = context;
  run_.step(output_.size());
  ++run_.depth;
  HtmlEscaper inner(run_);
  inner.output_ = output_;
  inner.loop_ = loop_;
  const Context result = inner.list(context, list);
  --run_.depth;
  fits = !result.wrong() && (!inner.called_.contains(key) || (context.state == result.state && context.error == result.error));
  if (fits) {
    output_ = std::move(inner.output_);
    called_.merge(inner.called_);
  }
  return result;
}

static Ast* bare_command(TemplateSet& set, std::string_view name, const Ast& at) {
  Ast* identifier = set.add({AstKind::Identifier, at.pos, at.line, name});
  Ast* command = set.add({AstKind::Command, 0, at.line});
  command->items.push_back(identifier);
  return command;
}

// {{html a b}} becomes {{_eval_args_ a b | html}}. A html at the end stands for the escaper and loses its arguments; urlquery comes before it.
static void add_escaper(TemplateSet& set, Ast* pipe) {
  Ast* last = pipe->items.back();
  const std::string_view name = function_of(*last);
  const bool alone = is_predefined(name) && pipe->items.size() == 1 && last->items.size() > 1;
  if (alone) {
    last->items[0] = set.add({AstKind::Identifier, last->items[0]->pos, last->line, kEvalArgs});
    pipe->items.push_back(bare_command(set, name, *pipe));
  }
  if (name == "html") pipe->items.back() = bare_command(set, "html", *pipe);
  else pipe->items.push_back(bare_command(set, kHtmlEscaper, *pipe));
}

EscapeResult add_html_escapers(TemplateSet& set) {
  EscapeRun run{set, {}, {}};
  const Ast& root = *set.templates.find(set.name)->second;
  try {
    const Context result = HtmlEscaper(run).tree({}, root, std::string(set.name));
    if (result.wrong()) return {cat("html/template:", location_of(set, *result.error->node), ": ", result.error->text), false};
  } catch (const EscapeLimit&) {
    return {cat("html/template:", set.name, ": templates are nested too deeply"), true};
  }
  for (Ast* action : run.actions) add_escaper(set, action->pipe);
  return {};
}

}  // namespace isvcc::gotemplate

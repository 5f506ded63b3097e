#include "load/yaml_builder.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace isvcc {

void YamlBuilder::reset() {
  tree_.reset();
  anchor_ids_.clear();
  anchors_.clear();
  starts_.clear();
  remarks_.clear();
  steps_ = 1;  // go-yaml counts the document itself
  aliased_steps_ = 0;
}

// ---- aliases: how much of a document may come from them

// Mirrors allowedAliasRatio() of go-yaml v2: 99 % for small documents, sliding to 10 % for very large ones.
static double allowed_share(size_t steps) {
  constexpr double kLow = 400'000, kHigh = 4'000'000;
  const auto n = static_cast<double>(steps);
  if (n <= kLow) return 0.99;
  return n >= kHigh ? 0.10 : 0.99 - 0.89 * (n - kLow) / (kHigh - kLow);
}

bool YamlBuilder::step(size_t steps, size_t aliased, size_t offset) {
  steps_ += steps;
  aliased_steps_ += aliased;
  if (aliased_steps_ <= 100 || steps_ <= 1000) return true;
  if (static_cast<double>(aliased_steps_) / static_cast<double>(steps_) <= allowed_share(steps_)) return true;
  return fail({Code::ExcessiveAliasing, offset, offset, "the document consists nearly only of expanded aliases", "write the values out", 0, {}});
}

int YamlBuilder::declare(std::string_view anchor) {
  if (anchor.empty()) return -1;
  const int id = static_cast<int>(anchors_.size());
  anchors_.emplace_back();
  anchor_ids_[arena_.copy(anchor)] = id;
  return id;
}

void YamlBuilder::define(int anchor, const Start& start) {
  if (anchor < 0) return;
  anchors_[static_cast<size_t>(anchor)] = {tree_.last(), tree_.nodes() - start.nodes, tree_.last_height(), steps_ - start.steps};
}

bool YamlBuilder::alias(std::string_view name, size_t begin, size_t end) {
  const auto found = anchor_ids_.find(name);
  if (found == anchor_ids_.end())
    return fail({Code::BadAlias, begin, end, cat("no anchor ", quote(name), " stands before this alias"), "anchors do not reach beyond their document", 0, {}});
  const Anchor& anchor = anchors_[static_cast<size_t>(found->second)];
  if (!anchor.node) return fail({Code::BadAlias, begin, end, cat("the value of anchor ", quote(name), " contains itself"), {}, 0, {}});
  if (!step(1 + anchor.steps, anchor.steps, begin)) return false;
  if (tree_.expects_key()) return key(*anchor.node, begin, end);
  if (tree_.merging() && anchor.node->kind == Kind::List)
    return fail({Code::BadMerge, begin, end, cat("`<<` merges mappings; ", quote(name), " is a list"), "name the mappings: `<<: [*a, *b]`", 0, {}});
  return tree_.share(anchor.node, anchor.nodes, anchor.height, begin);
}

// ---- places and texts

size_t skip_properties(std::string_view text, size_t at) {
  static constexpr std::string_view kSpace = " \t\r\n";
  while (at < text.size() && (text[at] == '&' || text[at] == '!')) {
    at = std::min(text.find_first_of(kSpace, at), text.size());
    at = std::min(text.find_first_not_of(kSpace, at), text.size());
    while (at < text.size() && text[at] == '#') {
      at = std::min(text.find('\n', at), text.size());
      at = std::min(text.find_first_not_of(kSpace, at), text.size());
    }
  }
  return at;
}

// Engines count the anchor and the tag to the value.
size_t YamlBuilder::value_begin(const YamlToken& token) const {
  if (token.tag.empty() && token.anchor.empty()) return token.begin;
  const size_t at = skip_properties(text_, token.begin);
  return token.end == 0 ? at : std::min(at, token.end);
}

static bool is_block(ScalarStyle style) { return style == ScalarStyle::Literal || style == ScalarStyle::Folded; }

// Engines count empty lines to a block scalar; it ends with its last character.
size_t YamlBuilder::value_end(const YamlToken& token, size_t begin, ScalarStyle style) const {
  if (!is_block(style) || token.end <= begin) return token.end;
  return begin + trim(text_.substr(begin, token.end - begin)).size();
}

static bool is_quoted(ScalarStyle style) { return style == ScalarStyle::SingleQuoted || style == ScalarStyle::DoubleQuoted; }

// The value as a view that lives as long as the arena: into the file where it stands there word for word.
std::string_view YamlBuilder::stable(std::string_view value, size_t begin, ScalarStyle style) {
  if (!is_block(style)) {
    const size_t at = std::min(begin + (is_quoted(style) ? 1 : 0), text_.size());
    const std::string_view source = text_.substr(at, value.size());
    if (source == value) return source;
  }
  return arena_.copy(value);
}

// ---- scalars

// libyaml and yaml-cpp know `\/`, Kubernetes' parser does not. The token of a double-quoted scalar with escapes; npos: none.
static size_t find_slash_escape(std::string_view token) {
  for (size_t i = token.find('\\'); i != std::string_view::npos && i + 1 < token.size(); i = token.find('\\', i + 2))
    if (token[i + 1] == '/') return i;
  return std::string_view::npos;
}

bool YamlBuilder::refuse_tag(const YamlToken& token, std::string_view why) {
  const std::string_view tag = token.tag;
  static constexpr std::string_view kPrefix = "tag:yaml.org,2002:";
  const std::string shown = starts_with(tag, kPrefix) ? cat("!!", tag.substr(kPrefix.size())) : std::string(tag);
  return fail({Code::BadTag, token.begin, token.begin, cat("the tag ", quote(shown), " ", why), "remove the tag; quote the value if it is a text", 0, {}});
}

// Kind, value and `quoted`; the text of a String may still belong to the engine.
std::optional<Node> YamlBuilder::resolve(const YamlToken& token, std::string_view value, ScalarStyle style) {
  const Tag tag = tag_of_uri(token.tag);
  Node node;
  if (tag == Tag::None && style == ScalarStyle::Plain) return resolve_plain(value);
  if (tag == Tag::None || tag == Tag::NonSpecific) {
    node.kind = Kind::String;
    node.text = value.data();
    node.size = static_cast<uint32_t>(value.size());
  } else if (tag == Tag::Unknown || tag == Tag::Collection) {
    refuse_tag(token, tag == Tag::Unknown ? "is not one that Kubernetes knows" : "does not fit a single value");
    return std::nullopt;
  } else if (const std::optional<Node> tagged = resolve_tagged(tag, value, arena_)) {
    node = *tagged;
  } else {
    refuse_tag(token, cat("does not fit ", quote(value, 40)));
    return std::nullopt;
  }
  node.quoted = style != ScalarStyle::Plain;
  return node;
}

// What libyaml has learnt to accept since Kubernetes' parser was derived from it.
bool YamlBuilder::check_source(const YamlToken& token, size_t begin, std::string_view value, ScalarStyle style) {
  if (style == ScalarStyle::Plain && token.flow) {
    const size_t mark = value.find('?');
    if (mark == std::string_view::npos) return true;
    return fail({Code::InvalidYaml, begin, token.end, "a question mark cannot be part of an unquoted value in brackets or braces", "quote the value", 0, {}});
  }
  if (style != ScalarStyle::DoubleQuoted) return true;
  const size_t slash = find_slash_escape(text_.substr(begin, token.end - begin));
  if (slash == std::string_view::npos) return true;
  return fail({Code::InvalidYaml, begin + slash, begin + slash + 2, "found unknown escape character", {}, 0, {}});
}

// A comma or bracket right behind a tag belongs to the tag for Kubernetes' parser, not for libyaml; yaml-cpp lets a tag end where a quote begins.
bool YamlBuilder::check_tag(const YamlToken& token) {
  if (token.tag.empty()) return true;
  const std::string_view source = text_.substr(token.begin, 4096);
  const size_t tag = source.find('!');
  const std::string_view word = source.substr(std::min(tag, source.size()), source.find_first_of(" \t\r\n", tag) - tag);
  if (starts_with(word, "!<") || word.find_first_of(",[]{}\"|>") == std::string_view::npos) return true;
  return fail({Code::BadTag, token.begin, token.begin, "a tag must be followed by a blank", "remove the tag", 0, {}});
}

bool YamlBuilder::scalar(const YamlToken& token, std::string_view value, ScalarStyle style) {
  const bool as_key = tree_.expects_key();
  const size_t begin = value_begin(token);
  const size_t end = value_end(token, begin, style);
  const Tag tag = tag_of_uri(token.tag);
  if (as_key && value == "<<" && (tag == Tag::Merge || (tag == Tag::None && style == ScalarStyle::Plain))) {
    tree_.merge_key(begin);
    return true;
  }
  // Kubernetes' parser merges here although the key is a text.
  if (as_key && value == "<<" && starts_with(text_.substr(token.begin), "!")) return refuse_tag(token, "does not fit a merge key");
  const Start start{-1, tree_.nodes(), steps_};
  if (!step(1, 0, begin) || !check_tag(token)) return false;
  std::optional<Node> node = resolve(token, value, style);
  if (!node) return false;
  if (node->kind == Kind::String && node->text == value.data()) node->text = stable(value, begin, style).data();
  if (!check_source(token, begin, value, style)) return false;
  if (style == ScalarStyle::Plain) remark_scalar({begin, end, token.tag, {}, token.flow}, value, *node);
  const int anchor = declare(token.anchor);
  if (as_key) {
    if (anchor >= 0) anchors_.back() = {arena_.make(*node), 1, 0, 1};
    return key(*node, begin, end);
  }
  if (node->kind == Kind::Float && !std::isfinite(node->d))
    return fail({Code::NotFinite, begin, end, cat(quote(value), " is not a number that JSON can hold"), "quote it if it is meant as a text", 0, {}});
  if (!tree_.add(*node, begin, end)) return false;
  define(anchor, start);
  return true;
}

bool YamlBuilder::refuse_key(std::string_view what, size_t begin, size_t end) {
  const bool template_text = starts_with(text_.substr(std::min(begin, text_.size())), "{") && begin > 0 && text_[begin - 1] == '{';
  return fail({Code::BadKey, begin, end, cat(what, " cannot be a key"), template_text ? "quote values that contain {{…}}" : "quote the key", 0, {}});
}

bool YamlBuilder::key(const Node& value, size_t begin, size_t end) {
  if (value.kind == Kind::List) return refuse_key("a list", begin, end);
  if (value.kind == Kind::Map) return refuse_key("a mapping", begin, end);
  const std::optional<std::string_view> text = key_text(value, arena_);
  if (!text) return refuse_key(value.kind == Kind::Null ? "null" : "an integer above 9223372036854775807", begin, end);
  return tree_.key(*text, begin);
}

// ---- lists and maps

bool YamlBuilder::open(Kind kind, const YamlToken& token) {
  const size_t begin = value_begin(token);
  if (tree_.expects_key()) return refuse_key(kind == Kind::Map ? "a mapping" : "a list", begin, begin);
  if (!check_tag(token)) return false;
  if (tag_of_uri(token.tag) == Tag::Unknown) return refuse_tag(token, "is not one that Kubernetes knows");
  starts_.push_back({declare(token.anchor), tree_.nodes(), steps_});
  return step(1, 0, begin) && tree_.open(kind, begin);
}

bool YamlBuilder::close(size_t end) {
  const Start start = starts_.back();
  starts_.pop_back();
  if (!tree_.close(end)) return false;
  define(start.anchor, start);
  return true;
}

// ---- remarks

static constexpr size_t kMaxRemarks = 100;

void YamlBuilder::remark(Remark remark) {
  if (remarks_.size() < kMaxRemarks) remarks_.push_back(std::move(remark));
}

// An indented `---` that the parser took into a plain text of several lines.
static bool holds_separator(std::string_view source) {
  size_t newline = source.find('\n');
  while (newline != std::string_view::npos) {
    const size_t end = source.find('\n', newline + 1);
    if (trim(source.substr(newline + 1, end - newline - 1)) == "---") return true;
    newline = end;
  }
  return false;
}

void YamlBuilder::remark_scalar(const YamlToken& token, std::string_view value, const Node& node) {
  const bool verbatim = node.kind != Kind::String || (node.text >= text_.data() && node.text <= text_.data() + text_.size());
  if (!verbatim && holds_separator(text_.substr(token.begin, std::max(token.begin, token.end) - token.begin)))
    return remark({Code::IndentedSeparator, token.begin, token.end, cat("an indented `---` became part of ", quote(value, 60)), "start the line with the dashes"});
  if (node.kind == Kind::Null || !token.tag.empty() || !is_ambiguous(value, node)) return;
  const std::string meaning = node.kind == Kind::Bool ? (node.b ? "true" : "false") : node.kind == Kind::String ? "a text" : number_text(node);
  remark({Code::AmbiguousScalar, token.begin, token.end, cat(quote(value, 40), " is read as ", meaning, "; other YAML readers differ"),
          "quote it if it is a text"});
}

}  // namespace isvcc

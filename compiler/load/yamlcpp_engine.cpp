// yaml-cpp, the second engine. Only this file knows it. Its 0.7.0 accepts much that Kubernetes refuses and may never end, so it is
// trusted with structure only: quoted and block scalars are decoded from the source, and every document has to be one document.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <istream>
#include <streambuf>
#include <vector>

#include "base/text.h"
#include "load/source_scalar.h"
#include "load/yaml_engine.h"

namespace isvcc {

namespace {

// A view as a stream, without a copy.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());
    setg(begin, begin, begin + text.size());
  }
};

struct Stop {};  // the builder gave up

class Handler : public YAML::EventHandler {
 public:
  Handler(YamlBuilder& builder, size_t begin, size_t end) : builder_(builder), text_(builder.text()), base_(begin), end_(end) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override {
    open(Kind::List, mark, tag, anchor, style);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override {
    open(Kind::Map, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }
  void OnAnchor(const YAML::Mark& mark, const std::string& name) override;

  size_t offset(const YAML::Mark& mark) const { return std::min(base_ + static_cast<size_t>(std::max(mark.pos, 0)), end_); }
  bool any() const { return any_; }

 private:
  struct Frame {
    bool map, flow;
    int column;
    size_t key = 0, key_end = 0;  // the last key; key_end 0: not known
  };

  void open(Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style);
  void close();
  void need(bool good) {
    any_ = true;
    if (!good) throw Stop();
  }
  void refuse(size_t at, std::string_view message) { need(builder_.fail({Code::InvalidYaml, at, at, std::string(message), {}, 0, {}})); }
  void place_value(size_t at);
  void check_colon();
  int column_of(size_t at) const;
  bool in_flow() const { return !frames_.empty() && frames_.back().flow; }
  void scalar(const YAML::Mark& mark, std::string_view tag, YAML::anchor_t anchor, std::string_view value);
  YamlToken token(const YAML::Mark& mark, std::string_view tag, YAML::anchor_t anchor, ScalarStyle style);
  ScalarStyle style_at(size_t at) const;

  YamlBuilder& builder_;
  std::string_view text_;
  size_t base_, end_;
  bool any_ = false;
  std::string anchor_name_;
  std::vector<Frame> frames_;
};

int Handler::column_of(size_t at) const {
  const size_t newline = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
  const size_t line = newline == std::string_view::npos ? base_ : std::max(newline + 1, base_);
  return static_cast<int>(at - line);
}

// A value on a later line than its key has to be indented deeper than the map; a dash must not be followed by a tab.
void Handler::place_value(size_t at) {
  if (in_flow()) return;
  const auto column = static_cast<size_t>(column_of(at));
  const std::string_view before = text_.substr(at - column, column);
  if (contains(before, "\t") && trim(before).empty()) refuse(at, "found character that cannot start any token");
  if (frames_.empty()) return;
  Frame& frame = frames_.back();
  if (!frame.map) {
    const size_t blank = text_.find_last_not_of(" \t", at - std::min<size_t>(at, 1));
    if (blank != std::string_view::npos && text_[blank] == '-' && contains(text_.substr(blank, at - blank), "\t")) refuse(blank + 1, "found character that cannot start any token");
    return;
  }
  if (builder_.tree().expects_key()) {
    frame.key = at;
    frame.key_end = 0;
    return;
  }
  if (text_.substr(frame.key, at - std::min(at, frame.key)).find('\n') == std::string_view::npos) return;
  if (column_of(at) <= frame.column) refuse(at, "could not find expected ':'");
}

// yaml-cpp takes a line without a colon for a key without a value.
void Handler::check_colon() {
  if (in_flow() || frames_.empty() || !frames_.back().map || frames_.back().key_end == 0) return;
  const Frame& frame = frames_.back();
  const size_t before = frame.key == 0 ? std::string_view::npos : text_.find_last_not_of(" \t", frame.key - 1);
  if (before != std::string_view::npos && before >= base_ && text_[before] == '?') return;
  const size_t after = text_.find_first_not_of(" \t", frame.key_end);
  if (after == std::string_view::npos || text_[after] != ':') refuse(frame.key_end, "could not find expected ':'");
}

ScalarStyle Handler::style_at(size_t at) const {
  switch (at < end_ ? text_[at] : '\0') {
    case '\'': return ScalarStyle::SingleQuoted;
    case '"': return ScalarStyle::DoubleQuoted;
    case '|': return ScalarStyle::Literal;
    case '>': return ScalarStyle::Folded;
    default: return ScalarStyle::Plain;
  }
}

// yaml-cpp marks what has no tag: `?` for plain, `!` for other scalars.
YamlToken Handler::token(const YAML::Mark& mark, std::string_view tag, YAML::anchor_t anchor, ScalarStyle style) {
  YamlToken result;
  result.begin = offset(mark);
  result.flow = in_flow();
  if (tag != "?" && !(tag == "!" && style != ScalarStyle::Plain)) result.tag = tag;
  anchor_name_ = anchor == YAML::NullAnchor ? std::string() : cat(anchor);
  result.anchor = anchor_name_;
  return result;
}

void Handler::OnAnchor(const YAML::Mark& mark, const std::string& name) {
  for (char c : name)
    if (!(c == '-' || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
      refuse(offset(mark), "did not find expected alphabetic or numeric character");
}

void Handler::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  place_value(offset(mark));
  need(builder_.alias(cat(anchor), offset(mark), offset(mark)));
}

void Handler::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const size_t at = offset(mark);
  // `[1,,2]`: nothing between two commas.
  if (in_flow() && !frames_.back().map && text_.substr(at, 1) == ",") refuse(at, "did not find expected node content");
  YamlToken empty = token(mark, "?", anchor, ScalarStyle::Plain);
  empty.end = empty.begin;
  if (builder_.tree().expects_key()) place_value(at);
  else check_colon();
  need(builder_.scalar(empty, {}, ScalarStyle::Plain));
}

void Handler::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) {
  scalar(mark, tag, anchor, value);
}

void Handler::scalar(const YAML::Mark& mark, std::string_view tag, YAML::anchor_t anchor, std::string_view value) {
  const size_t at = std::min(skip_properties(text_, offset(mark)), end_);
  const ScalarStyle style = value.empty() && !contains("'\"|>", text_.substr(at, 1)) ? ScalarStyle::Plain : style_at(at);
  YamlToken where = token(mark, tag, anchor, style);
  const bool key = builder_.tree().expects_key();
  if (key || style != ScalarStyle::Plain || !value.empty()) place_value(at);
  if (style == ScalarStyle::Plain) {
    const bool verbatim = text_.substr(at, value.size()) == value;
    where.end = verbatim ? at + value.size() : 0;
    if (key && !verbatim && !in_flow()) refuse(at, "could not find expected ':'");
    if (key && in_flow() && contains("}],", text_.substr(where.end + 1, 1))) refuse(at, "found unexpected ':'");
    if (key && !frames_.empty()) frames_.back().key_end = where.end;
    return need(builder_.scalar(where, value, style));
  }
  SourceScalar source;
  Problem problem;
  size_t next = 0;
  const bool quoted = style == ScalarStyle::SingleQuoted || style == ScalarStyle::DoubleQuoted;
  const int indent = frames_.empty() ? -1 : frames_.back().column;
  const bool good = quoted ? decode_quoted(text_, at, end_, source, problem) : decode_block(text_, at, end_, indent, source, next, problem);
  if (!good) need(builder_.fail(std::move(problem)));
  where.end = source.end;
  if (key && !frames_.empty()) frames_.back().key_end = where.end;
  need(builder_.scalar(where, source.text, style));
}

void Handler::open(Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
  const size_t at = std::min(skip_properties(text_, offset(mark)), end_);
  const bool flow = style == YAML::EmitterStyle::Flow;
  if (kind == Kind::Map || flow) place_value(at);
  need(builder_.open(kind, token(mark, tag, anchor, ScalarStyle::Plain)));
  // An anchor on the line of the first key belongs to the key: the map starts at the anchor.
  const size_t mark_at = offset(mark);
  const bool own_line = contains(text_.substr(mark_at, at - std::min(at, mark_at)), "\n");
  // Lines with brackets can be long: their columns mean nothing.
  frames_.push_back({kind == Kind::Map, flow, flow ? 0 : column_of(own_line ? at : mark_at)});
}

void Handler::close() {
  frames_.pop_back();
  need(builder_.close(0));
}

// Line ends that YAML 1.1 knows and yaml-cpp does not.
bool has_other_line_ends(std::string_view text) {
  for (size_t i = text.find('\r'); i != std::string_view::npos; i = text.find('\r', i + 1))
    if (text.substr(i + 1, 1) != "\n") return true;
  return contains(text, "\xC2\x85") || contains(text, "\xE2\x80\xA8") || contains(text, "\xE2\x80\xA9");
}

bool run(YamlBuilder& builder, size_t begin, size_t end) {
  const std::string_view text = builder.text().substr(begin, end - begin);
  if (has_other_line_ends(text)) return builder.fail({Code::InvalidYaml, begin, begin, "a line end other than LF and CRLF", "the other engine can read it: --yaml-engine libyaml", 0, {}});
  Handler handler(builder, begin, end);
  try {
    ViewBuffer buffer(text);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(handler)) return true;
    // Never ask a third time: 0.7.0 may give documents for ever.
    if (!parser.HandleNextDocument(handler)) return true;
    return builder.fail({Code::ExtraContent, begin, begin, "text follows the end of the document", "separate documents by a line `---`", 0, {}});
  } catch (const Stop&) {
    return false;
  } catch (const YAML::Exception& e) {
    const size_t at = handler.offset(e.mark);
    return builder.fail({Code::InvalidYaml, at, at, e.msg, {}, 0, {}});
  } catch (const std::exception& e) {
    return builder.fail({Code::InvalidYaml, begin, begin, e.what(), {}, 0, {}});
  }
}

}  // namespace

bool read_with_yaml_cpp(YamlBuilder& builder, size_t begin, size_t end, bool) { return run(builder, begin, end); }

}  // namespace isvcc

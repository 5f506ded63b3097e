// libyaml, the ancestor of the parser that Kubernetes uses. Only this file knows it.
#include <yaml.h>

#include <utility>
#include <vector>

#include "base/text.h"
#include "load/yaml_engine.h"

namespace isvcc {

namespace {

// libyaml counts characters. Marks come nearly in order, so the nearest known place is always close.
class ByteOffsets {
 public:
  ByteOffsets(std::string_view text, size_t begin, bool ascii) : text_(text), begin_(begin), byte_(begin), ascii_(ascii) {}

  size_t of(size_t character) {
    if (ascii_) return begin_ + character;
    while (character_ < character) forward();
    while (character_ > character) backward();
    return byte_;
  }

 private:
  bool is_tail(size_t i) const { return (static_cast<unsigned char>(text_[i]) & 0xC0) == 0x80; }
  void forward() {
    ++character_;
    if (byte_ < text_.size()) ++byte_;
    while (byte_ < text_.size() && is_tail(byte_)) ++byte_;
  }
  void backward() {
    --character_;
    if (byte_ > begin_) --byte_;
    while (byte_ > begin_ && is_tail(byte_)) --byte_;
  }

  std::string_view text_;
  size_t begin_, byte_, character_ = 0;
  bool ascii_;
};

class Event {
 public:
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(&event_); }
  yaml_event_t* operator->() { return &event_; }
  yaml_event_t* get() { return &event_; }

 private:
  yaml_event_t event_{};
};

class LibYaml {
 public:
  LibYaml(YamlBuilder& builder, size_t begin, size_t end, bool ascii) : builder_(builder), offsets_(builder.text(), begin, ascii), begin_(begin), end_(end) {
    good_ = yaml_parser_initialize(&parser_) != 0;
    if (!good_) return;
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(builder.text().data()) + begin, end - begin);
  }
  LibYaml(const LibYaml&) = delete;
  LibYaml& operator=(const LibYaml&) = delete;
  ~LibYaml() {
    if (good_) yaml_parser_delete(&parser_);
  }

  bool run();

 private:
  enum class Next { More, Done, Failed };

  Next step();
  Next dispatch(yaml_event_t& event);
  Next when(bool good) { return good ? Next::More : Next::Failed; }
  Next start_document(yaml_event_t& event);
  bool extra_content(size_t at);
  bool close(yaml_event_t& event);
  bool scalar(yaml_event_t& event);
  bool syntax_error();

  size_t begin_of(const yaml_event_t& event) { return offsets_.of(event.start_mark.index); }
  size_t end_of(const yaml_event_t& event) { return offsets_.of(event.end_mark.index); }

  YamlBuilder& builder_;
  ByteOffsets offsets_;
  size_t begin_, end_;
  yaml_parser_t parser_;
  std::vector<bool> flow_;  // of the open collections
  bool good_ = false, seen_document_ = false;
};

std::string_view view(const yaml_char_t* text) { return text ? reinterpret_cast<const char*>(text) : std::string_view(); }

ScalarStyle style_of(yaml_scalar_style_t style) {
  switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return ScalarStyle::SingleQuoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return ScalarStyle::DoubleQuoted;
    case YAML_LITERAL_SCALAR_STYLE: return ScalarStyle::Literal;
    case YAML_FOLDED_SCALAR_STYLE: return ScalarStyle::Folded;
    default: return ScalarStyle::Plain;
  }
}

bool LibYaml::run() {
  if (!good_) return builder_.fail({Code::InvalidYaml, begin_, begin_, "out of memory", {}, 0, {}});
  Next next = Next::More;
  while (next == Next::More) next = step();
  return next == Next::Done;
}

LibYaml::Next LibYaml::step() {
  Event event;
  if (!yaml_parser_parse(&parser_, event.get())) {
    syntax_error();
    return Next::Failed;
  }
  return dispatch(*event.get());
}

LibYaml::Next LibYaml::start_document(yaml_event_t& event) {
  if (!std::exchange(seen_document_, true)) return Next::More;
  return when(extra_content(begin_of(event)));
}

bool LibYaml::extra_content(size_t at) {
  return builder_.fail({Code::ExtraContent, at, at, "the document has ended before this text", "separate documents by a line `---`", 0, {}});
}

LibYaml::Next LibYaml::dispatch(yaml_event_t& event) {
  switch (event.type) {
    case YAML_STREAM_END_EVENT: return Next::Done;
    case YAML_DOCUMENT_START_EVENT: return start_document(event);
    case YAML_SCALAR_EVENT: return when(scalar(event));
    case YAML_ALIAS_EVENT: return when(builder_.alias(view(event.data.alias.anchor), begin_of(event), end_of(event)));
    case YAML_SEQUENCE_START_EVENT:
      flow_.push_back(event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
      return when(builder_.open(Kind::List, {begin_of(event), 0, view(event.data.sequence_start.tag), view(event.data.sequence_start.anchor), false}));
    case YAML_MAPPING_START_EVENT:
      flow_.push_back(event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
      return when(builder_.open(Kind::Map, {begin_of(event), 0, view(event.data.mapping_start.tag), view(event.data.mapping_start.anchor), false}));
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: return when(close(event));
    default: return Next::More;
  }
}

// Only flow collections end with a token of their own; `[a: 1]` has a map without any.
bool LibYaml::close(yaml_event_t& event) {
  const bool token = flow_.back() && event.end_mark.index > event.start_mark.index;
  flow_.pop_back();
  return builder_.close(token ? end_of(event) : 0);
}

bool LibYaml::scalar(yaml_event_t& event) {
  const auto& data = event.data.scalar;
  const ScalarStyle style = style_of(data.style);
  const std::string_view value(reinterpret_cast<const char*>(data.value), data.length);
  YamlToken token{begin_of(event), end_of(event), view(data.tag), view(data.anchor), !flow_.empty() && flow_.back()};
  // A lone `!` leaves no tag, only this trace.
  if (token.tag.empty() && style == ScalarStyle::Plain && !data.plain_implicit) token.tag = "!";
  return builder_.scalar(token, value, style);
}

bool LibYaml::syntax_error() {
  Problem problem;
  problem.begin = problem.end = std::min(offsets_.of(parser_.problem_mark.index), end_);
  problem.message = parser_.problem ? parser_.problem : "not valid YAML";
  if (parser_.error == YAML_MEMORY_ERROR) problem.message = "out of memory";
  if (seen_document_ && builder_.tree().depth() == 0 && builder_.root()) return extra_content(problem.begin);
  if (parser_.error == YAML_READER_ERROR) problem.begin = problem.end = begin_ + parser_.problem_offset;
  if (parser_.context && parser_.context_mark.index != parser_.problem_mark.index) {
    problem.label = parser_.context;
    problem.label_at = offsets_.of(parser_.context_mark.index);
  }
  return builder_.fail(std::move(problem));
}

}  // namespace

bool read_with_libyaml(YamlBuilder& builder, size_t begin, size_t end, bool ascii) { return LibYaml(builder, begin, end, ascii).run(); }

}  // namespace isvcc

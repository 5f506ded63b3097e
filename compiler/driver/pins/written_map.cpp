#include "driver/pins/written_map.h"

#include "base/text.h"
#include "emit/yaml_writer.h"

namespace isvcc {
namespace {

constexpr std::string_view kBlanks = " \t", kSpace = " \t\r\n";

// Behind blanks, line ends and comments.
size_t skip_space(std::string_view text, size_t at) {
  for (;;) {
    at = std::min(text.find_first_not_of(kSpace, at), text.size());
    if (at == text.size() || text[at] != '#') return at;
    at = std::min(text.find('\n', at), text.size());
  }
}

std::string_view reason_for(char c) {
  switch (c) {
    case '&': return "has an anchor, so other places may share it";
    case '*': return "is an alias of another place";
    case '!': return "has a tag";
    default: return "is written in a way that is not edited";
  }
}

// A value inside brackets: texts with quotes where the keys around it have them.
void write_flow(std::string& out, View value, bool quotes, std::string_view space) {
  if (!value.is_map()) {
    std::string text;
    if (quotes) write_json(text, value);
    else write_yaml(text, value);
    out += trim(text);
    return;
  }
  out += '{';
  for (size_t i = 0; const Field& field : value.fields()) {
    if (i++ > 0) out += cat(',', space);
    out += quotes ? cat('"', field.key(), '"') : std::string(field.key());
    out += cat(':', space);
    write_flow(out, field.value, quotes, space);
  }
  out += '}';
}

}  // namespace

std::optional<WrittenMap> WrittenMap::find(std::string_view text, View root, std::initializer_list<std::string_view> path, std::string& why) {
  WrittenMap found;
  found.text_ = text;
  found.map_ = root;
  for (const std::string_view key : path) {
    const Field* field = found.map_.field(key);
    if (!field || !View(field->value).is_map()) return why = "is not there", std::nullopt;
    if (!found.step(*field, why)) return std::nullopt;
  }
  return found.place(why) ? std::optional(found) : std::nullopt;
}

// From a map to the value of one of its keys. What an alias or a merge key brings stands before it in the text, where it was written first.
bool WrittenMap::step(const Field& field, std::string& why) {
  const size_t map_begin = map_.node()->origin.offset, value_begin = field.value->origin.offset;
  key_begin_ = field.key_offset;
  if (field.value->origin.file != map_.node()->origin.file || key_begin_ < map_begin) return why = "comes from a merge key", false;
  if (value_begin < key_begin_) return why = reason_for('*'), false;
  const std::string_view key = field.key();
  const char quote = key_begin_ < text_.size() ? text_[key_begin_] : '\0';
  const bool quoted = quote == '"' || quote == '\'';
  key_size_ = key.size() + (quoted ? 2 : 0);
  const std::string_view token = text_.substr(key_begin_, key_size_);
  if (token != (quoted ? cat(quote, key, quote) : std::string(key))) return why = reason_for('?'), false;
  colon_ = std::min(text_.find_first_not_of(kBlanks, key_begin_ + key_size_), text_.size());
  if (colon_ >= value_begin || text_[colon_] != ':') return why = reason_for('?'), false;
  const size_t next = skip_space(text_, colon_ + 1);
  if (next != value_begin) return why = reason_for(next < text_.size() ? text_[next] : '?'), false;
  map_ = field.value;
  return true;
}

bool WrittenMap::place(std::string& why) {
  const size_t begin = map_.node()->origin.offset;
  const size_t newline = text_.find('\n', colon_);
  if (newline != std::string_view::npos && newline > 0 && text_[newline - 1] == '\r') line_end_ = "\r\n";
  flow_ = text_[begin] == '{';
  if (!flow_) return place_block(why);
  place_flow();
  return true;
}

// On a line of its own, right below the key: comments above the first entry stay with that.
bool WrittenMap::place_block(std::string& why) {
  const size_t begin = map_.node()->origin.offset;
  const size_t line = text_.rfind('\n', begin) + 1;  // npos + 1: the first line
  const size_t newline = text_.find('\n', colon_);
  if (line == 0 || newline >= line || text_.substr(line, begin - line).find_first_not_of(' ') != std::string_view::npos) return why = reason_for('?'), false;
  insert_at_ = newline + 1;
  column_ = begin - line;
  return true;
}

// Before the first entry; on a line of its own where that has one.
void WrittenMap::place_flow() {
  insert_at_ = skip_space(text_, map_.node()->origin.offset + 1);
  empty_ = insert_at_ < text_.size() && text_[insert_at_] == '}';
  const size_t line = text_.rfind('\n', insert_at_) + 1;
  const std::string_view indentation = text_.substr(line, insert_at_ - line);
  const bool alone = line > 0 && indentation.find_first_not_of(kBlanks) == std::string_view::npos;
  const bool tight = colon_ + 1 < text_.size() && text_[colon_ + 1] == '{' && text_[key_begin_] == '"';
  between_ = alone ? cat(line_end_, indentation) : tight ? "" : " ";
}

TextEdit WrittenMap::add(View entries) const {
  std::string out;
  if (!flow_) {
    std::string block;
    write_yaml(block, entries);
    for (std::string_view line : split(trim(block, "\n"), '\n')) out += cat(std::string(column_, ' '), line, line_end_);
    return {insert_at_, insert_at_, out};
  }
  const bool quotes = insert_at_ < text_.size() && (empty_ ? text_[key_begin_] : text_[insert_at_]) == '"';
  const std::string_view space = between_.empty() ? "" : " ";
  for (size_t i = 0; const Field& field : entries.fields()) {
    out += quotes ? cat('"', field.key(), "\":", space) : cat(field.key(), ": ");
    write_flow(out, field.value, quotes, space);
    if (++i < entries.size() || !empty_) out += cat(',', between_);
  }
  return {insert_at_, insert_at_, out};
}

TextEdit WrittenMap::rename(std::string_view key) const {
  const char first = text_[key_begin_];
  const std::string_view quote = first == '"' || first == '\'' ? text_.substr(key_begin_, 1) : std::string_view();
  return {key_begin_, key_begin_ + key_size_, cat(quote, key, quote)};
}

}  // namespace isvcc

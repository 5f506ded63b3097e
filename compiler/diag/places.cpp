#include "diag/places.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {

const std::vector<uint32_t>& Places::starts(FileId file) {
  std::vector<uint32_t>& starts = starts_[file];
  if (!starts.empty()) return starts;
  const std::string_view text = sources_.get(file).text;
  starts.push_back(0);
  for (size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) starts.push_back(static_cast<uint32_t>(at + 1));
  return starts;
}

LineColumn Places::position(FileId file, uint32_t offset) {
  const std::vector<uint32_t>& lines = starts(file);
  const auto at = std::min<uint32_t>(offset, static_cast<uint32_t>(sources_.get(file).text.size()));
  const auto after = std::upper_bound(lines.begin(), lines.end(), at);
  return {static_cast<uint32_t>(after - lines.begin()), at - *std::prev(after) + 1};
}

Place Places::of(Span span) {
  if (span.file == 0) return {};
  const Source& source = sources_.get(span.file);
  if (source.generated) return {source.name, {}, {}};
  return {source.name, position(span.file, span.begin), position(span.file, std::max(span.begin, span.end))};
}

std::string_view Places::line(FileId file, uint32_t line) {
  const std::vector<uint32_t>& lines = starts(file);
  if (line == 0 || line > lines.size()) return {};
  const std::string_view text = sources_.get(file).text.substr(lines[line - 1]);
  const std::string_view found = text.substr(0, text.find('\n'));
  return !found.empty() && found.back() == '\r' ? found.substr(0, found.size() - 1) : found;
}

uint32_t Places::character_column(FileId file, LineColumn at) {
  const std::string_view before = line(file, at.line).substr(0, at.column - 1);
  return static_cast<uint32_t>(std::count_if(before.begin(), before.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; })) + 1;
}

bool Places::secret(FileId file) const { return holds_secret(sources_.get(file).text); }

bool holds_secret(std::string_view text) {
  for (size_t at = text.find("kind"); at != std::string_view::npos; at = text.find("kind", at + 4)) {
    const size_t value = text.find_first_not_of(" \t\r\n\"':", at + 4);
    if (value != std::string_view::npos && starts_with(text.substr(value), "Secret")) return true;
  }
  return false;
}

}  // namespace isvcc

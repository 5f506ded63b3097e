#include "diag/source.h"

#include <algorithm>

namespace isvcc {

FileId Sources::add(Source source) {
  sources_.push_back(std::move(source));
  return static_cast<FileId>(sources_.size());
}

const Source& Sources::get(FileId file) const {
  static const Source none;
  return file >= 1 && file <= sources_.size() ? sources_[file - 1] : none;
}

static size_t line_begin(std::string_view text, size_t offset) {
  const size_t newline = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

LineColumn Sources::position(FileId file, uint32_t offset) const {
  const std::string_view text = get(file).text;
  const size_t at = std::min<size_t>(offset, text.size());
  const auto line = static_cast<uint32_t>(std::count(text.begin(), text.begin() + at, '\n') + 1);
  return {line, static_cast<uint32_t>(at - line_begin(text, at) + 1)};
}

std::string_view Sources::line_at(FileId file, uint32_t offset) const {
  const std::string_view text = get(file).text;
  const size_t begin = line_begin(text, std::min<size_t>(offset, text.size()));
  std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace isvcc

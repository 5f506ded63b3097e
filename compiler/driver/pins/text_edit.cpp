#include "driver/pins/text_edit.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {

std::string edited(std::string_view text, const std::vector<TextEdit>& edits) {
  std::string out;
  size_t at = 0;
  for (const TextEdit& edit : edits) {
    out += text.substr(at, edit.begin - at);
    out += edit.text;
    at = edit.end;
  }
  return out += text.substr(at);
}

namespace {

constexpr size_t kContext = 3;

// With their line ends; the last line may have none.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t newline = text.find('\n');
    const size_t size = newline == std::string_view::npos ? text.size() : newline + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

// Lines [begin, end) of the old text become `fresh`.
struct LineEdit {
  size_t begin, end;
  std::string fresh;
};

class PatchWriter {
 public:
  PatchWriter(std::string_view text, const std::vector<TextEdit>& edits) : text_(text), lines_(lines_of(text)) {
    for (size_t at = 0; const std::string_view line : lines_) starts_.push_back(at), at += line.size();
    for (const TextEdit& edit : edits) add(edit);
  }

  std::string write(std::string_view path) {
    std::string out = cat("--- a/", path, "\n+++ b/", path, '\n');
    for (size_t i = 0, next; i < edits_.size(); i = next) {
      for (next = i + 1; next < edits_.size() && edits_[next].begin <= edits_[next - 1].end + 2 * kContext;) ++next;
      out += hunk(i, next);
    }
    return out;
  }

 private:
  size_t line_of(size_t byte) const { return static_cast<size_t>(std::upper_bound(starts_.begin(), starts_.end(), byte) - starts_.begin()) - 1; }
  size_t start_of(size_t line) const { return line < starts_.size() ? starts_[line] : text_.size(); }

  // A whole new line stands between two old ones; anything else changes the lines it touches.
  void add(const TextEdit& edit) {
    const size_t begin = line_of(edit.begin);
    if (edit.begin == edit.end && edit.begin == starts_[begin] && ends_with(edit.text, "\n")) {
      edits_.push_back({begin, begin, edit.text});
      return;
    }
    const size_t end = line_of(std::max(edit.begin, edit.end - (edit.end > edit.begin))) + 1;
    const bool same_line = !edits_.empty() && edits_.back().end > begin;
    const size_t from = same_line ? edits_.back().begin : begin;
    if (same_line) pending_.push_back(edit);
    else pending_ = {edit}, edits_.push_back({});
    edits_.back() = {from, std::max(end, same_line ? edits_.back().end : end), {}};
    edits_.back().fresh = applied(edits_.back());
  }

  std::string applied(const LineEdit& lines) const {
    std::vector<TextEdit> inside = pending_;
    const size_t start = start_of(lines.begin);
    for (TextEdit& edit : inside) edit.begin -= start, edit.end -= start;
    return edited(text_.substr(start, start_of(lines.end) - start), inside);
  }

  static void put(std::string& out, char sign, std::string_view line) {
    out += sign;
    out += line;
    if (!ends_with(line, "\n")) out += "\n\\ No newline at end of file\n";
  }

  static std::string range(size_t begin, size_t count) { return count == 0 ? cat(begin, ",0") : cat(begin + 1, ',', count); }

  std::string hunk(size_t first, size_t last) {
    const size_t from = edits_[first].begin - std::min(edits_[first].begin, kContext), to = std::min(lines_.size(), edits_[last - 1].end + kContext);
    std::string body;
    size_t at = from;
    ptrdiff_t grown = 0;
    for (size_t i = first; i < last; ++i) {
      for (; at < edits_[i].begin; ++at) put(body, ' ', lines_[at]);
      for (; at < edits_[i].end; ++at, --grown) put(body, '-', lines_[at]);
      for (const std::string_view line : lines_of(edits_[i].fresh)) put(body, '+', line), ++grown;
    }
    for (; at < to; ++at) put(body, ' ', lines_[at]);
    const size_t before = to - from, after = static_cast<size_t>(static_cast<ptrdiff_t>(before) + grown);
    const std::string head = cat("@@ -", range(from, before), " +", range(static_cast<size_t>(static_cast<ptrdiff_t>(from) + grown_), after), " @@\n");
    grown_ += grown;
    return head + body;
  }

  std::string_view text_;
  std::vector<std::string_view> lines_;
  std::vector<size_t> starts_;
  std::vector<LineEdit> edits_;
  std::vector<TextEdit> pending_;  // of the last of them
  ptrdiff_t grown_ = 0;            // lines that earlier hunks add
};

}  // namespace

std::string patch_of(std::string_view path, std::string_view text, const std::vector<TextEdit>& edits) { return PatchWriter(text, edits).write(path); }

}  // namespace isvcc

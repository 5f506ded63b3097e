// For people: as compilers do, file:line:column first, the line itself with the span underlined, then everything that helps.
#include <algorithm>

#include "base/text.h"
#include "diag/report_parts.h"

namespace isvcc {

static constexpr size_t kWidest = 160;  // bytes of a source line that are shown

// Code points, not bytes: close enough for a caret.
static size_t display_width(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

static size_t character_boundary(std::string_view text, size_t at) {
  at = std::min(at, text.size());
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

namespace {

// The part of a line around a span.
struct Excerpt {
  std::string before, marked, after;

  Excerpt(std::string_view line, size_t begin, size_t size) {
    const size_t from = line.size() > kWidest && begin > kWidest / 2 ? character_boundary(line, begin - kWidest / 2) : 0;
    const size_t to = line.size() > from + kWidest ? character_boundary(line, from + kWidest) : line.size();
    const size_t end = std::min(begin + size, to);
    before = cat(from > 0 ? "…" : "", printable(line.substr(from, begin - from)));
    marked = printable(line.substr(begin, end - begin));
    after = cat(printable(line.substr(end, to - end)), to < line.size() ? "…" : "");
  }
};

class TextRenderer {
 public:
  TextRenderer(const Sources& sources, const RenderOptions& options) : places_(sources), color_(options.color) {}

  std::string take() { return std::move(out_); }

  void add(const Diagnostic& d) {
    place(d.span, d.path);
    out_ += cat(paint(severity_color(d.severity), cat(severity_name(d.severity), ": ")), bold(shown(d.message)), " [", info(d.code).id, "]\n");
    snippet(d.span, d.severity);
    if (d.span.file == 0 && !object_words(d.object).empty()) line("in", object_words(d.object));
    if (!d.upstream.empty() && d.upstream != d.message) line("kserve says", shown(d.upstream));
    for (const Label& label : d.labels) note(label);
    if (!d.hint.empty()) line("help", shown(d.hint));
    if (!d.clusters.empty()) line("found in", shown(cluster_words(d)));
  }

  void summary(size_t hidden) {
    if (hidden > 0) out_ += cat("… and ", hidden, " more findings (a report file lists them all)\n");
  }

 private:
  // A line of ours never begins like a command to a CI system, whatever a file is called.
  static std::string file_words(std::string_view file) { return cat(starts_with(file, ":") || starts_with(file, "#") ? "./" : "", shown(file)); }

  void place(Span span, const std::string& path) {
    const Place at = places_.of(span);
    if (at.file.empty()) return;
    if (at.has_lines()) out_ += cat(file_words(at.file), ':', at.begin.line, ':', at.begin.column, ": ");
    else out_ += cat(file_words(at.file), path.empty() ? "" : cat(": at ", shown(path)), ": ");
  }

  void snippet(Span span, Severity severity) {
    const Place at = places_.of(span);
    if (!at.has_lines()) return;
    const std::string_view text = places_.line(span.file, at.begin.line);
    if (text.empty() || places_.secret(span.file)) return;
    const size_t begin = std::min<size_t>(at.begin.column - 1, text.size());
    const Excerpt excerpt(text, begin, std::clamp<size_t>(span.end - span.begin, 1, std::max<size_t>(1, text.size() - begin)));
    const std::string number = cat(at.begin.line);
    out_ += cat(std::string(number.size() < 5 ? 5 - number.size() : 0, ' '), number, " | ", excerpt.before, excerpt.marked, excerpt.after, '\n');
    const std::string carets(std::max<size_t>(1, display_width(excerpt.marked)), '^');
    out_ += cat("      | ", std::string(display_width(excerpt.before), ' '), paint(severity_color(severity), carets), '\n');
  }

  void note(const Label& label) {
    place(label.span, {});
    out_ += cat(paint("36", "note: "), shown(label.text), '\n');
    snippet(label.span, Severity::Note);
  }

  void line(std::string_view head, const std::string& text) { out_ += cat("      = ", bold(std::string(head)), ": ", text, '\n'); }

  static std::string_view severity_color(Severity severity) { return severity == Severity::Error ? "1;31" : severity == Severity::Warning ? "1;33" : "36"; }
  std::string paint(std::string_view code, const std::string& text) const { return color_ ? cat("\x1b[", code, 'm', text, "\x1b[0m") : text; }
  std::string bold(const std::string& text) const { return paint("1", text); }

  Places places_;
  bool color_;
  std::string out_;
};

}  // namespace

std::string render_text(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options) {
  TextRenderer renderer(sources, options);
  const size_t count = std::min(diags.size(), options.limit);
  for (size_t i = 0; i < count; ++i) renderer.add(diags[i]);
  renderer.summary(diags.size() - count);
  return renderer.take();
}

}  // namespace isvcc

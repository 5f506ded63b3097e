#include <algorithm>

#include "base/text.h"
#include "diag/render.h"

namespace isvcc {
namespace {

class TextRenderer {
 public:
  TextRenderer(const Sources& sources, const RenderOptions& options) : sources_(sources), color_(options.color) {}

  std::string take() { return std::move(out_); }

  void add(const Diagnostic& d) {
    place(d.span, d.path);
    out_ += cat(paint(severity_color(d.severity), cat(severity_name(d.severity), ": ")), bold(printable(d.message)), " [", info(d.code).id, "]\n");
    snippet(d.span, d.severity);
    if (d.object.kind.size() && d.span.file == 0) line("in", object_words(d.object));
    if (!d.upstream.empty() && d.upstream != d.message) line("kserve says", d.upstream);
    for (const Label& label : d.labels) note(label);
    if (!d.hint.empty()) line("help", d.hint);
  }

  void summary(size_t hidden) {
    if (hidden > 0) out_ += cat("… and ", hidden, " more findings (a report file lists them all)\n");
  }

 private:
  static std::string object_words(const ObjectRef& o) {
    return o.namespace_.empty() ? cat(o.kind, ' ', o.name) : cat(o.kind, ' ', o.namespace_, '/', o.name);
  }

  void place(Span span, const std::string& path) {
    if (span.file == 0) return;
    const Source& source = sources_.get(span.file);
    if (source.generated) {
      out_ += cat(printable(source.name), path.empty() ? "" : cat(": at ", printable(path)), ": ");
      return;
    }
    const LineColumn at = sources_.position(span.file, span.begin);
    out_ += cat(printable(source.name), ':', at.line, ':', at.column, ": ");
  }

  void snippet(Span span, Severity severity) {
    if (span.file == 0 || sources_.get(span.file).generated) return;
    const LineColumn at = sources_.position(span.file, span.begin);
    const std::string_view text = sources_.line_at(span.file, span.begin);
    if (text.size() > 400) return;
    const std::string number = cat(at.line);
    const size_t column = std::min<size_t>(at.column - 1, text.size());
    const size_t width = std::clamp<size_t>(span.end - span.begin, 1, std::max<size_t>(1, text.size() - column));
    out_ += cat(std::string(number.size() < 5 ? 5 - number.size() : 0, ' '), number, " | ", printable(text), '\n');
    const std::string before = printable(text.substr(0, column)), marked = printable(text.substr(column, width));
    out_ += cat("      | ", std::string(display_width(before), ' '), paint(severity_color(severity), std::string(std::max<size_t>(1, display_width(marked)), '^')), '\n');
  }

  void note(const Label& label) {
    place(label.span, {});
    out_ += cat(paint("36", "note: "), printable(label.text), '\n');
    snippet(label.span, Severity::Note);
  }

  void line(std::string_view head, std::string_view text) { out_ += cat("      = ", bold(std::string(head)), ": ", printable(text), '\n'); }

  // Code points, not bytes: close enough for a caret.
  static size_t display_width(std::string_view text) {
    return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  }
  static std::string_view severity_color(Severity severity) { return severity == Severity::Error ? "1;31" : severity == Severity::Warning ? "1;33" : "36"; }
  std::string paint(std::string_view code, std::string text) const { return color_ ? cat("\x1b[", code, 'm', text, "\x1b[0m") : text; }
  std::string bold(std::string text) const { return paint("1", std::move(text)); }

  const Sources& sources_;
  bool color_;
  std::string out_;
};

}  // namespace

std::string render_text(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions& options) {
  TextRenderer renderer(sources, options);
  for (size_t i = 0; i < std::min(diags.size(), options.limit); ++i) renderer.add(diags[i]);
  renderer.summary(diags.size() - std::min(diags.size(), options.limit));
  return renderer.take();
}

}  // namespace isvcc

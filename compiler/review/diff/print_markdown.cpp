#include "review/diff/print_markdown.h"

#include <algorithm>

#include "base/html_text.h"
#include "base/text.h"
#include "review/diff/fold.h"
#include "review/diff/wording.h"

namespace isvcc::diff {
namespace {

constexpr size_t kReserve = 400;         // characters for marker, title and the line about parts
constexpr size_t kMostSwitches = 40;     // in the summary
constexpr size_t kMostErrors = 20;
constexpr size_t kMostValueLines = 60;   // of one change
constexpr size_t kMostNames = 20;
constexpr size_t kSmallestPart = 4'000;

// UTF-16 units: a character beyond the basic plane counts twice, as it does in GitHub's and GitLab's limits at worst.
size_t characters(std::string_view text) {
  size_t n = 0;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) n += byte >= 0xF0 ? 2 : 1;
  }
  return n;
}

// More backticks than the text has in a row.
std::string ticks(std::string_view text, size_t least) {
  size_t longest = least - 1, run = 0;
  for (char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::string(longest + 1, '`');
}

// A code span: nothing in it is markup, a mention or a link. A bar would end a table's cell even there.
std::string code(std::string_view text) {
  const std::string safe = replace_all(printable(text), "|", "\\|"), fence = ticks(safe, 1);
  const char* blank = !safe.empty() && (safe.front() == '`' || safe.back() == '`') ? " " : "";
  return cat(fence, blank, safe.empty() ? " " : safe, blank, fence);
}

// Goes into a comment, which it must not end.
std::string marker_text(std::string_view marker) {
  std::string out;
  for (char c : marker) out += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '/' || c == ':' ? c : '-';
  return replace_all(out, "--", "-");
}

struct Block {
  std::string summary;             // HTML
  std::vector<std::string> lines;  // of a diff fence
  std::vector<std::string> notes;  // before it, HTML, one paragraph each
};

std::string text_of(const Block& block, size_t first, size_t end, bool continued) {
  std::string out = cat("<details><summary>", block.summary, continued ? " (continued)" : "", "</summary>\n\n");
  if (!continued)
    for (const std::string& note : block.notes) out += cat(note, "\n\n");
  if (first < end) {
    std::string content;
    for (size_t i = first; i < end; ++i) content += cat(block.lines[i], '\n');
    const std::string fence = ticks(content, 3);
    out += cat(fence, "diff\n", content, fence, "\n\n");
  }
  return out + "</details>\n";
}

class Parts {
 public:
  explicit Parts(size_t limit) : limit_(limit) {}

  void text(const std::string& text) {
    const size_t n = characters(text);
    if (used_ > 0 && used_ + n > limit_) next();
    parts_.back() += text;
    used_ += n;
  }
  void block(const Block& block) {
    size_t first = 0;
    bool continued = false;
    do {
      const size_t end = fitting(block, first, continued);
      text(text_of(block, first, end, continued));
      first = end;
      continued = true;
    } while (first < block.lines.size());
  }
  std::vector<std::string>& all() { return parts_; }

 private:
  void next() {
    parts_.emplace_back();
    used_ = 0;
  }
  // The lines from `first` on that one part can hold: all that are left, as a rule.
  size_t fitting(const Block& block, size_t first, bool continued) const {
    size_t used = characters(text_of(block, first, first, continued)) + 40, end = first;
    while (end < block.lines.size() && (end == first || used + characters(block.lines[end]) + 1 <= limit_)) used += characters(block.lines[end++]) + 1;
    return end;
  }

  size_t limit_;
  std::vector<std::string> parts_{std::string()};
  size_t used_ = 0;
};

class Printer {
 public:
  Printer(const Report& report, const MarkdownOptions& options)
      : report_(report), options_(options), folding_(fold(report)),
        parts_(options.most_characters ? std::max(options.most_characters, kSmallestPart) - kReserve : SIZE_MAX) {}

  std::vector<std::string> run();

 private:
  void summary();
  std::string switches() const;
  std::string errors(std::string_view title, const std::vector<SideError>& errors) const;
  std::string effects_table() const;
  std::string totals() const;
  Block bundle(size_t index) const;
  Block service(size_t index) const;
  bool has_block(size_t index) const { return !report_.services[index].renamed_to && (!folding_.own[index].empty() || !facts_of(report_.services[index]).empty()); }
  void blocks();
  std::vector<std::string> with_heads();

  const Report& report_;
  const MarkdownOptions& options_;
  const Folding folding_;
  Parts parts_;
};

// ---- the summary

std::string Printer::switches() const {
  std::string rows;
  size_t count = 0;
  for (const ServiceChange& s : report_.services) {
    if (!s.runtime_switched() || ++count > kMostSwitches) continue;
    rows += cat("| ", code(service_name(s.ref)), " | ", code(runtime_words(s.before)), " | ", code(runtime_words(s.after)), " |\n");
  }
  if (count == 0) return {};
  std::string out = cat("> [!CAUTION]\n> **", count_of(count, "service switches", "services switch"), " to another runtime**\n\n| service | before | after |\n|---|---|---|\n", rows);
  if (count > kMostSwitches) out += cat("\n… and ", grouped(static_cast<int64_t>(count - kMostSwitches)), " more below\n");
  return out + '\n';
}

std::string Printer::errors(std::string_view title, const std::vector<SideError>& errors) const {
  if (errors.empty()) return {};
  std::string out = cat("**", title, "**\n\n");
  const std::vector<ErrorGroup> groups = group_errors(errors);
  for (size_t i = 0; i < std::min(groups.size(), kMostErrors); ++i) out += cat("- ", code(error_words(groups[i])), '\n');
  if (groups.size() > kMostErrors) out += cat("- … and ", grouped(static_cast<int64_t>(groups.size() - kMostErrors)), " other kinds\n");
  return out + '\n';
}

std::string Printer::totals() const {
  const std::vector<TotalsRow> rows = totals_of(report_);
  const std::string surge = surge_words(report_);
  if (rows.empty() && surge.empty()) return {};
  std::string out = rows.empty() ? "" : "| requested | before | after |\n|---|--:|--:|\n";
  for (const TotalsRow& row : rows) out += cat("| ", code(row.what), " | ", row.before, " | ", row.after, " |\n");
  if (!surge.empty()) out += cat(rows.empty() ? "" : "\n", "While pods are replaced, on top: ", code(surge), '\n');
  return out + '\n';
}

void Printer::summary() {
  const ErrorNews& news = report_.errors;
  parts_.text(switches());
  parts_.text(errors(cat("❌ ", count_of(news.appeared.size(), "new error", "new errors")), news.appeared));
  parts_.text(effects_table() + totals());
  parts_.text(errors(cat("✅ ", count_of(news.gone.size(), "error", "errors"), " mended"), news.gone));
  if (!news.on_both.empty()) parts_.text(cat(errors_on_both_words(report_), ".\n\n"));
  if (report_.ignored) parts_.text(cat("<sub>", count_of(report_.ignored, "change", "changes"), " left out by filters</sub>\n\n"));
}

std::string Printer::effects_table() const {
  if (report_.services.empty()) return {};
  std::string head = "|", line = "|", values = "|";
  for (const EffectCount& c : effect_counts(report_)) {
    head += cat(' ', c.words, " |");
    line += "--:|";
    values += cat(' ', grouped(static_cast<int64_t>(c.count)), " |");
  }
  return head == "|" ? std::string() : cat(head, '\n', line, '\n', values, "\n\n");
}

// ---- blocks

void change_lines(const ServiceChange& s, const ToldChange& told, std::vector<std::string>& out) {
  const ChangeLines lines = lines_of(s, told);
  const std::string note = lines.note.empty() ? "" : cat("  (", lines.note, ')');
  if (lines.before.empty() && lines.after.empty()) return out.push_back(cat("!   ", lines.place, note));
  if (lines.before.size() <= 1 && lines.after.size() <= 1) {
    if (!lines.before.empty()) out.push_back(cat("-   ", lines.place, ": ", lines.before[0], lines.after.empty() ? note : ""));
    if (!lines.after.empty()) out.push_back(cat("+   ", lines.place, ": ", lines.after[0], note));
    return;
  }
  out.push_back(cat("    ", lines.place, ':', note));
  const std::vector<SignedLine> all = interleaved(lines.before, lines.after, 2);
  for (size_t i = 0; i < std::min(all.size(), kMostValueLines); ++i) out.push_back(cat(all[i].sign == '~' ? ' ' : all[i].sign, "     ", all[i].text));
  if (all.size() > kMostValueLines) out.push_back(cat("      … ", count_of(all.size() - kMostValueLines, "more line", "more lines")));
}

// Changes of the same objects stand together, under the names of these.
std::vector<std::string> diff_lines(const ServiceChange& s, const std::vector<ToldChange>& changes) {
  std::vector<std::string> out;
  for (size_t i = 0; i < changes.size();) {
    const ObjectChange& object = object_of(s, changes[i]);
    const std::string names = objects_words(changes[i].objects);
    size_t end = i;
    Effects effects;
    for (; end < changes.size() && changes[end].objects == changes[i].objects; ++end) effects.add(effects_of(s, changes[end]));
    out.push_back(!object.before ? cat("+ ", names, " is new") : !object.after ? cat("- ", names, " is deleted") : cat("@@ ", names, ": ", effect_words(effects), " @@"));
    for (; i < end; ++i)
      if (changes[i].place.change) change_lines(s, changes[i], out);
  }
  return out;
}

Block Printer::bundle(size_t index) const {
  const Bundle& b = folding_.bundles[index];
  const ServiceChange& first = report_.services[b.services[0]];
  return {cat("<b>#", index + 1, " the same in ", count_of(b.services.size(), "service", "services"), "</b> · ", effect_words(b.effects), " · ", html_text(gist_of(first, b.changes))),
          diff_lines(first, b.changes), {code(members_words(report_, b.services, kMostNames))}};
}

Block Printer::service(size_t index) const {
  const ServiceChange& s = report_.services[index];
  const std::vector<ToldChange>& own = folding_.own[index];
  const bool whole = s.created() || s.deleted();
  Block block;
  block.summary = cat(s.runtime_switched() || s.breaks() ? "🔴 " : "", "<b>", html_text(service_name(s.ref)), "</b> · ", html_text(service_words(s)));
  if (!whole && !own.empty()) block.summary += cat(" · ", html_text(gist_of(s, own)));
  for (const Fact& fact : facts_of(s)) block.notes.push_back(fact.alarming ? cat("**", code(fact.text), "**") : code(fact.text));
  if (whole) block.notes.push_back(code(kinds_words(s)));
  else block.lines = diff_lines(s, own);
  std::vector<std::string> numbers;
  for (size_t b : folding_.shared[index]) numbers.push_back(code(cat('#', b + 1)));
  if (!numbers.empty()) block.notes.push_back(cat("and ", join(numbers, ", "), " above"));
  return block;
}

void Printer::blocks() {
  if (!folding_.bundles.empty()) parts_.text("#### In several services\n\n");
  for (size_t b = 0; b < folding_.bundles.size(); ++b) parts_.block(bundle(b));
  bool first = true;
  for (size_t s = 0; s < report_.services.size(); ++s) {
    if (!has_block(s)) continue;
    if (first && !folding_.bundles.empty()) parts_.text("\n#### Service by service\n\n");
    first = false;
    parts_.block(service(s));
  }
}

// ---- parts

std::vector<std::string> Printer::with_heads() {
  const std::vector<std::string>& all = parts_.all();
  const size_t shown = options_.most_parts ? std::min(options_.most_parts, all.size()) : all.size();
  std::vector<std::string> out;
  for (size_t i = 0; i < shown; ++i) {
    const std::string number = cat(i + 1, '/', shown);
    std::string text = cat("<!-- ", marker_text(options_.marker), " part ", number, " -->\n");
    if (i == 0) text += cat("### isvcc: ", html_text(verdict(report_)), "\n\n", code(report_.before_label), " → ", code(report_.after_label), "\n\n");
    else text += cat("### isvcc, part ", number, "\n\n");
    text += all[i];
    if (i + 1 == shown && shown < all.size()) text += "\n**More changes are not shown here.**\n";
    if (i + 1 == shown && !options_.full_report.empty()) text += cat("\nFull report: ", options_.full_report, '\n');
    if (i + 1 < shown) text += cat("\n<sub>goes on in part ", i + 2, " of ", shown, "</sub>\n");
    out.push_back(std::move(text));
  }
  return out;
}

std::vector<std::string> Printer::run() {
  summary();
  blocks();
  return with_heads();
}

}  // namespace

std::vector<std::string> print_markdown(const Report& report, const MarkdownOptions& options) { return Printer(report, options).run(); }

}  // namespace isvcc::diff

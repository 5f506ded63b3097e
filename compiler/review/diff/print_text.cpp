#include "review/diff/print_text.h"

#include <algorithm>

#include "base/text.h"
#include "review/diff/fold.h"
#include "review/diff/wording.h"
#include "review/text_table.h"

namespace isvcc::diff {
namespace {

constexpr size_t kMostValueLines = 12;  // of one change
constexpr size_t kMostNames = 6;        // of services that share changes
constexpr size_t kMostErrors = 20;
constexpr size_t kInline = 100;         // "old → new" on one line up to this width

enum class Ink { Plain, Bold, Red, Green, Yellow, Cyan, Dim, Alarm };

class Printer {
 public:
  Printer(const Report& report, const TextOptions& options) : report_(report), folding_(fold(report)), color_(options.color) {}

  std::string run();

 private:
  void switches();
  void errors();
  void totals();
  void error_list(std::string_view title, const std::vector<SideError>& errors, Ink ink);
  void bundle(size_t index);
  void service(size_t index);
  void changes(const ServiceChange& s, const std::vector<ToldChange>& all);
  void change(const ServiceChange& s, const ToldChange& told);
  void signed_lines(const std::vector<SignedLine>& lines);

  std::string ink(Ink ink, std::string_view text) const;
  Ink effect_ink(Effects effects) const;
  void line(std::string_view text) { out_ += cat(text, '\n'); }

  const Report& report_;
  const Folding folding_;
  bool color_;
  std::string out_;
};

std::string Printer::ink(Ink ink, std::string_view text) const {
  constexpr std::string_view kCodes[] = {"", "1", "31", "32", "33", "36", "2", "1;31"};
  return color_ && ink != Ink::Plain ? cat("\x1b[", kCodes[static_cast<size_t>(ink)], 'm', text, "\x1b[0m") : std::string(text);
}

Ink Printer::effect_ink(Effects effects) const {
  switch (effects.worst()) {
    case Effect::Delete:
    case Effect::Replace: return Ink::Red;
    case Effect::Restart:
    case Effect::Traffic: return Ink::Yellow;
    case Effect::Create: return Ink::Green;
    default: return Ink::Plain;
  }
}

// ---- what nobody may miss

void Printer::switches() {
  const auto switched = static_cast<size_t>(std::count_if(report_.services.begin(), report_.services.end(), [](const ServiceChange& s) { return s.runtime_switched(); }));
  if (switched == 0) return;
  line("");
  line(ink(Ink::Alarm, cat(count_of(switched, "service switches", "services switch"), " to another runtime")));
  for (const ServiceChange& s : report_.services)
    if (s.runtime_switched()) line(cat("  ", ink(Ink::Bold, service_name(s.ref)), "  ", runtime_words(s.before), " → ", ink(Ink::Red, runtime_words(s.after))));
}

void Printer::error_list(std::string_view title, const std::vector<SideError>& errors, Ink color) {
  if (errors.empty()) return;
  line("");
  line(ink(color, title));
  const std::vector<ErrorGroup> groups = group_errors(errors);
  for (size_t i = 0; i < std::min(groups.size(), kMostErrors); ++i) line(cat("  ", error_words(groups[i])));
  if (groups.size() > kMostErrors) line(cat("  and ", grouped(static_cast<int64_t>(groups.size() - kMostErrors)), " other kinds"));
}

void Printer::errors() {
  const ErrorNews& news = report_.errors;
  error_list(cat(count_of(news.appeared.size(), "new error", "new errors"), " in ", report_.after_label), news.appeared, Ink::Alarm);
  error_list(cat(count_of(news.gone.size(), "error", "errors"), " of ", report_.before_label, " mended"), news.gone, Ink::Green);
  if (!news.on_both.empty()) line(cat('\n', ink(Ink::Yellow, errors_on_both_words(report_))));
}

void Printer::totals() {
  const std::vector<TotalsRow> rows = totals_of(report_);
  const std::string surge = surge_words(report_);
  if (rows.empty() && surge.empty()) return;
  line("");
  TextTable table("");
  table.row({"requested", "before", "after"});
  for (const TotalsRow& row : rows) table.row({row.what, row.before, row.after});
  if (!rows.empty()) out_ += table.text();
  if (!surge.empty()) line(cat("while pods are replaced, on top: ", surge));
}

// ---- changes

void Printer::signed_lines(const std::vector<SignedLine>& lines) {
  for (size_t i = 0; i < std::min(lines.size(), kMostValueLines); ++i) {
    const SignedLine& l = lines[i];
    const std::string text = cat("      ", l.sign == '~' ? ' ' : l.sign, ' ', l.text);
    line(l.sign == '-' ? ink(Ink::Red, text) : l.sign == '+' ? ink(Ink::Green, text) : text);
  }
  if (lines.size() > kMostValueLines) line(cat("        … ", count_of(lines.size() - kMostValueLines, "more line", "more lines")));
}

void Printer::change(const ServiceChange& s, const ToldChange& told) {
  const ChangeLines lines = lines_of(s, told);
  const std::string head = cat("    ", ink(Ink::Cyan, lines.place)), note = lines.note.empty() ? std::string() : cat("  (", lines.note, ')');
  const bool one_each = lines.before.size() <= 1 && lines.after.size() <= 1;
  const size_t width = (lines.before.empty() ? 0 : lines.before[0].size()) + (lines.after.empty() ? 0 : lines.after[0].size());
  if (lines.before.empty() && lines.after.empty()) return line(head + note);
  if (one_each && width + lines.place.size() <= kInline) {
    if (lines.before.empty()) return line(cat(head, "  ", ink(Ink::Green, cat("+ ", lines.after[0])), note));
    if (lines.after.empty()) return line(cat(head, "  ", ink(Ink::Red, cat("- ", lines.before[0])), note));
    return line(cat(head, "  ", ink(Ink::Red, lines.before[0]), " → ", ink(Ink::Green, lines.after[0]), note));
  }
  line(head + note);
  signed_lines(interleaved(lines.before, lines.after, 1));
}

// Changes of the same objects stand together, under the names of these.
void Printer::changes(const ServiceChange& s, const std::vector<ToldChange>& all) {
  for (size_t i = 0; i < all.size();) {
    const ObjectChange& object = object_of(s, all[i]);
    size_t end = i;
    Effects effects;
    for (; end < all.size() && all[end].objects == all[i].objects; ++end) effects.add(effects_of(s, all[end]));
    const std::string words = !object.before ? ink(Ink::Green, "created") : !object.after ? ink(Ink::Red, "deleted") : ink(effect_ink(effects), effect_words(effects));
    line(cat("  ", objects_words(all[i].objects), "  ", words));
    for (; i < end; ++i)
      if (all[i].place.change) change(s, all[i]);
  }
}

void Printer::bundle(size_t index) {
  const Bundle& b = folding_.bundles[index];
  line("");
  line(cat(ink(Ink::Bold, cat('#', index + 1, " the same in ", count_of(b.services.size(), "service", "services"))), "  ", ink(effect_ink(b.effects), effect_words(b.effects))));
  line(cat("  ", ink(Ink::Dim, members_words(report_, b.services, kMostNames))));
  changes(report_.services[b.services[0]], b.changes);
}

void Printer::service(size_t index) {
  const ServiceChange& s = report_.services[index];
  const auto& own = folding_.own[index];
  const std::vector<Fact> facts = facts_of(s);
  if ((own.empty() && facts.empty()) || s.renamed_to) return;
  line("");
  line(cat(ink(Ink::Bold, service_name(s.ref)), "  ", ink(effect_ink(s.effects), service_words(s))));
  for (const Fact& fact : facts) line(cat("  ", ink(fact.alarming ? Ink::Red : Ink::Plain, fact.text)));
  if (s.created() || s.deleted()) return line(cat("  ", kinds_words(s)));
  changes(s, own);
  if (folding_.shared[index].empty()) return;
  std::vector<std::string> numbers;
  for (size_t b : folding_.shared[index]) numbers.push_back(cat('#', b + 1));
  line(ink(Ink::Dim, cat("  and ", join(numbers, ", "))));
}

std::string Printer::run() {
  line(ink(Ink::Bold, verdict(report_)));
  switches();
  errors();
  totals();
  // What is lost comes before what many share.
  const auto is_lost = [&](size_t s) { return report_.services[s].breaks() || report_.services[s].deleted() || report_.services[s].running == Running::Stops; };
  for (size_t s = 0; s < report_.services.size(); ++s)
    if (is_lost(s)) service(s);
  for (size_t b = 0; b < folding_.bundles.size(); ++b) bundle(b);
  for (size_t s = 0; s < report_.services.size(); ++s)
    if (!is_lost(s)) service(s);
  if (report_.ignored) line(ink(Ink::Dim, cat("\n", count_of(report_.ignored, "change was", "changes were"), " left out by filters")));
  return std::move(out_);
}

}  // namespace

std::string print_text(const Report& report, const TextOptions& options) { return Printer(report, options).run(); }

}  // namespace isvcc::diff

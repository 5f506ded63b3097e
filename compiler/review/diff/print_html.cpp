#include "review/diff/print_html.h"

#include <set>

#include "base/html_text.h"
#include "base/json_text.h"
#include "base/text.h"
#include "review/diff/fold.h"
#include "review/diff/page.h"
#include "review/diff/wording.h"

namespace isvcc::diff {
namespace {

constexpr size_t kMostErrors = 200;
constexpr size_t kWholeObjects = 2000;  // made or deleted objects that are shown in full
constexpr size_t kEverything = SIZE_MAX;

uint32_t hex_digit(char c) { return static_cast<uint32_t>(c <= '9' ? c - '0' : c - 'a' + 10); }

// Base64 of bytes given as hex digits, as the Content-Security-Policy wants hashes.
std::string base64_of_hex(std::string_view hex) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  for (char c : hex) {
    bits = bits << 4 | hex_digit(c);
    count += 4;
    if (count < 6) continue;
    count -= 6;
    out += kDigits[bits >> count & 63];
  }
  if (count > 0) out += kDigits[bits << (6 - count) & 63];
  while (out.size() % 4) out += '=';
  return out;
}

std::string hash_of(std::string_view content) { return cat("'sha256-", base64_of_hex(sha256_hex(content)), "'"); }

std::string lines_text(const std::vector<std::string>& lines) { return join(lines, "\n"); }

class Writer {
 public:
  explicit Writer(const Report& report) : report_(report), folding_(fold(report)), json_(data_) {}

  std::string run();

 private:
  std::string head() const;
  std::string switches() const;
  std::string errors(std::string_view of_class, std::string_view title, const std::vector<SideError>& errors) const;
  std::string totals() const;

  void effects(Effects effects) { json_.member("effects", int64_t{bits_of(effects)}); }
  static int bits_of(Effects effects);
  void change(const ServiceChange& s, const ToldChange& told);
  void changes(const ServiceChange& s, const std::vector<ToldChange>& all);
  void whole_object(const ObjectChange& object);
  std::string about(size_t index) const;
  void service(size_t index);
  void shared(const Bundle& bundle);
  std::string data();

  const Report& report_;
  const Folding folding_;
  std::string data_;
  JsonWriter json_;
  size_t whole_objects_ = 0;
};

// ---- above the list: readable without the script

std::string Writer::switches() const {
  std::string items;
  size_t count = 0;
  for (const ServiceChange& s : report_.services) {
    if (!s.runtime_switched()) continue;
    ++count;
    items += cat("<li><b>", html_text(service_name(s.ref)), "</b> ", html_text(runtime_words(s.before)), " → <b>", html_text(runtime_words(s.after)), "</b></li>\n");
  }
  if (count == 0) return {};
  return cat("<section class=\"alarm\"><h2>", count_of(count, "service switches", "services switch"), " to another runtime</h2><ul class=\"plain\">\n", items, "</ul></section>\n");
}

std::string Writer::errors(std::string_view of_class, std::string_view title, const std::vector<SideError>& errors) const {
  if (errors.empty()) return {};
  const std::vector<ErrorGroup> groups = group_errors(errors);
  std::string items;
  for (size_t i = 0; i < std::min(groups.size(), kMostErrors); ++i) items += cat("<li><code>", html_text(error_words(groups[i])), "</code></li>\n");
  if (groups.size() > kMostErrors) items += cat("<li>and ", grouped(static_cast<int64_t>(groups.size() - kMostErrors)), " other kinds</li>\n");
  return cat("<section class=\"", of_class, "\"><h2>", html_text(title), "</h2><ul class=\"plain\">\n", items, "</ul></section>\n");
}

std::string Writer::totals() const {
  const std::vector<TotalsRow> rows = totals_of(report_);
  const std::string surge = surge_words(report_);
  std::string out = rows.empty() ? "" : "<table class=\"totals\"><tr><th>requested</th><th>before</th><th>after</th></tr>\n";
  for (const TotalsRow& r : rows) out += cat("<tr><td>", html_text(r.what), "</td><td>", html_text(r.before), "</td><td>", html_text(r.after), "</td></tr>\n");
  if (!rows.empty()) out += "</table>\n";
  if (!surge.empty()) out += cat("<p>While pods are replaced, on top: ", html_text(surge), "</p>\n");
  return out;
}

std::string Writer::head() const {
  const ErrorNews& news = report_.errors;
  std::string out = cat("<header><h1>", html_text(verdict(report_)), "</h1>\n<div class=\"dim\">", html_text(report_.before_label), " → ", html_text(report_.after_label), "</div>\n");
  out += switches();
  out += errors("alarm", cat(count_of(news.appeared.size(), "new error", "new errors"), " in ", report_.after_label), news.appeared);
  out += totals();
  out += errors("good", cat(count_of(news.gone.size(), "error", "errors"), " mended"), news.gone);
  if (!news.on_both.empty()) out += cat("<p>", html_text(errors_on_both_words(report_)), "</p>\n");
  if (report_.ignored) out += cat("<p class=\"dim\">", count_of(report_.ignored, "change", "changes"), " left out by filters</p>\n");
  return out + "</header>\n";
}

// ---- the data

int Writer::bits_of(Effects effects) {
  int bits = 0;
  for (int e = 0; e < kEffects; ++e)
    if (effects.has(static_cast<Effect>(e))) bits |= 1 << e;
  return bits;
}

void Writer::change(const ServiceChange& s, const ToldChange& told) {
  const ChangeLines lines = lines_of(s, told, kEverything);
  const Change& change = *change_of(s, told);
  json_.begin_object().member("place", printable(lines.place)).member("path", printable(change.path)).member("op", op_name(change.op)).member_if("note", lines.note);
  if (!lines.before.empty()) json_.member("before", lines_text(lines.before));
  if (!lines.after.empty()) json_.member("after", lines_text(lines.after));
  json_.end_object();
}

// Changes of the same objects stand together, under the names of these.
void Writer::changes(const ServiceChange& s, const std::vector<ToldChange>& all) {
  json_.key("objects").begin_array();
  for (size_t i = 0; i < all.size();) {
    const ObjectChange& object = object_of(s, all[i]);
    size_t end = i;
    Effects together;
    for (; end < all.size() && all[end].objects == all[i].objects; ++end) together.add(effects_of(s, all[end]));
    json_.begin_object().member("title", objects_words(all[i].objects));
    json_.key("kinds").begin_array();
    std::set<std::string> kinds;
    for (const ObjectName& o : all[i].objects) kinds.insert(o.kind);
    for (const std::string& kind : kinds) json_.text(kind);
    json_.end_array();
    effects(together);
    json_.key("changes").begin_array();
    for (; i < end; ++i) {
      if (all[i].place.change) change(s, all[i]);
      else if (!all[i].placeholders) whole_object(object);
    }
    json_.end_array().end_object();
  }
  json_.end_array();
}

void Writer::whole_object(const ObjectChange& object) {
  if (object.object().kind == "Secret" || ++whole_objects_ > kWholeObjects) return;
  json_.begin_object().member("place", "the whole object").member("path", "").member("op", object.after ? "added" : "removed");
  json_.member(object.after ? "after" : "before", lines_text(value_lines(object.object().node))).end_object();
}

std::string Writer::about(size_t index) const {
  const ServiceChange& s = report_.services[index];
  if (s.created() || s.deleted() || s.breaks() || s.mends()) return service_words(s);
  std::string out = gist_of(s, folding_.own[index]);
  for (size_t b : folding_.shared[index]) out += cat(out.empty() ? "" : ", ", gist_of(report_.services[folding_.bundles[b].services[0]], folding_.bundles[b].changes));
  return out;
}

void Writer::service(size_t index) {
  const ServiceChange& s = report_.services[index];
  json_.begin_object().member("title", printable(service_name(s.ref))).member("namespace", printable(s.ref.namespace_)).member("about", printable(about(index)));
  effects(s.effects);
  json_.key("breaks").boolean(s.breaks()).key("switches").boolean(s.runtime_switched());
  json_.key("runtimes").begin_array();
  std::set<std::string> runtimes = {s.before.runtime_name, s.after.runtime_name};
  runtimes.erase("");
  for (const std::string& name : runtimes) json_.text(printable(name));
  json_.end_array().key("facts").begin_array();
  for (const Fact& f : facts_of(s)) json_.begin_object().member("text", printable(f.text)).key("alarming").boolean(f.alarming).end_object();
  json_.end_array().key("shared").begin_array();
  for (size_t b : folding_.shared[index]) json_.integer(static_cast<int64_t>(b));
  json_.end_array();
  changes(s, folding_.own[index]);
  json_.end_object();
}

void Writer::shared(const Bundle& b) {
  const ServiceChange& first = report_.services[b.services[0]];
  json_.begin_object().member("about", printable(gist_of(first, b.changes)));
  effects(b.effects);
  json_.key("services").begin_array();
  for (size_t s : b.services) json_.integer(static_cast<int64_t>(s));
  json_.end_array();
  changes(first, b.changes);
  json_.end_object();
}

std::string Writer::data() {
  json_.begin_object().key("shared").begin_array();
  for (const Bundle& b : folding_.bundles) shared(b);
  json_.end_array().key("services").begin_array();
  for (size_t s = 0; s < report_.services.size(); ++s) service(s);
  json_.end_array().end_object();
  // "<" stands in texts only; without it nothing can end the element that holds the data.
  return replace_all(std::move(data_), "<", "\\u003c");
}

std::string Writer::run() {
  const std::string policy = cat("default-src 'none'; style-src ", hash_of(kPage_css), "; script-src ", hash_of(kPage_js));
  return cat("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"", policy,
             "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>isvcc diff: ", html_text(report_.before_label), " → ", html_text(report_.after_label),
             "</title>\n<style>", kPage_css, "</style></head>\n<body>\n", head(), kPage_html, "<script id=\"data\" type=\"application/json\">", data(), "</script>\n<script>", kPage_js,
             "</script>\n</body></html>\n");
}

}  // namespace

std::string print_html(const Report& report) { return Writer(report).run(); }

}  // namespace isvcc::diff

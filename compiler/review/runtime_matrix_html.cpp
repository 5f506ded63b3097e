#include "base/html_text.h"
#include "base/text.h"
#include "review/runtime_words.h"

namespace isvcc {
namespace {

// Nothing is loaded from anywhere, and no markup can come from the repository: every text goes through html_text().
constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Serving runtimes</title><style>
:root{color-scheme:light dark;--line:#8884;--soft:#8881;--warn:#b45309;--mute:#6b7280}
body{font:15px/1.5 system-ui,sans-serif;max-width:78rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
header{position:sticky;top:0;background:Canvas;padding:.5rem 0;border-bottom:1px solid var(--line);display:flex;gap:1rem;align-items:baseline;flex-wrap:wrap}
input{font:inherit;padding:.25rem .6rem;min-width:18rem;border:1px solid var(--line);border-radius:.4rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
th{font-size:.8rem;color:var(--mute);font-weight:600}td.n{text-align:right;font-variant-numeric:tabular-nums}
tbody tr:hover{background:var(--soft)}b{font-weight:600}.m{color:var(--mute)}.w{color:var(--warn)}
code{font:.9em ui-monospace,monospace}details summary{cursor:pointer}li{margin:.2rem 0}
</style></head><body>
)";

constexpr std::string_view kScript = R"(<script>
const box=document.getElementById('q'),rows=[...document.querySelectorAll('tbody tr')].map(r=>[r,r.textContent.toLowerCase()]);
box.addEventListener('input',()=>{const words=box.value.toLowerCase().split(/\s+/).filter(Boolean);
for(const [row,text] of rows)row.hidden=!words.every(w=>text.includes(w));});
</script></body></html>
)";

std::string cell(const std::string& html, std::string_view of_class = {}) {
  return of_class.empty() ? cat("<td>", html, "</td>") : cat("<td class=\"", of_class, "\">", html, "</td>");
}

std::string order_html(const MatrixRow& row) {
  std::string out;
  for (size_t i = 0; i < row.order.size(); ++i) {
    const std::string text = html_text(ranked_words(*row.order[i], row.format));
    out += i == 0 ? cat("<b>", text, "</b>") : cat(" <span class=\"m\">&rsaquo; ", text, "</span>");
  }
  return out;
}

std::string scope_html(const MatrixRow& row) {
  return cat(row.namespace_.empty() ? "everywhere" : html_text(row.namespace_), row.multi_node ? ", multi-node" : "");
}

std::string rows_html(const RuntimeMatrix& matrix) {
  std::string out = "<h2>Who is selected</h2><table><thead><tr><th>format<th>versions<th>protocols<th>where<th>runtimes in order (priority)<th>services</tr></thead><tbody>\n";
  for (const MatrixRow& row : matrix.rows)
    out += cat("<tr>", cell(html_text(row.format)), cell(html_text(versions_words(row))), cell(html_text(protocols_words(row))), cell(scope_html(row)),
               cell(order_html(row)), cell(row.services ? cat(row.services) : "", "n"), "</tr>\n");
  return out + "</tbody></table>\n";
}

std::string users_html(const RuntimeUse& use) {
  if (use.users.empty()) return "<span class=\"w\">unused</span>";
  std::string out = cat("<details><summary>", use.users.size(), "</summary>");
  for (const ServiceFacts* user : use.users) out += cat(html_text(short_name(*user->service)), user->plan->runtime->automatic ? "" : " (named)", "<br>");
  return out + "</details>";
}

std::string formats_html(View spec) {
  std::string out;
  for (const Node* format : spec["supportedModelFormats"].items()) out += cat(out.empty() ? "" : "<br>", html_text(format_words(format)));
  return out;
}

std::string runtimes_html(const RuntimeMatrix& matrix, const Facts& facts) {
  std::string out = "<h2>Runtimes</h2><table><thead><tr><th>runtime<th>users<th>formats<th>protocols<th>remarks<th>source</tr></thead><tbody>\n";
  for (const RuntimeUse& use : matrix.runtimes) {
    const View spec = use.runtime->spec;
    out += cat("<tr>", cell(cat("<b>", html_text(short_name(*use.runtime->object)), "</b><br><span class=\"m\">", html_text(use.runtime->object->kind), "</span>")),
               cell(users_html(use)), cell(formats_html(spec)), cell(html_text(protocols_words(spec["protocolVersions"]))),
               cell(html_text(join(remarks_of(use), "; ")), "w"), cell(cat("<code>", html_text(place_of(*use.runtime->object, facts.sources)), "</code>")), "</tr>\n");
  }
  return out + "</tbody></table>\n";
}

std::string clashes_html(const RuntimeMatrix& matrix) {
  if (matrix.clashes.empty()) return {};
  std::string out = "<h2>Clashes</h2><ul>\n";
  for (const RuntimeClash& clash : matrix.clashes) out += cat("<li>", html_text(clash_words(clash)), "</li>\n");
  return out + "</ul>\n";
}

}  // namespace

std::string matrix_html(const RuntimeMatrix& matrix, const Facts& facts) {
  return cat(kHead, "<header><h1>Serving runtimes</h1><span class=\"m\">", count_words(matrix.runtimes.size(), "runtime", "runtimes"), ", ",
             count_words(facts.services.size(), "service", "services"), "</span><input id=\"q\" type=\"search\" placeholder=\"filter rows\" aria-label=\"filter rows\"></header>\n",
             clashes_html(matrix), rows_html(matrix), runtimes_html(matrix, facts), kScript);
}

}  // namespace isvcc

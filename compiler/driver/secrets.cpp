#include "driver/secrets.h"

#include "base/text.h"
#include "diag/places.h"

namespace isvcc {
namespace {

bool is_data(std::string_view path) { return starts_with(path, "data") || starts_with(path, "stringData"); }

bool tells_a_secret(const Diagnostic& d, const Sources& sources) {
  if (d.object.kind == "Secret") return is_data(d.path);
  return d.stage == Stage::Load && d.span.file != 0 && holds_secret(sources.get(d.span.file).text);
}

}  // namespace

void hide_secrets(Diagnostics& diags, const Sources& sources) {
  for (Diagnostic& d : diags.all()) {
    if (!tells_a_secret(d, sources)) continue;
    d.message = cat(info(d.code).title, d.path.empty() ? "" : cat(": ", quote(d.path)), " (not shown: it may be secret)");
    d.upstream.clear();
    d.hint.clear();
    d.labels.clear();
    d.fixes.clear();
  }
}

}  // namespace isvcc

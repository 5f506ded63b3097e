#include "base/json_text.h"
#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/facts.h"
#include "driver/commands/live.h"
#include "driver/determinism.h"

namespace isvcc {
namespace {

std::string determinism_text(const Determinism& d) {
  std::string out = d.equal() ? cat("the same bytes in ", d.runs.size(), " runs: ", d.objects, " objects in ", d.files, " files, ", d.findings, " findings, sha256 ", d.runs[0].digest, '\n')
                              : std::string("NOT the same bytes: please report this\n");
  for (const DeterminismRun& run : d.runs) out += cat("  ", run.circumstances, run.difference.empty() ? "" : cat(": differs in ", run.difference), '\n');
  return out;
}

std::string determinism_json(const Determinism& d) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().member("schema", "isvcc.dev/verify/v1").key("equal").boolean(d.equal());
  json.member("objects", static_cast<int64_t>(d.objects)).member("files", static_cast<int64_t>(d.files)).member("findings", static_cast<int64_t>(d.findings));
  json.key("runs").begin_array();
  for (const DeterminismRun& run : d.runs)
    json.begin_object().member("circumstances", run.circumstances).member("sha256", run.digest).member_if("firstDifference", run.difference).end_object();
  json.end_array().end_object();
  return out + '\n';
}

}  // namespace

int run_verify(const Options& options) {
  if (!options.values("live").empty()) return run_verify_live(options);
  const auto format = output_format(options, {"text", "json"});
  if (!format) return kUsage;
  int code = kFine;
  const auto checked = check_determinism(options, code);
  if (!checked) return code;
  print_out(*format == "json" ? determinism_json(*checked) : determinism_text(*checked));
  return checked->equal() ? kFine : kBug;
}

}  // namespace isvcc

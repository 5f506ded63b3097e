#include "base/text.h"
#include "diag/code_docs.h"
#include "driver/commands/command.h"
#include "driver/commands/session.h"

namespace isvcc {

static std::string runtime_line(const Candidate& c) {
  const Object& o = *c.runtime->object;
  std::string out = cat("  ", c.runtime->cluster ? "ClusterServingRuntime " : "ServingRuntime ", o.name, ": ");
  if (c.drop != Drop::None) return cat(out, drop_words(c.drop), '\n');
  out += cat("candidate, protocol class ", c.runtime->protocol_class);
  if (c.priority) out += cat(", priority ", *c.priority);
  return out + '\n';
}

static std::string explain_service(const ServiceResult& s, const RuntimeIndex& index) {
  std::string out = cat("InferenceService ", s.service->namespace_, '/', s.service->name, '\n');
  if (!s.admitted) return out + "refused at admission\n";
  if (!s.plan) return out;
  out += cat("deployment mode: ", mode_name(s.plan->mode), '\n');
  if (s.plan->runtime) out += cat("runtime: ", s.plan->runtime->kind, ' ', s.plan->runtime->name, s.plan->runtime->automatic ? " (selected)" : " (named)", '\n');
  if (s.failure) out += cat("fails: ", s.failure->message, '\n');
  const View predictor = s.service->view().at("spec.predictor");
  if (!predictor["model"] || predictor["model"]["runtime"]) return out;
  out += "runtimes, in KServe's order:\n";
  for (const Candidate& c : runtime_candidates(predictor, s.service->namespace_, static_cast<bool>(predictor["workerSpec"]), index)) out += runtime_line(c);
  return out;
}

int run_explain(const Options& given) {
  Options options = given;
  const std::string what = options.arguments.empty() ? "" : options.arguments[0];
  if (const CodeInfo* code = find_code(what)) {
    print_out(explain_code(*code));
    return kFine;
  }
  if (what == "codes") {
    print_out(diagnostics_markdown());
    return kFine;
  }
  const size_t slash = what.find('/');
  if (slash == std::string::npos) {
    print_error("explain needs NAMESPACE/NAME of a service, a diagnostic code such as E0401, or `codes`");
    return kUsage;
  }
  options.arguments.erase(options.arguments.begin());
  Session session;
  if (const auto stop = prepare(options, session)) return *stop;
  run_pipeline(options, session);
  for (const ServiceResult& s : session.result.services)
    if (s.service->namespace_ == what.substr(0, slash) && s.service->name == what.substr(slash + 1)) {
      print_out(explain_service(s, session.result.runtimes));
      return kFine;
    }
  print_error(cat("no InferenceService ", quote(what), " among the sources"));
  return kFindings;
}

}  // namespace isvcc

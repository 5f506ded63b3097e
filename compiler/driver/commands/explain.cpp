#include "base/edit_distance.h"
#include "base/text.h"
#include "diag/code_docs.h"
#include "driver/commands/command.h"
#include "driver/commands/facts.h"
#include "review/explain.h"

namespace isvcc {

static const ServiceFacts* find_service(const Facts& facts, std::string_view namespace_, std::string_view name) {
  for (const ServiceFacts& s : facts.services)
    if (s.service->namespace_ == namespace_ && s.service->name == name) return &s;
  return nullptr;
}

static std::string suggestion(const Facts& facts, const std::string& wanted) {
  std::vector<std::string> names;
  for (const ServiceFacts& s : facts.services) names.push_back(cat(s.service->namespace_, '/', s.service->name));
  const std::string_view near = nearest(wanted, {names.begin(), names.end()});
  return near.empty() ? "" : cat("; did you mean ", quote(near), "?");
}

int run_explain(const Options& given) {
  Options options = given;
  const auto format = output_format(options, {"text", "json"});
  if (!format) return kUsage;
  if (options.value("field") || options.value("line")) return run_explain_value(options, *format);
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
    print_error("explain needs NAMESPACE/NAME of a service, --line FILE:N of an output file, a diagnostic code such as E0401, or `codes`");
    return kUsage;
  }
  options.arguments.erase(options.arguments.begin());
  Session session;
  if (const auto stop = prepare(options, session)) return *stop;
  run_pipeline(options, session);
  const Facts facts = facts_of(session.result);
  const ServiceFacts* service = find_service(facts, what.substr(0, slash), what.substr(slash + 1));
  if (!service) {
    print_error(cat("no InferenceService ", quote(what), " among the sources", suggestion(facts, what)));
    return kFindings;
  }
  const Explanation explanation = explain_service(*service, facts);
  print_out(*format == "json" ? explanation_json(explanation, facts) : explanation_text(explanation, facts));
  return kFine;
}

}  // namespace isvcc

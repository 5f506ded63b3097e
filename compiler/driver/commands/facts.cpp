#include "driver/commands/facts.h"

#include <algorithm>

#include "driver/commands/command.h"

namespace isvcc {

Facts facts_of(const Compilation& c) {
  Facts facts{c.repository, c.runtimes, c.profile, c.sources, {}};
  facts.services.reserve(c.services.size());
  for (const ServiceResult& s : c.services) facts.services.push_back({s.service, s.plan ? &*s.plan : nullptr, s.failure ? &*s.failure : nullptr});
  return facts;
}

int finish_answer(const Options& options, Session& session) {
  auto& all = session.result.diags.all();
  if (options.values("report").empty()) all.erase(std::remove_if(all.begin(), all.end(), [](const Diagnostic& d) { return d.severity != Severity::Error; }), all.end());
  return report_findings(options, session) ? exit_code(session) : kInputOutput;
}

}  // namespace isvcc

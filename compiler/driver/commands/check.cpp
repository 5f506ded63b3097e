#include "driver/commands/command.h"
#include "driver/commands/session.h"
#include "driver/commands/summary.h"

namespace isvcc {

int run_check(const Options& options) {
  Session session;
  if (const auto stop = prepare(options, session)) return *stop;
  session.request.keep = Keep::Names;
  run_pipeline(options, session);
  if (!report_findings(options, session)) return kInputOutput;
  print_summary(options, session, nullptr);
  return exit_code(session);
}

}  // namespace isvcc

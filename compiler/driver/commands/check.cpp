#include "driver/commands/command.h"
#include "driver/commands/session.h"
#include "driver/commands/summary.h"

namespace isvcc {

int run_check(const Options& options) {
  std::deque<Session> sessions;
  if (const auto stop = prepare(options, sessions)) return *stop;
  for (Session& session : sessions) session.request.keep = Keep::Names;
  run_pipeline(options, sessions);
  if (!report_findings(options, sessions)) return kInputOutput;
  for (const Session& session : sessions) print_summary(options, session, nullptr);
  return exit_code(sessions);
}

}  // namespace isvcc

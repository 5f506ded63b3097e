#include "driver/check_scope.h"
#include "driver/commands/command.h"
#include "driver/commands/session.h"
#include "driver/commands/summary.h"

namespace isvcc {

static CheckScope scope_of(const Options& options) {
  CheckScope scope;
  for (const std::string& kinds : options.values("skip")) add_kinds(kinds, scope.skip);
  for (const std::string& kinds : options.values("reject")) add_kinds(kinds, scope.reject);
  scope.ignore_missing_schemas = options.flag("ignore-missing-schemas");
  return scope;
}

int run_check(const Options& options) {
  std::deque<Session>& sessions = lasting_sessions();
  if (const auto stop = prepare(options, sessions)) return *stop;
  const CheckScope scope = scope_of(options);
  for (Session& session : sessions) {
    session.request.keep = Keep::Names;
    session.more = [&](Compilation& result) { apply_scope(scope, result); };
  }
  run_pipeline(options, sessions);
  for (Session& session : sessions) session.count = count_checked(scope, session.result);
  if (!report_findings(options, sessions)) return kInputOutput;
  for (const Session& session : sessions) {
    if (options.flag("summary")) print_out(summary_line(session.count));
    print_summary(options, session, nullptr);
  }
  return exit_code(sessions);
}

}  // namespace isvcc

// post-render: a stream of manifests in, the same stream with its services compiled out. All or nothing: after an error nothing is printed.
#include <cstdlib>

#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/pipe.h"
#include "driver/commands/session.h"
#include "driver/commands/summary.h"
#include "driver/pipes/replacement.h"
#include "driver/pipes/stream.h"

namespace isvcc {

int run_post_render(const Options& given) {
  Options options = given;
  options.arguments.insert(options.arguments.begin(), "-");
  Session session;
  if (const auto stop = prepare(options, session)) return *stop;
  // Helm tells its plugins the namespace of the release.
  if (const char* release = std::getenv("HELM_NAMESPACE"); release && *release && !options.value("namespace")) session.request.project.default_namespace = release;
  session.request.drop_annotation = is_bookkeeping;
  run_pipeline(options, session);
  tell_assumed_namespace(session);
  if (!report_findings(options, session)) return kInputOutput;
  const int code = exit_code(session);
  if (code != kFine) {
    print_error("nothing was rendered");
    return code;
  }
  const PipedStream stream = piped_stream(session);
  if (stream.left_out > 0 && !options.flag("quiet")) print_error(cat(stream.left_out, " runtimes and storage containers are compiled in and left out"));
  return print_all(stream.text);
}

}  // namespace isvcc

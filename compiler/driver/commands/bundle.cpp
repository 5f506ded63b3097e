// bundle: what build would write, as one tar.gz whose bytes depend on nothing but the manifests: a layer of an OCI artifact.
#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/layout_files.h"
#include "driver/commands/pipe.h"
#include "driver/commands/provenance_files.h"
#include "driver/commands/session.h"
#include "driver/commands/summary.h"
#include "driver/passthrough.h"
#include "emit/gzip.h"
#include "emit/tar.h"

namespace isvcc {

int run_bundle(const Options& options) {
  Session session;
  if (const auto stop = prepare(options, session)) return *stop;
  const auto path = options.value("output");
  if (!path) {
    print_error("bundle needs -o FILE.tar.gz; `-o -` streams to standard output");
    return kUsage;
  }
  // A folder that Flux applies needs a kustomization.yaml, so that nothing else is taken from it.
  std::string& layout = session.request.project.layout;
  if (layout == "tree" && !options.value("layout")) layout = "flux";
  session.request.keep = wants_provenance(options) ? Keep::Trees : Keep::Texts;
  run_pipeline(options, session);
  add_passthrough(session.request.project, session.result, session.request.only);
  const int code = exit_code(session);
  const bool blocked = code != kFine && !(code == kFindings && options.flag("keep-going"));
  std::vector<OutputFile> files = blocked ? std::vector<OutputFile>() : layout_files(session);
  if (!report_findings(options, session)) return kInputOutput;
  print_summary(options, session, nullptr);
  if (blocked) return code;
  add_provenance(options, session, files);
  const std::string archive = gzip_of(tar_of(files));
  if (const int failed = write_or_print(*path, archive, {.durable = options.flag("durable"), .stop = nullptr})) return failed;
  if (!options.flag("quiet")) print_error(cat(files.size(), " files, sha256:", sha256_hex(archive)));
  return code;
}

}  // namespace isvcc

#include "driver/commands/pipe.h"

#include <signal.h>
#include <unistd.h>

#include "base/text.h"
#include "driver/commands/command.h"

namespace isvcc {

static int tell_failure(const Diagnostics& problems) {
  for (const Diagnostic& d : problems.all()) print_error(d.message);
  return kInputOutput;
}

int print_all(std::string_view text) {
  Diagnostics problems;
  switch (write_stream(STDOUT_FILENO, text, problems)) {
    case Streaming::Done: return kFine;
    case Streaming::Closed: return 128 + SIGPIPE;
    case Streaming::Failed: break;
  }
  return tell_failure(problems);
}

int write_or_print(const std::string& path, std::string_view text, const FileOptions& how) {
  if (path == "-") return print_all(text);
  Diagnostics problems;
  return write_file(path, text, how, problems).ok ? kFine : tell_failure(problems);
}

void tell_assumed_namespace(const Session& session) {
  std::vector<std::string> names;
  for (const ServiceResult& s : session.result.services)
    if (!metadata(s.service->written)["namespace"]) names.push_back(quote(s.service->name));
  if (names.empty()) return;
  if (names.size() > 5) names.resize(6), names.back() = "…";
  print_error(cat("no namespace in ", join(names, ", "), ": rendered for ", quote(session.request.project.default_namespace), ", --namespace changes that"));
}

}  // namespace isvcc

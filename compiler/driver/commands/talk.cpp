// The commands that compile nothing: version, help, completion, man.
#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/session.h"
#include "driver/completion.h"
#include "driver/manual.h"
#include "driver/version.h"
#include "kserve/bundled.h"

namespace isvcc {

int run_version(const Options&) {
  print_out(cat("isvcc ", isvcc_version(), "\nKServe releases: ", join(known_releases(), ", "), '\n'));
  return kFine;
}

int run_help(const Options& options) {
  const std::string topic = options.arguments.empty() ? "" : options.arguments[0];
  print_out(topic.empty() ? general_help() : topic == "limits" ? limits_markdown() : verb_help(topic));
  return kFine;
}

int run_completion(const Options& options) {
  const auto script = completion_script(options.arguments.empty() ? "" : options.arguments[0]);
  if (!script) {
    print_error("completion needs a shell: bash, zsh or fish");
    return kUsage;
  }
  print_out(*script);
  return kFine;
}

int run_man(const Options& options) {
  const std::string page = options.arguments.empty() ? manual_page(isvcc_version()) : manual_page_of(options.arguments[0], isvcc_version());
  if (page.empty()) {
    print_error(cat("there is no command ", quote(options.arguments[0]), "; `isvcc help` lists all"));
    return kUsage;
  }
  print_out(page);
  return kFine;
}

}  // namespace isvcc

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>

#include "base/console.h"
#include "base/text.h"
#include "driver/commands/command.h"
#include "emit/yaml_writer.h"
#include "load/jsonnet.h"

namespace isvcc {
namespace {

struct Command {
  std::string_view verb;
  int (*run)(const Options&);
};
constexpr Command kCommands[] = {
    {"build", run_build}, {"watch", run_watch}, {"bundle", run_bundle}, {"check", run_check}, {"dump", run_dump}, {"explain", run_explain},
    {"runtimes", run_runtimes},
    {"diff", run_diff},
    {"impact", run_impact},
    {"upgrade", run_upgrade},
    {"gitops", run_gitops}, {"pin", run_pin},
    {"verify", run_verify},
    {"fn", run_fn}, {"post-render", run_post_render}, {"argocd-plugin", run_argocd_plugin},
    {"completion", run_completion}, {"man", run_man}, {"version", run_version}, {"help", run_help},
};

bool is_command(const std::vector<std::string>& words) {
  const auto rows = verbs();
  return !words.empty() && std::any_of(rows.begin(), rows.end(), [&](const VerbRow& row) { return row.name == words[0]; });
}

int run(const std::vector<std::string>& words) {
  std::string error;
  const auto options = parse_options(words, error);
  if (!options) {
    put(stderr, cat("isvcc: ", error, "\nisvcc: ", is_command(words) ? cat("`isvcc help ", words[0], "` lists its options\n") : "`isvcc help` lists commands\n"));
    return kUsage;
  }
  if (options->flag("help")) {
    put(stdout, verb_help(options->verb));
    return kFine;
  }
  for (const Command& command : kCommands)
    if (command.verb == options->verb) return command.run(*options);
  return kUsage;
}

// Whoever reads the standard output has to know when it is not all.
int told_all(int code) {
  if (!std::ferror(stdout)) return code;
  put(stderr, "isvcc: cannot write to standard output\n");
  return std::max<int>(code, kInputOutput);
}

}  // namespace
}  // namespace isvcc

int main(int argc, char** argv) {
  using namespace isvcc;
  if (argc >= 2 && argv[1] == kJsonnetWorkerFlag)
    return jsonnet_worker_main(kJsonnetWorkerFd, [](std::string& out, View value) { write_yaml(out, value, YamlStyle::Tanka); });
  try {
    return told_all(run({argv + 1, argv + argc}));
  } catch (const std::bad_alloc&) {
    put(stderr, "isvcc: out of memory; nothing was written\n");
    return kFindings;
  } catch (const std::exception& bug) {
    put(stderr, cat("isvcc: a bug in isvcc: ", bug.what(), "; nothing was written\n"));
    return kBug;
  }
}

// The program under test: writes a made-up tree with the real writer.
//   subject FOLDER GENERATION [--files=N] [--no-wait] [--durable]
// Between generations some files stay, some change, some come and go, a file becomes a folder and back.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/text.h"
#include "emit/output_tree.h"

using namespace isvcc;

static std::vector<OutputFile> made_up(size_t generation, size_t count) {
  std::vector<OutputFile> files;
  for (size_t i = 0; i < count; ++i) {
    const std::string path = cat("ns", i % 3, "/svc-", i, ".yaml");
    if (i % 4 == 0) files.push_back({path, cat("same: ", i, "\n")});
    if (i % 4 == 1) files.push_back({path, cat("generation: ", generation, "\n", std::string(i * 100 % 5000, 'x'), "\n")});
    if (i % 4 == 2 && generation % 2 == 1) files.push_back({path, "odd\n"});
    if (i % 4 == 3 && generation % 2 == 0) files.push_back({cat("even/", path), "even\n"});
  }
  files.push_back({generation % 2 == 0 ? "turns" : "turns/inner", "file or folder\n"});
  return files;
}

static int exit_code(const OutputResult& result) {
  if (result.ok) return 0;
  return result.failure == OutputFailure::Io ? 3 : result.failure == OutputFailure::Busy ? 4 : 2;
}

int main(int argc, char** argv) {
  StopSignals stop;
  OutputOptions options{.directory = argc > 1 ? argv[1] : "", .threads = 2, .stop = &stop};
  size_t count = 12;
  for (int i = 3; i < argc; ++i) {
    const std::string_view flag = argv[i];
    if (flag == "--no-wait") options.wait = false;
    if (flag == "--durable") options.durable = true;
    if (flag == "--one-thread") options.threads = 1;
    if (starts_with(flag, "--files=")) count = static_cast<size_t>(parse_int(flag.substr(8)).value_or(0));
  }
  Diagnostics diags;
  const OutputResult result = write_tree(made_up(static_cast<size_t>(std::atoi(argc > 2 ? argv[2] : "0")), count), options, diags);
  for (const Diagnostic& d : diags.all()) std::fprintf(stderr, "%s: %s\n", std::string(info(d.code).id).c_str(), d.message.c_str());
  return exit_code(result);
}

// The program under test: writes a made-up tree with the real writer.
//   subject FOLDER GENERATION [--files=N] [--no-wait] [--durable] [--replace]
// --replace: as a build does where the output is that of two generations before, and few of its files change.
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

static OutputResult replace_some(size_t generation, size_t count, OutputOptions options, Diagnostics& diags) {
  OutputMemory memory;
  options.memory = &memory;
  const std::vector<OutputFile> before = made_up(generation - 2, count), after = made_up(generation, count);
  if (const OutputResult result = write_tree(before, options, diags); !result.ok) return result;
  std::vector<OutputFile> changed;
  for (size_t i = 0; i < after.size(); ++i)
    if (after[i].text.digest() != before[i].text.digest()) changed.push_back(after[i]);
  const OutputResult result = replace_files(changed, options, diags);
  return result.ok ? result : write_tree(after, options, diags);
}

int main(int argc, char** argv) {
  StopSignals stop;
  OutputOptions options{.directory = argc > 1 ? argv[1] : "", .threads = 2, .stop = &stop};
  size_t count = 12;
  bool replaces = false;
  for (int i = 3; i < argc; ++i) {
    const std::string_view flag = argv[i];
    if (flag == "--no-wait") options.wait = false;
    if (flag == "--durable") options.durable = true;
    if (flag == "--one-thread") options.threads = 1;
    if (flag == "--replace") replaces = true;
    if (starts_with(flag, "--files=")) count = static_cast<size_t>(parse_int(flag.substr(8)).value_or(0));
  }
  Diagnostics diags;
  const auto generation = static_cast<size_t>(std::atoi(argc > 2 ? argv[2] : "0"));
  const OutputResult result = replaces ? replace_some(generation, count, options, diags) : write_tree(made_up(generation, count), options, diags);
  for (const Diagnostic& d : diags.all()) std::fprintf(stderr, "%s: %s\n", std::string(info(d.code).id).c_str(), d.message.c_str());
  return exit_code(result);
}

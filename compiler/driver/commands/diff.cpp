#include "driver/commands/command.h"
#include "driver/commands/session.h"
#include "driver/sides.h"
#include "review/diff/print_text.h"
#include "review/diff/report.h"

#include <thread>

#include "base/text.h"

namespace isvcc {
namespace {

std::optional<int> prepare_folder(const Options& options, const std::string& folder, Session& session) {
  std::string error;
  if (const auto files = find_project(std::nullopt, {folder}, error)) return prepare(options, *files, nullptr, session);
  print_error(error);
  return kUsage;
}

// Both sides at the same time: the parts of one that run alone fill the gaps of the other.
void compile_both(const Options& options, Session& before, Session& after) {
  const size_t threads = before.request.load.threads;
  for (Session* session : {&before, &after}) {
    session->request.lint = false;
    session->request.load.threads = (threads + 1) / 2;
  }
  std::thread other([&] { run_pipeline(options, before); });
  run_pipeline(options, after);
  other.join();
}

}  // namespace

int run_diff(const Options& options) {
  const auto from = options.value("from"), to = options.value("to");
  if (!from || !to) {
    print_error("diff needs --from DIR and --to DIR");
    return kUsage;
  }
  Session before, after;
  if (const auto stop = prepare_folder(options, *from, before)) return *stop;
  if (const auto stop = prepare_folder(options, *to, after)) return *stop;
  const size_t threads = before.request.load.threads;
  compile_both(options, before, after);
  const diff::Side a = side_of(before.result, *from), b = side_of(after.result, *to);
  const diff::Report report = diff::compare_sides(a, b, {.threads = threads});
  print_out(diff::print_text(report, {.color = after.color}));
  return kFine;
}

}  // namespace isvcc

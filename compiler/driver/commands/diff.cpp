#include "base/parallel.h"
#include "driver/commands/command.h"
#include "driver/commands/diff_output.h"
#include "driver/commands/diff_sides.h"
#include "driver/commands/facts.h"
#include "driver/commands/session.h"
#include "driver/passthrough.h"
#include "driver/rendered.h"
#include "driver/sides.h"
#include "review/diff/report.h"

namespace isvcc {
namespace {

// One side on its way: what it is, and the memory that it lives in.
struct Half {
  explicit Half(const SideSource& one) : source(one) {}

  SideSource source;
  Session session{};
  diff::Side side;
};

void compile_half(const Options& options, bool rendered, Half& half) {
  Session& session = half.session;
  if (rendered) {
    half.side = rendered_side(session.request.load, half.source.label, session.result);
    return;
  }
  session.request.lint = false;
  run_pipeline(options, session);
  add_passthrough(session.request.project, session.result);
  half.side = side_of(session.result, half.source.label);
}

// Both at the same time: where one runs alone, it fills the gaps of the other.
void compile_halves(const Options& options, bool rendered, Half& before, Half& after) {
  Half* const halves[] = {&before, &after};
  for (Half* half : halves) half->session.request.load.threads = (half->session.request.load.threads + 1) / 2;
  parallel_for(2, 2, [&](size_t, size_t i) { compile_half(options, rendered, *halves[i]); });
}

}  // namespace

int run_diff(const Options& options) {
  const auto format = output_format(options, {"text", "markdown", "json", "html"});
  diff::ReportOptions settings;
  if (!format || !read_filters(options, settings.filter)) return kUsage;
  std::string error;
  const auto sides = find_sides(options, error);
  if (!sides) {
    print_error(error);
    return kUsage;
  }
  Half before(sides->before), after(sides->after);
  for (Half* half : {&before, &after}) {
    const Options own = half->source.cluster.empty() ? options : options.with("cluster", half->source.cluster);
    if (const auto stop = prepare(own, half->source.files, half->source.tree, half->session)) return *stop;
  }
  settings.threads = after.session.request.load.threads;
  compile_halves(options, sides->rendered, before, after);
  const diff::Report report = diff::compare_sides(before.side, after.side, settings);
  return write_diff(options, report, *format) ? diff_answer(options.flag("exit-code") || sides->by_kubectl, report) : kInputOutput;
}

}  // namespace isvcc

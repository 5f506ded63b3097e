#include "driver/commands/command.h"
#include "driver/commands/facts.h"
#include "review/runtime_matrix.h"

namespace isvcc {

int run_runtimes(const Options& options) {
  const auto format = output_format(options, {"text", "json", "html"});
  if (!format) return kUsage;
  Session session;
  if (const auto stop = prepare(options, session)) return *stop;
  run_pipeline(options, session);
  const Facts facts = facts_of(session.result);
  const RuntimeMatrix matrix = runtime_matrix(facts);
  print_out(*format == "json" ? matrix_json(matrix, facts) : *format == "html" ? matrix_html(matrix, facts) : matrix_text(matrix, facts));
  return finish_answer(options, session);
}

}  // namespace isvcc

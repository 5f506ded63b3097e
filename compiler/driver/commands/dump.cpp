#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/session.h"
#include "emit/yaml_writer.h"

namespace isvcc {

static std::string dump_plans(const Session& session) {
  std::string out;
  for (const ServiceResult& s : session.result.services)
    if (s.plan) out += dump_plan(*s.plan);
  return out;
}

static std::string dump_tree(const Session& session) {
  std::string out;
  for (const Document& d : session.result.documents.all) {
    out += cat(out.empty() ? "" : "---\n", "# ", session.result.sources.get(d.file).name, d.json_path.empty() ? "" : " at ", d.json_path, '\n');
    write_yaml(out, d.root);
  }
  return out;
}

int run_dump(const Options& given) {
  Options options = given;
  const std::string what = options.arguments.empty() ? "" : options.arguments[0];
  if (what != "plan" && what != "tree") {
    print_error("dump needs to know what: `isvcc dump plan` or `isvcc dump tree`");
    return kUsage;
  }
  options.arguments.erase(options.arguments.begin());
  Session session;
  if (const auto stop = prepare(options, session)) return *stop;
  run_pipeline(options, session);
  print_out(what == "plan" ? dump_plans(session) : dump_tree(session));
  report_findings(options, session);
  return exit_code(session);
}

}  // namespace isvcc

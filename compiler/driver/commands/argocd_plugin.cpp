// argocd-plugin: what a Config Management Plugin of Argo CD runs. Its settings come from the Application, through the environment that Argo CD
// gives to plugins; none of them can name a file outside the repository, raise a limit or render a part of what was asked for.
#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "base/json_text.h"
#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/session.h"
#include "load/reader.h"

namespace isvcc {
namespace {

constexpr std::string_view kAllowed[] = {"kserve",     "render", "multi-node", "runtimes", "image-tag", "namespace", "strict", "no-strict", "deny-assumption", "deny-warnings",
                                         "ext-str",    "ext-code", "tla-str",  "tla-code", "tanka-environment", "ignore"};

std::vector<OptionRow> allowed_options() {
  std::vector<OptionRow> rows;
  for (const OptionRow& row : options_of("build"))
    if (std::find(std::begin(kAllowed), std::end(kAllowed), row.name) != std::end(kAllowed)) rows.push_back(row);
  return rows;
}

const OptionRow* find_row(const std::vector<OptionRow>& rows, std::string_view name) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const OptionRow& row) { return row.name == name; });
  return found == rows.end() ? nullptr : &*found;
}

std::string_view variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? value : "";
}

// "true" and "" set a flag, "false" does not.
void add_word(const OptionRow& row, std::string_view value, std::vector<std::string>& words) {
  if (row.kind != OptionKind::Flag) words.push_back(cat("--", row.name, '=', value));
  else if (value != "false") words.push_back(cat("--", row.name));
}

void add_environment(const std::vector<OptionRow>& rows, std::vector<std::string>& words) {
  for (const OptionRow& row : rows)
    if (const std::string_view value = variable(cat("ARGOCD_ENV_", variable_of(row.name))); !value.empty()) add_word(row, value, words);
}

// One of ARGOCD_APP_PARAMETERS: {name, string | array | map}.
bool add_parameter(View parameter, const std::vector<OptionRow>& rows, std::vector<std::string>& words, std::string& error) {
  const OptionRow* row = find_row(rows, parameter["name"].text());
  if (!row) {
    std::vector<std::string_view> names;
    for (const OptionRow& known : rows) names.push_back(known.name);
    error = cat("no parameter ", quote(parameter["name"].text()), "; there are ", join(names, ", "));
    return false;
  }
  if (parameter["string"].is_text()) add_word(*row, parameter["string"].text(), words);
  for (const Node* item : parameter["array"].items()) add_word(*row, View(item).text(), words);
  for (const Field& f : parameter["map"].fields()) add_word(*row, cat(f.key(), '=', View(f.value).text()), words);
  return true;
}

bool add_parameters(const std::vector<OptionRow>& rows, std::vector<std::string>& words, std::string& error) {
  const std::string_view text = variable("ARGOCD_APP_PARAMETERS");
  if (trim(text).empty() || trim(text) == "null") return true;
  Arena arena;
  const View list = parse_json(text, arena, &error);
  if (!list.is_list()) error = cat("ARGOCD_APP_PARAMETERS is no list", error.empty() ? "" : ": ", error);
  for (const Node* parameter : list.items())
    if (!add_parameter(parameter, rows, words, error)) return false;
  return error.empty();
}

int fail(const std::string& error) {
  print_error(error);
  return kUsage;
}

int generate() {
  const std::vector<OptionRow> rows = allowed_options();
  std::vector<std::string> words = {"build", "--output=-", "--quiet", "--only=."};
  std::string error;
  if (const std::string_view space = variable("ARGOCD_APP_NAMESPACE"); !space.empty()) words.push_back(cat("--namespace=", space));
  add_environment(rows, words);
  if (!add_parameters(rows, words, error)) return fail(error);
  const auto options = parse_options(words, error);
  return options ? run_build(*options) : fail(error);
}

// What Argo CD shows as the plugin's parameters: a ParameterAnnouncement each.
int print_parameters() {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_array();
  for (const OptionRow& row : allowed_options()) {
    const bool pairs = starts_with(row.argument, "NAME=");
    json.begin_object().member("name", row.name).member("title", row.name).member("tooltip", row.help);
    json.member("collectionType", pairs ? "map" : row.kind == OptionKind::List ? "array" : "string");
    if (row.kind == OptionKind::Flag) json.member("itemType", "boolean");
    json.end_object();
  }
  json.end_array();
  print_out(out + '\n');
  return kFine;
}

}  // namespace

int run_argocd_plugin(const Options& options) {
  const std::string_view what = options.arguments.empty() ? std::string_view() : options.arguments[0];
  if (what == "generate") return generate();
  if (what == "parameters") return print_parameters();
  return fail("argocd-plugin needs to know what: generate or parameters");
}

}  // namespace isvcc

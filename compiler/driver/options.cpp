#include "driver/options.h"

#include <algorithm>
#include <boost/program_options.hpp>
#include <cstdlib>

#include "base/edit_distance.h"
#include "base/text.h"
#include "driver/kubeconform_words.h"

namespace isvcc {

namespace po = boost::program_options;

static constexpr VerbRow kVerbs[] = {
#define VERB(name, arguments, summary) {name, arguments, summary},
#include "driver/verbs.def"
#undef VERB
};

static constexpr OptionRow kOptions[] = {
#define OPTION(name, letter, kind, argument, verbs, help) {name, letter, OptionKind::kind, argument, verbs, help},
#include "driver/options.def"
#undef OPTION
#define LIMIT(name, value, flag, words) {std::string_view(flag).substr(2), 0, OptionKind::Value, "N", "*", "limit: " words},
#include "load/limits.def"
#undef LIMIT
};

static constexpr struct { std::string_view option, words; } kChoices[] = {
#define CHOICE(option, words) {option, words},
#include "driver/choices.def"
#undef CHOICE
};

static constexpr ExampleRow kExamples[] = {
#define EXAMPLE(verb, command, summary) {verb, command, summary},
#include "driver/examples.def"
#undef EXAMPLE
};

std::vector<VerbRow> verbs() { return {std::begin(kVerbs), std::end(kVerbs)}; }

std::vector<std::string_view> choices_of(std::string_view option) {
  for (const auto& row : kChoices)
    if (row.option == option) return split(row.words, ' ');
  return {};
}

std::vector<ExampleRow> examples_of(std::string_view verb) {
  std::vector<ExampleRow> rows;
  for (const ExampleRow& row : kExamples)
    if (row.verb == verb) rows.push_back(row);
  return rows;
}

// Verbs that compile nothing take no options.
static bool compiles(std::string_view verb) {
  static constexpr std::string_view kTalking[] = {"version", "help", "completion", "man", "argocd-plugin"};
  return std::find(std::begin(kTalking), std::end(kTalking), verb) == std::end(kTalking);
}

std::vector<OptionRow> options_of(std::string_view verb) {
  std::vector<OptionRow> rows;
  for (const OptionRow& row : kOptions) {
    const auto listed = split(row.verbs, ' ');
    const bool applies = row.verbs == "*" ? compiles(verb) : std::find(listed.begin(), listed.end(), verb) != listed.end();
    if (applies) rows.push_back(row);
  }
  return rows;
}

std::optional<std::string> Options::value(std::string_view name) const {
  const auto found = values_.find(std::string(name));
  return found == values_.end() || found->second.empty() ? std::nullopt : std::optional(found->second.back());
}

std::vector<std::string> Options::values(std::string_view name) const {
  const auto found = values_.find(std::string(name));
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

Options Options::with(std::string_view name, std::string_view value) const {
  Options other = *this;
  other.values_[std::string(name)] = {std::string(value)};
  return other;
}

std::optional<uint64_t> Options::number(std::string_view name, std::string& error) const {
  const auto text = value(name);
  if (!text) return std::nullopt;
  const auto parsed = parse_int(*text);
  if (parsed && *parsed >= 0) return static_cast<uint64_t>(*parsed);
  error = cat("--", name, " needs a number, got ", quote(*text));
  return std::nullopt;
}

static std::string spelled(const OptionRow& row) { return row.letter ? cat(row.name, ',', row.letter) : std::string(row.name); }

static po::options_description describe(std::string_view verb) {
  po::options_description description;
  for (const OptionRow& row : options_of(verb)) {
    const std::string name = spelled(row);
    if (row.kind == OptionKind::Flag) description.add_options()(name.c_str(), "");
    else description.add_options()(name.c_str(), po::value<std::vector<std::string>>(), "");
  }
  description.add_options()("help,h", "")("arguments", po::value<std::vector<std::string>>(), "");
  return description;
}

std::string variable_of(std::string_view option) {
  std::string name = "ISVCC_";
  for (char c : option) name += c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return name;
}

// The nearest option of this command, or the commands that have an option of this name.
static std::string unknown_option(std::string_view verb, std::string name) {
  while (starts_with(name, "-")) name.erase(0, 1);
  std::vector<std::string_view> known, elsewhere;
  for (const OptionRow& row : options_of(verb)) known.push_back(row.name);
  for (const OptionRow& row : kOptions)
    if (row.name == name) elsewhere = split(row.verbs, ' ');
  const std::string_view near = nearest(name, known);
  std::string hint;
  if (!elsewhere.empty() && elsewhere[0] != "*") hint = cat("; it is one of ", join(elsewhere, ", "));
  else if (!near.empty()) hint = cat(", did you mean --", near, "?");
  return cat(verb, " has no option ", quote(cat(name.size() == 1 ? "-" : "--", name)), hint);
}

static std::string unknown_verb(const std::string& word) {
  std::vector<std::string_view> names;
  for (const VerbRow& verb : kVerbs) names.push_back(verb.name);
  const std::string_view near = nearest(word, names);
  return cat("unknown command ", quote(word), near.empty() ? std::string() : cat(", did you mean ", quote(near), "?"));
}

std::optional<Options> parse_options(const std::vector<std::string>& words, std::string& error) {
  Options options;
  options.verb = words.empty() ? "help" : words[0];
  if (options.verb == "--version") options.verb = "version";
  if (options.verb == "--help" || options.verb == "-h") options.verb = "help";
  const auto known = std::find_if(std::begin(kVerbs), std::end(kVerbs), [&](const VerbRow& v) { return v.name == options.verb; });
  if (known == std::end(kVerbs)) {
    error = unknown_verb(options.verb);
    return std::nullopt;
  }
  const std::vector<OptionRow> rows = options_of(options.verb);
  for (const OptionRow& row : rows)
    if (const char* set = std::getenv(variable_of(row.name).c_str())) options.values_[std::string(row.name)] = {set};
  try {
    po::positional_options_description positional;
    positional.add("arguments", -1);
    std::vector<std::string> rest(words.begin() + (words.empty() ? 0 : 1), words.end());
    if (options.verb == "check") rest = without_kubeconform_words(rest);
    const auto style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    po::variables_map map;
    po::store(po::command_line_parser(rest).options(describe(options.verb)).positional(positional).style(style).run(), map);
    for (const auto& [name, value] : map) {
      if (name == "arguments") options.arguments = value.as<std::vector<std::string>>();
      else if (const auto* texts = boost::any_cast<std::vector<std::string>>(&value.value())) options.values_[name] = *texts;
      else options.values_[name] = {};
    }
  } catch (const po::unknown_option& problem) {
    error = unknown_option(options.verb, problem.get_option_name());
    return std::nullopt;
  } catch (const po::error& problem) {
    error = problem.what();
    return std::nullopt;
  }
  return options;
}

}  // namespace isvcc

#pragma once
// The command line as one table: parsing, help, shell completions and man pages are made from it. Boost.Program_options appears only in
// options.cpp. Every option can also be given as ISVCC_<NAME> in the environment.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace isvcc {

struct VerbRow {
  std::string_view name, arguments, summary;
};
std::vector<VerbRow> verbs();

enum class OptionKind { Flag, Value, List };

struct OptionRow {
  std::string_view name;       // long name without dashes
  char letter;                 // 0: none
  OptionKind kind;
  std::string_view argument;   // "DIR", "FORMAT=FILE"
  std::string_view verbs;      // space-separated verb names, "*" for all
  std::string_view help;
};
std::vector<OptionRow> options_of(std::string_view verb);

// The only values that an option takes; empty when it takes any.
std::vector<std::string_view> choices_of(std::string_view option);

struct ExampleRow {
  std::string_view verb, command, summary;
};
std::vector<ExampleRow> examples_of(std::string_view verb);

// The environment variable that sets an option: ISVCC_FILE_PER.
std::string variable_of(std::string_view option);

class Options {
 public:
  bool flag(std::string_view name) const { return values_.count(std::string(name)) > 0; }
  std::optional<std::string> value(std::string_view name) const;
  std::vector<std::string> values(std::string_view name) const;
  // A number; nothing when absent. Reports through `error` when it is no number.
  std::optional<uint64_t> number(std::string_view name, std::string& error) const;

  // The same with another value for one of them.
  Options with(std::string_view name, std::string_view value) const;

  std::string verb;
  std::vector<std::string> arguments;  // what is no option

 private:
  friend std::optional<Options> parse_options(const std::vector<std::string>& words, std::string& error);
  std::map<std::string, std::vector<std::string>> values_;
};

// `words` without the program's name; the first is the verb. Nothing and `error` on a usage mistake.
std::optional<Options> parse_options(const std::vector<std::string>& words, std::string& error);

// The bounds on input with their options, as a table of docs/security.md.
std::string limits_markdown();

std::string general_help();
std::string verb_help(std::string_view verb);

}  // namespace isvcc

#pragma once
// Completion scripts for shells, made from the table of commands and options. Prints text only; asks no shell anything.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace isvcc {

// What the shell offers for one value: fixed words, or names of files or folders.
struct Offer {
  enum class Kind { Nothing, Words, Files, Folders };
  Kind kind = Kind::Nothing;
  std::vector<std::string> words;
  bool files_too = false;  // names of files as well as the words
};
// The value of an option, and what follows a verb that is no option.
Offer offer_for_option(std::string_view option, std::string_view argument);
Offer offer_for_verb(std::string_view verb, std::string_view arguments);

std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

// By the shell's name; nothing for an unknown shell.
std::optional<std::string> completion_script(std::string_view shell);

}  // namespace isvcc

#include "base/text.h"
#include "driver/completion.h"
#include "driver/options.h"

namespace isvcc {

static std::string reply(const Offer& offer) {
  switch (offer.kind) {
    case Offer::Kind::Words:
      return cat("COMPREPLY=($(compgen ", offer.files_too ? "-f " : "", "-W '", join(offer.words, " "), "' -- \"$cur\"))", offer.files_too ? "; compopt -o filenames 2>/dev/null" : "");
    case Offer::Kind::Files: return "COMPREPLY=($(compgen -f -- \"$cur\")); compopt -o filenames 2>/dev/null";
    case Offer::Kind::Folders: return "COMPREPLY=($(compgen -d -- \"$cur\")); compopt -o filenames 2>/dev/null";
    default: return "COMPREPLY=()";
  }
}

static std::string names_of(const OptionRow& row) { return row.letter ? cat("--", row.name, "|-", row.letter) : cat("--", row.name); }

// What follows `verb --option`.
static std::string values(const VerbRow& verb) {
  std::string out;
  for (const OptionRow& row : options_of(verb.name)) {
    if (row.kind == OptionKind::Flag) continue;
    const Offer offer = offer_for_option(row.name, row.argument);
    const bool open = offer.kind == Offer::Kind::Words && ends_with(offer.words[0], "=");
    out += cat("        ", names_of(row), ") ", reply(offer), open ? "; compopt -o nospace 2>/dev/null" : "", "; return ;;\n");
  }
  return out.empty() ? out : cat("      case $prev in\n", out, "      esac\n");
}

static std::string option_words(std::string_view verb) {
  std::string out;
  for (const OptionRow& row : options_of(verb)) out += cat("--", row.name, ' ');
  return out + "--help";
}

static std::string branch(const VerbRow& verb) {
  return cat("    ", verb.name, ")\n", values(verb), "      if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W '", option_words(verb.name), "' -- \"$cur\"))\n      else ",
             reply(offer_for_verb(verb.name, verb.arguments)), "; fi ;;\n");
}

std::string bash_completion() {
  std::string names, branches;
  for (const VerbRow& verb : verbs()) {
    names += cat(verb.name, ' ');
    branches += branch(verb);
  }
  // Bash takes --option=value apart at the equals sign.
  return cat("# bash completion for isvcc: source <(isvcc completion bash)\n"
             "# shellcheck shell=bash disable=SC2207\n"
             "_isvcc() {\n"
             "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
             "  if [[ $cur == '=' ]]; then cur=\n"
             "  elif [[ $prev == '=' && $COMP_CWORD -gt 2 ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
             "  COMPREPLY=()\n"
             "  if [[ $COMP_CWORD -eq 1 ]]; then COMPREPLY=($(compgen -W '", names, "--help --version' -- \"$cur\")); return; fi\n"
             "  case ${COMP_WORDS[1]} in\n", branches, "  esac\n}\ncomplete -F _isvcc isvcc\n");
}

}  // namespace isvcc

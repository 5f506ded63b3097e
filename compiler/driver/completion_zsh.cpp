#include "base/text.h"
#include "driver/completion.h"
#include "driver/options.h"

namespace isvcc {

static std::string in_quotes(std::string_view text) { return replace_all(std::string(text), "'", "'\\''"); }

// Inside an _arguments specification brackets and colons mean something.
static std::string in_spec(std::string_view text) {
  std::string out;
  for (char c : text) out += c == '[' || c == ']' || c == ':' || c == '\\' ? cat('\\', c) : std::string(1, c);
  return in_quotes(out);
}

static std::string action(const Offer& offer) {
  switch (offer.kind) {
    case Offer::Kind::Words:
      if (offer.files_too) return cat("{_alternative \"words:word:(", in_spec(join(offer.words, " ")), ")\" \"files:file:_files\"}");
      return cat('(', in_spec(join(offer.words, " ")), ')');
    case Offer::Kind::Files: return "_files";
    case Offer::Kind::Folders: return "_files -/";
    default: return " ";
  }
}

static std::string option_line(const OptionRow& row) {
  const std::string repeat = row.kind == OptionKind::List ? "*" : "";
  const std::string value = row.kind == OptionKind::Flag ? "" : cat(':', in_spec(row.argument), ':', action(offer_for_option(row.name, row.argument)));
  const std::string names = row.letter ? cat("'", repeat, "'{-", row.letter, row.kind == OptionKind::Flag ? "" : "+", ",--", row.name, row.kind == OptionKind::Flag ? "" : "=", "}'")
                                       : cat("'", repeat, "--", row.name, row.kind == OptionKind::Flag ? "" : "=");
  return cat("        ", names, '[', in_spec(row.help), ']', value, "' \\\n");
}

static std::string branch(const VerbRow& verb) {
  std::string out = cat("    ", verb.name, ")\n      _arguments -S \\\n");
  for (const OptionRow& row : options_of(verb.name)) out += option_line(row);
  return cat(out, "        '(-h --help)'{-h,--help}'[show help]' \\\n        '*:argument:", action(offer_for_verb(verb.name, verb.arguments)), "' ;;\n");
}

std::string zsh_completion() {
  std::string names, branches;
  for (const VerbRow& verb : verbs()) {
    names += cat("    '", verb.name, ':', in_spec(verb.summary), "'\n");
    branches += branch(verb);
  }
  return cat("#compdef isvcc\n"
             "# zsh completion for isvcc: source <(isvcc completion zsh), or a file _isvcc in a folder of fpath\n"
             "_isvcc() {\n"
             "  local curcontext=\"$curcontext\" command\n"
             "  local -a commands\n"
             "  commands=(\n", names, "  )\n"
             "  if (( CURRENT == 2 )); then _describe -t commands 'isvcc command' commands; return; fi\n"
             "  command=$words[2]\n"
             "  shift words\n"
             "  (( CURRENT-- ))\n"
             "  case $command in\n", branches, "  esac\n}\n"
             "if [[ $funcstack[1] == _isvcc ]]; then _isvcc \"$@\"; else compdef _isvcc isvcc; fi\n");
}

}  // namespace isvcc

#include "base/text.h"
#include "driver/completion.h"
#include "driver/options.h"

namespace isvcc {

static std::string quoted(std::string_view text) { return cat("'", replace_all(replace_all(std::string(text), "\\", "\\\\"), "'", "\\'"), "'"); }

static std::string value(const Offer& offer) {
  switch (offer.kind) {
    case Offer::Kind::Words: return cat(" -x -a ", quoted(join(offer.words, " ")));
    case Offer::Kind::Files: return " -r -F";
    case Offer::Kind::Folders: return " -x -a '(__fish_complete_directories)'";
    default: return " -x";
  }
}

static std::string after(std::string_view verb) { return cat("complete -c isvcc -n '__fish_seen_subcommand_from ", verb, "'"); }

static std::string option_line(std::string_view verb, const OptionRow& row) {
  const std::string letter = row.letter ? cat(" -s ", row.letter) : std::string();
  const std::string takes = row.kind == OptionKind::Flag ? "" : value(offer_for_option(row.name, row.argument));
  return cat(after(verb), " -l ", row.name, letter, takes, " -d ", quoted(row.help), '\n');
}

static std::string argument_line(const VerbRow& verb) {
  const Offer offer = offer_for_verb(verb.name, verb.arguments);
  if (offer.kind == Offer::Kind::Files) return cat(after(verb.name), " -F\n");
  return offer.kind == Offer::Kind::Words ? cat(after(verb.name), " -a ", quoted(join(offer.words, " ")), offer.files_too ? " -F\n" : "\n") : std::string();
}

std::string fish_completion() {
  std::string out = "# fish completion for isvcc: isvcc completion fish | source\ncomplete -c isvcc -f\n";
  for (const VerbRow& verb : verbs()) out += cat("complete -c isvcc -n __fish_use_subcommand -a ", verb.name, " -d ", quoted(verb.summary), '\n');
  for (const VerbRow& verb : verbs()) {
    out += argument_line(verb);
    for (const OptionRow& row : options_of(verb.name)) out += option_line(verb.name, row);
  }
  return out;
}

}  // namespace isvcc

#include "driver/completion.h"

#include <algorithm>

#include "base/text.h"
#include "diag/render.h"
#include "driver/options.h"
#include "kserve/bundled.h"

namespace isvcc {

static Offer words(const std::vector<std::string_view>& names) { return {Offer::Kind::Words, {names.begin(), names.end()}}; }

static Offer report_formats_offer() {
  Offer offer{Offer::Kind::Words, {"json="}};
  for (const ReportFormat& format : report_formats()) offer.words.push_back(cat(format.name, '='));
  return offer;
}

static Offer verbs_offer() {
  Offer offer{Offer::Kind::Words, {}};
  for (const VerbRow& verb : verbs()) offer.words.emplace_back(verb.name);
  return offer;
}

Offer offer_for_option(std::string_view option, std::string_view argument) {
  if (option == "report") return report_formats_offer();
  if (option == "kserve") return words(known_releases());
  if (const auto choices = choices_of(option); !choices.empty()) return words(choices);
  if (contains(argument, "FILE") || argument == "PATH") return {Offer::Kind::Files, {}};
  if (contains(argument, "DIR")) return {Offer::Kind::Folders, {}};
  return {};
}

// "plan|tree [PATH…]" has plan and tree.
static std::vector<std::string_view> fixed_words(std::string_view arguments) {
  auto is_fixed = [](std::string_view word) { return std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; }); };
  std::vector<std::string_view> found;
  for (std::string_view token : split(arguments, ' '))
    for (std::string_view word : split(token, '|'))
      if (!word.empty() && word[0] != '-' && is_fixed(word)) found.push_back(word);
  return found;
}

Offer offer_for_verb(std::string_view, std::string_view arguments) {
  if (contains(arguments, "[COMMAND]")) return verbs_offer();
  const bool files = contains(arguments, "[PATH…]");
  Offer offer = words(fixed_words(arguments));
  offer.files_too = files;
  if (!offer.words.empty()) return offer;
  if (files || contains(arguments, "FILE")) return {Offer::Kind::Files, {}};
  return {};
}

std::optional<std::string> completion_script(std::string_view shell) {
  if (shell == "bash") return bash_completion();
  if (shell == "zsh") return zsh_completion();
  if (shell == "fish") return fish_completion();
  return std::nullopt;
}

}  // namespace isvcc

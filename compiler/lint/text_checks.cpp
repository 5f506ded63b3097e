// Texts that should not be there: secrets in clear, and what Flux would take for a variable.
#include <algorithm>

#include "base/text.h"
#include "emit/flux_text.h"
#include "lint/checks.h"

namespace isvcc {
namespace {

constexpr std::string_view kSecretWords[] = {"PASSWORD", "PASSWD", "SECRET", "TOKEN", "API_KEY", "APIKEY", "ACCESS_KEY", "PRIVATE_KEY", "CREDENTIAL"};
constexpr std::string_view kSecretPrefixes[] = {"AKIA", "ASIA", "ghp_", "github_pat_", "glpat-", "hf_", "sk-", "xoxb-", "xoxp-", "-----BEGIN "};
// Names that hold such a word but say where a secret is, not what it is.
constexpr std::string_view kHarmless[] = {"_FILE", "_PATH", "_NAME", "_DIR", "_URL", "_URI", "_COUNT", "_LIMIT", "MAX_TOKENS", "TOKENIZER", "NUM_TOKENS"};

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return out;
}

bool looks_secret(std::string_view name, std::string_view value) {
  if (value.empty()) return false;
  for (std::string_view prefix : kSecretPrefixes)
    if (starts_with(value, prefix) && value.size() >= 16) return true;
  if (parse_int(value) || value == "true" || value == "false") return false;
  const std::string word = upper(name);
  auto in_name = [&](std::string_view part) { return contains(word, part); };
  return std::any_of(std::begin(kSecretWords), std::end(kSecretWords), in_name) && std::none_of(std::begin(kHarmless), std::end(kHarmless), in_name);
}

// The first string of the sources below `value` that Flux would change.
View with_substitution(View value) {
  if (value.is_text()) return span_of(value).file != 0 && flux_replaces(value.text()) ? value : View();
  for (const Field& f : value.fields())
    if (const View found = with_substitution(f.value)) return found;
  for (const Node* item : value.items())
    if (const View found = with_substitution(item)) return found;
  return {};
}

}  // namespace

static void check_env(View container, Scratch& scratch) {
  for (const Node* entry : container["env"].items()) {
    const View value = View(entry)["value"];
    if (span_of(value).file == 0 || !looks_secret(View(entry)["name"].text(), value.text())) continue;
    scratch.diags.report(Code::SecretLiteral, Stage::Reference, value, cat("environment variable ", quote(View(entry)["name"].text()), " looks like a secret in clear text"))
        .hinting("use valueFrom.secretKeyRef");
  }
}

void check_secret_literals(const LintedService& service, const LintContext&, Scratch& scratch) {
  for (const RenderedPod& pod : service.pods)
    for (const View container : pod.containers) check_env(container, scratch);
}

void check_substitutions(const LintedService& service, const LintContext& context, Scratch& scratch) {
  if (!context.flux) return;
  for (const Manifest& m : service.manifests) {
    const View text = with_substitution(m.node);
    if (!text) continue;
    scratch.diags.report(Code::FluxSubstitution, Stage::Reference, text, cat("Flux would substitute ", quote(text.text(), 60), " when the Kustomization has postBuild variables"))
        .hinting("isvcc marks the object with kustomize.toolkit.fluxcd.io/substitute: disabled");
    return;
  }
}

}  // namespace isvcc

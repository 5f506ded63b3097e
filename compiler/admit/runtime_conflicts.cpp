// Which runtimes claim a model format with the same priority (validateServingRuntimePriority). Runtimes are found by what they claim,
// so that many of them cost no more than what they say.
#include <algorithm>

#include "admit/admit.h"
#include "base/text.h"

namespace isvcc {

namespace {

// One auto-selectable format with a priority, for one protocol.
struct Claim {
  std::string key;
  std::string_view format;
};

}  // namespace

static std::string claim_key(bool multi_model, std::string_view protocol, View format) {
  const View version = format["version"];
  return cat(multi_model ? '1' : '0', '\0', protocol, '\0', to_lower(format["name"].text()), '\0', version ? 'v' : '-', version.text(), '\0',
             format["priority"].integer().value_or(0));
}

// In the order of the formats.
static std::vector<Claim> claims_of(View runtime) {
  std::vector<Claim> claims;
  const View spec = runtime["spec"];
  for (const Node* format : spec["supportedModelFormats"].items()) {
    if (!View(format)["autoSelect"].is_true() || !View(format)["priority"]) continue;
    for (const Node* protocol : spec["protocolVersions"].items())
      claims.push_back({claim_key(spec["multiModel"].is_true(), View(protocol).text(), format), View(format)["name"].text()});
  }
  return claims;
}

void AdmittedRuntimes::add(const Object& runtime) {
  ++count_;
  if (runtime.view()["spec"]["disabled"].is_true()) return;
  for (const Claim& claim : claims_of(runtime.view())) {
    auto& claimants = by_claim_[claim.key];
    if (claimants.empty() || claimants.back() != &runtime) claimants.push_back(&runtime);
  }
}

static bool same_format(View a, View b) {
  const View version_a = a["version"], version_b = b["version"];
  return to_lower(a["name"].text()) == to_lower(b["name"].text()) && static_cast<bool>(version_a) == static_cast<bool>(version_b) &&
         version_a.text() == version_b.text();
}

static bool claims_same(View theirs, View ours) {
  const auto priority = theirs["priority"].integer();
  return theirs["autoSelect"].is_true() && ours["autoSelect"].is_true() && same_format(theirs, ours) && priority &&
         priority == ours["priority"].integer();
}

// The format in KServe's words: the first pair, the other runtime's formats in the outer loop.
static std::string_view first_common_format(View theirs, View ours) {
  for (const Node* their_format : theirs["spec"]["supportedModelFormats"].items())
    for (const Node* our_format : ours["spec"]["supportedModelFormats"].items())
      if (claims_same(their_format, our_format)) return View(our_format)["name"].text();
  return {};
}

const Object* AdmittedRuntimes::conflict(View runtime, std::string_view name, std::string_view& format) const {
  const Object* first = nullptr;
  for (const Claim& claim : claims_of(runtime)) {
    const auto found = by_claim_.find(claim.key);
    if (found == by_claim_.end()) continue;
    for (const Object* other : found->second)
      if (other->name != name && (!first || other->name < first->name)) first = other;
  }
  if (first) format = first_common_format(first->view(), runtime);
  return first;
}

}  // namespace isvcc

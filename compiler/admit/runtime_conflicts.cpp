// Which runtimes claim a model format with the same priority (validateServingRuntimePriority). Runtimes are found by what they claim,
// so that many of them cost no more than what they say.
#include <unordered_set>

#include "admit/admit.h"
#include "base/text.h"

namespace isvcc {

using Texts = std::unordered_set<std::string_view>;

// What an entry claims; empty when it claims nothing: only auto-selectable entries with a priority do.
static std::string claim_of(View runtime, View format) {
  const View priority = format["priority"], version = format["version"];
  if (!format["autoSelect"].is_true() || !priority) return {};
  return cat(runtime["spec"]["multiModel"].is_true() ? '1' : '0', '\0', to_lower(format["name"].text()), '\0', version ? 'v' : '-',
             version.text(), '\0', priority.integer().value_or(0));
}

static std::span<const Node* const> formats_of(View runtime) { return runtime["spec"]["supportedModelFormats"].items(); }

static Texts protocols_of(View runtime) {
  Texts protocols;
  for (const Node* protocol : runtime["spec"]["protocolVersions"].items()) protocols.insert(View(protocol).text());
  return protocols;
}

void AdmittedRuntimes::add(const Object& runtime) {
  ++count_;
  if (runtime.view()["spec"]["disabled"].is_true()) return;
  for (const Node* format : formats_of(runtime.view())) {
    const std::string claim = claim_of(runtime.view(), format);
    if (claim.empty()) continue;
    auto& claimants = by_claim_[claim];
    if (claimants.empty() || claimants.back() != &runtime) claimants.push_back(&runtime);
  }
}

// The format in KServe's words: that of the first pair, with the other runtime's formats in the outer loop.
static std::string_view first_common_format(View theirs, View ours) {
  std::unordered_map<std::string, std::string_view> own;
  for (const Node* format : formats_of(ours)) own.emplace(claim_of(ours, format), View(format)["name"].text());
  for (const Node* format : formats_of(theirs)) {
    const std::string claim = claim_of(theirs, format);
    const auto found = own.find(claim);
    if (!claim.empty() && found != own.end()) return found->second;
  }
  return {};
}

static bool speaks_one_of(View runtime, const Texts& protocols) {
  for (const Node* protocol : runtime["spec"]["protocolVersions"].items())
    if (protocols.count(View(protocol).text()) > 0) return true;
  return false;
}

const Object* AdmittedRuntimes::conflict(View runtime, std::string_view name, std::string_view& format) const {
  const Texts protocols = protocols_of(runtime);
  std::unordered_set<const Object*> seen;
  const Object* first = nullptr;
  for (const Node* own : formats_of(runtime)) {
    const auto found = by_claim_.find(claim_of(runtime, own));
    if (found == by_claim_.end()) continue;
    for (const Object* other : found->second)
      if (seen.insert(other).second && other->name != name && (!first || other->name < first->name) &&
          speaks_one_of(other->view(), protocols))
        first = other;
  }
  if (first) format = first_common_format(first->view(), runtime);
  return first;
}

}  // namespace isvcc

#include "review/runtime_words.h"

#include "base/text.h"
#include "select/labels.h"

namespace isvcc {

std::string count_words(size_t count, std::string_view one, std::string_view many) { return cat(count, ' ', count == 1 ? one : many); }

std::string versions_words(const MatrixRow& row) {
  std::string out;
  for (const auto& version : row.versions) out += cat(out.empty() ? "" : ", ", version ? printable(*version) : "any");
  return out;
}

std::string protocols_words(const MatrixRow& row) {
  if (row.protocols.size() == 1 && row.protocols[0] == kOtherProtocol) return "all";
  std::string out;
  for (const std::string& protocol : row.protocols) out += cat(out.empty() ? "" : ", ", printable(protocol));
  return out;
}

std::string protocols_words(View protocol_versions) {
  std::string out;
  for (const Node* p : protocol_versions.items()) out += cat(out.empty() ? "" : ", ", printable(View(p).text()));
  return out.empty() ? "all" : out;
}

std::string format_words(View format) {
  std::string out = printable(format["name"].text());
  if (format["version"]) out += cat(' ', printable(format["version"].text()));
  const auto priority = format["priority"].integer();
  if (!format["autoSelect"].is_true()) return out + " (by name only)";
  return priority ? cat(out, " (priority ", *priority, ")") : out;
}

static bool any_automatic(const Runtime& runtime) { return !automatic_labels(runtime.spec).empty(); }

std::vector<std::string> remarks_of(const RuntimeUse& use) {
  const Runtime& r = *use.runtime;
  std::vector<std::string> out;
  if (r.disabled) out.emplace_back("disabled");
  if (r.multi_model) out.emplace_back("multi-model");
  if (r.multi_node) out.emplace_back("multi-node");
  if (!any_automatic(r)) out.emplace_back("by name only");
  if (use.outranked_by) out.push_back(cat("never wins: ", short_name(*use.outranked_by->object), " goes first"));
  if (use.hides) out.push_back(cat("hides the ClusterServingRuntime of the same name", r.disabled ? " although it is disabled" : ""));
  return out;
}

std::string ranked_words(const Runtime& runtime, std::string_view format) {
  const auto priority = priority_for(runtime.spec, format);
  const std::string name = short_name(*runtime.object);
  return priority ? cat(name, " (", *priority, ')') : name;
}

std::string clash_words(const RuntimeClash& clash) {
  const std::string_view format = clash.row->format;
  return cat(short_name(*clash.first->object), " and ", short_name(*clash.second->object), " serve ", printable(format), " with the same priority and protocol: ",
             clash.decides ? "only creation time and name decide who wins, here " : "only creation time and name order them, here first ",
             short_name(*clash.first->object));
}

}  // namespace isvcc

#include "admit/isvc_resource_defaults.h"

#include "base/text.h"
#include "ops/quantity.h"

namespace isvcc {

// What Go writes for the quantity, null for an empty text. Every text is parsed, wanted or not: that is when KServe panics.
static const Node* quantity_node(const std::string& text, Scratch& scratch, std::string& error) {
  if (text.empty() || !error.empty()) return nullptr;
  std::string fault;
  const auto quantity = Quantity::parse(text, &fault);
  if (quantity) return scratch.make(Pass::Config).text(quantity->text());
  error = cat("cannot parse '", text, "': ", fault);
  return nullptr;
}

static const Node* filled(View list, const Node* cpu, const Node* memory, const Make& make) {
  const bool changes = (cpu && !list["cpu"]) || (memory && !list["memory"]);
  if (!changes) return list.node();
  MapBuilder out(make, list);
  if (cpu) out.add_missing("cpu", cpu);
  if (memory) out.add_missing("memory", memory);
  return out.build();
}

const Node* with_resource_defaults(View container, const ResourceTexts& defaults, Scratch& scratch, std::string& error) {
  const Node* cpu_request = quantity_node(defaults.cpu_request, scratch, error);
  const Node* memory_request = quantity_node(defaults.memory_request, scratch, error);
  const Node* cpu_limit = quantity_node(defaults.cpu_limit, scratch, error);
  const Node* memory_limit = quantity_node(defaults.memory_limit, scratch, error);
  if (!error.empty()) return nullptr;
  const Make make = scratch.make(Pass::Admission);
  const View resources = container["resources"];
  MapBuilder out(make, resources);
  out.set("limits", filled(resources["limits"], cpu_limit, memory_limit, make));
  out.set("requests", filled(resources["requests"], cpu_request, memory_request, make));
  return make.with(container, "resources", out.build());
}

}  // namespace isvcc

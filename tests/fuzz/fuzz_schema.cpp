// Any JSON value as an object of each kind we know best: pruning and defaulting a second time change nothing, validation does not crash.
#include "input.h"
#include "load/reader.h"
#include "ops/schema_ops.h"

using namespace isvcc;
using namespace isvcc::fuzz;

static void operate(View value, const Schema& schema) {
  Memory memory;
  const Node* pruned = prune(value, schema, UnknownFields::Report, memory.scratch);
  promise(equal(prune(pruned, schema, UnknownFields::Silent, memory.scratch), pruned), "pruning is done once");
  const Node* full = apply_defaults(pruned, schema, memory.scratch);
  promise(equal(apply_defaults(full, schema, memory.scratch), full), "defaulting is done once");
  (void)validate(full, schema, memory.scratch);
  for (const ZeroValues zeros : {ZeroValues::Drop, ZeroValues::KeepReceived}) {
    const Node* encoded = reencode(full, schema, zeros, memory.scratch);
    if (encoded) (void)reencode(encoded, schema, zeros, memory.scratch);
  }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static constexpr const char* kKinds[][2] = {{"serving.kserve.io/v1beta1", "InferenceService"}, {"serving.kserve.io/v1alpha1", "ServingRuntime"},
                                              {"serving.kserve.io/v1alpha1", "InferenceGraph"}, {"apps/v1", "Deployment"}};
  Arena arena;
  const View value = parse_json(text_of(data, size), arena);
  if (!value.is_map()) return 0;
  for (const auto& [version, kind] : kKinds) operate(value, *builtin_schemas("v0.20.0").kind(version, kind));
  return 0;
}

#pragma once
// Who wrote a value: a place in a source file, or a pass of isvcc.
#include "tree/node.h"

namespace isvcc {

// Passes that create values. The order is the order of the pipeline.
enum class Pass : uint32_t {
#define PASS(name, words) name,
#include "tree/passes.def"
#undef PASS
};

// The pass in a few words a user understands: "default of the CRD schema", "storage initializer injection".
std::string_view pass_words(Pass pass);

inline Origin made_by(Pass pass) { return {0, static_cast<uint32_t>(pass)}; }

}  // namespace isvcc

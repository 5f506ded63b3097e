#pragma once
// Validation rules of a schema (x-kubernetes-validations) checked on an object. The language is schema/cel.h's.
#include "diag/scratch.h"
#include "schema/schema.h"

namespace isvcc {

// Reports every rule that does not hold (stage schema) and returns how many. Rules that cannot be evaluated are counted in one note.
size_t check_rules(View object, const Schema& schema, Scratch& scratch);

}  // namespace isvcc

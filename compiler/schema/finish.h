#pragma once
// The last step of building a set of schemas: what follows from the schemas themselves.
#include <vector>

#include "schema/schema.h"
#include "tree/make.h"

namespace isvcc {

// Fills in has_rules, rule_memory, has_defaults, encodes, always_count, required_count and the zero values of `always` properties (where still null).
// Schemas may contain each other. Parts of combinations need no finishing.
// Schemas they refer to outside the list are finished already.
void finish_schemas(const std::vector<Schema*>& schemas, const Make& make);

}  // namespace isvcc

#pragma once
// allOf, anyOf, oneOf and not of a Schema on one value. Tells nobody.
#include "schema/schema.h"

namespace isvcc {

// How many parts the value fits.
size_t fitting_parts(View value, const Combination& combination);
bool combination_holds(const Combination& combination, size_t fitting);

}  // namespace isvcc

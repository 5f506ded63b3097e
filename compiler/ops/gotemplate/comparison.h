#pragma once
// eq, lt and their kin over GoValues, with Go's error texts.
#include <span>
#include <string>

#include "ops/gotemplate/value.h"

namespace isvcc::gotemplate {

// True when `value` equals one of `others`.
bool equals_any(const GoValue& value, std::span<const GoValue> others, std::string& error);
bool less(const GoValue& a, const GoValue& b, std::string& error);

}  // namespace isvcc::gotemplate

#pragma once
// Functions of texts and lists that Kubernetes adds to CEL (ext.Strings of cel-go, the lists and ip libraries of apiserver). Knows nothing of
// expressions: arguments come evaluated.
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tree/make.h"

namespace isvcc::cel {

struct FunctionResult {
  const Node* value = nullptr;  // null: `error` tells
  std::string error;
};

// `of.name(arguments…)`. Nothing when there is no such method for these types. Regular expressions are not here: schema/cel.cpp caches them.
std::optional<FunctionResult> call_method(std::string_view name, View of, std::span<const Node* const> arguments, const Make& make);

// isIP(text), with its own rules: no zone, no leading zeros.
bool is_ip(std::string_view text);

}  // namespace isvcc::cel

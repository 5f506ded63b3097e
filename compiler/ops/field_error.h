#pragma once
// The API server's words for what is wrong with a field (apimachinery's field.Error, kube-openapi's messages).
#include <string>
#include <string_view>
#include <vector>

#include "schema/schema.h"

namespace isvcc::field_error {

// A value as these texts show it: "text", 5, true, {"a":1}.
std::string shown(View value);

// The type that a schema asks for: "object", "integer,string"; empty for any.
std::string_view type_word(const Schema& schema);

// spec.x: Required value
std::string required(std::string_view path);
// spec.x: Invalid value: "string": spec.x in body must be of type integer: "string"
std::string wrong_type(std::string_view path, std::string_view expected, std::string_view found);
// spec.x: Unsupported value: "a": supported values: "b", "c"
std::string unsupported(std::string_view path, View value, const std::vector<const Node*>& allowed);
// spec.x[1]: Duplicate value: {"name":"a"}
std::string duplicate(std::string_view path, std::string_view value);
// spec.x: Invalid value: 0: spec.x in body should be greater than or equal to 1
std::string invalid_in_body(std::string_view path, std::string_view value, std::string_view what);
// spec.x: Invalid value: …: what
std::string invalid(std::string_view path, std::string_view value, std::string_view what);
// spec.x: Too long: may not be more than 3 bytes
std::string too_long(std::string_view path, int64_t limit);
// spec.x: Too many: 5: must have at most 3 items
std::string too_many(std::string_view path, size_t count, int64_t limit);
// What a violated rule of a schema reads like: `reason` as in the rule, `type` of the value ("object").
std::string rule(std::string_view path, std::string_view reason, std::string_view type, std::string_view message);
// <nil>: Invalid value: "": what
std::string without_path(std::string_view what);

}  // namespace isvcc::field_error

#pragma once
// Go's text/template and the part of html/template that plain text needs, as a bounded interpreter.
// Limits: 10,000 steps, 1 MiB of output.
#include <string>
#include <string_view>

#include "tree/node.h"

namespace isvcc {

enum class Escaping { None, Html };
enum class MissingKey { NoValue, Empty };  // what a missing map key prints: "<no value>" (text) or "" (html)

struct TemplateResult {
  std::string text;
  std::string error;  // Go's text; empty on success
};

// Data is a struct whose exported fields are the keys of the Map `fields`: an unknown one is an error that names `type`.
// Nested Maps are Go maps, Lists slices, explicit nulls nil pointers.
struct TemplateData {
  View fields;
  std::string_view type;  // "v1.ObjectMeta", "ingress.DomainTemplateValues"
};

TemplateResult run_template(std::string_view name, std::string_view text, const TemplateData& data, Escaping escaping);

// A syntax error of the template, empty when it parses (template.Parse).
std::string check_template(std::string_view name, std::string_view text);

}  // namespace isvcc

#pragma once
// Go's text/template and the part of html/template that plain text needs, as a bounded interpreter.
// Limits: 10,000 steps, 1 MiB of output, nesting of 200, calls of 500. No methods are called and no address is printed.
#include <optional>
#include <string>
#include <string_view>

#include "tree/node.h"

namespace isvcc {

enum class Escaping { None, Html };

struct TemplateResult {
  std::string text;
  std::string error;   // Go's text; empty on success
  bool limit = false;  // the error is about a limit of ours, not about the template
};

// Data is a struct whose exported fields are the keys of the Map `fields`: an unknown one is an error that names `type`.
// Nested Maps are Go maps, Lists slices, explicit nulls nil pointers. "v1.ObjectMeta" knows its fields, their types and zero values.
// A missing key of a map prints "<no value>", with Escaping::Html nothing.
struct TemplateData {
  View fields;
  std::string_view type;  // "v1.ObjectMeta", "ingress.DomainTemplateValues"
};

TemplateResult run_template(std::string_view name, std::string_view text, const TemplateData& data, Escaping escaping);

// Runs one piece of a larger template, named `name`. Nothing when it fails or when it depends on, or matters to, the text around it
// (unfinished actions, definitions, variables): then the whole must run.
std::optional<std::string> run_template_piece(std::string_view name, std::string_view text, const TemplateData& data, Escaping escaping);

// A syntax error of the template, empty when it parses (template.Parse).
std::string check_template(std::string_view name, std::string_view text);

}  // namespace isvcc

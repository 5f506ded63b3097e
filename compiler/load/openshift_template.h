#pragma once
// OpenShift's Template: a wrapper around objects with parameters. Mirrors `oc process --local`; nothing is random and nothing is asked.
#include <map>
#include <optional>
#include <string>

#include "diag/scratch.h"
#include "load/limits.h"

namespace isvcc {

using TemplateValues = std::map<std::string, std::string, std::less<>>;

bool is_openshift_template(View root);

// The template's objects with ${NAME} and ${{NAME}} replaced, its labels added and namespaces written out taken away, as upstream's
// Processor.Process does. `values` go before the template's own. Nothing, reported, when a parameter has no value or the result would
// need more than `left` bytes of values, which are taken from it.
std::optional<std::vector<const Node*>> processed_template(View root, const TemplateValues& values, uint64_t& left, const Limits& limits, Scratch& scratch);

// Lines NAME=VALUE, as `oc process --param-file` reads them; blank lines and lines that begin with # are skipped.
// False and `error` for any other line.
bool read_template_values(std::string_view text, TemplateValues& to, std::string& error);

}  // namespace isvcc

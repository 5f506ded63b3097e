#pragma once
// Bytes → documents. The one seam through which manifests are parsed: engines behind it, Kubernetes' meaning in front.
#include <string_view>
#include <vector>

#include "diag/scratch.h"
#include "load/limits.h"

namespace isvcc {

// LibYaml comes with a reader of our own for plain block YAML, which gives exactly what libyaml gives (load/fast_yaml.h).
enum class YamlEngine { LibYaml, YamlCpp };

// Reads all documents of a file (already registered in Sources under `file`). `text` must outlive the arena: strings point into it.
// A UTF-8 BOM is skipped; UTF-16 with a BOM is converted. Documents that are empty or null are left out.
// A document with an error is reported (stage load; duplicate keys are stage strict, the last one wins) and left out.
std::vector<const Node*> read_yaml(std::string_view text, FileId file, YamlEngine engine, const Limits& limits, Scratch& scratch);
// One JSON value or a stream of them.
std::vector<const Node*> read_json(std::string_view text, FileId file, const Limits& limits, Scratch& scratch);

// One trusted JSON or YAML value; a null pointer and `error` set on failure. The text is copied: it may be a temporary.
// All of the value counts as `made` by a pass, or as written at one place.
const Node* parse_json(std::string_view text, Arena& arena, std::string* error = nullptr, Origin made = {});
const Node* parse_yaml(std::string_view text, Arena& arena, std::string* error = nullptr);

}  // namespace isvcc

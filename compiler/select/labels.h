#pragma once
// KServe compares model formats as labels: "mt:<name>" and "mt:<name>:<version>" (getModelFormatLabel and its set).
#include <optional>
#include <string>
#include <vector>

#include "tree/node.h"

namespace isvcc {

std::string model_label(View model_format);

struct AutomaticLabel {
  std::string label;
  std::string_view format;  // the name in it
};

// The labels of the formats that may be selected automatically, each once.
std::vector<AutomaticLabel> automatic_labels(View runtime_spec);

// Whether any format of the runtime, automatic or not, carries the label.
bool offers(View runtime_spec, const std::string& label);

// The `priority` of the first format with this name, whatever its version and autoSelect say (GetPriority).
std::optional<int64_t> priority_for(View runtime_spec, std::string_view format_name);

}  // namespace isvcc

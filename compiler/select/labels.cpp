#include "select/labels.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {

std::string model_label(View format) {
  const std::string name = cat("mt:", format["name"].text());
  return format["version"] ? cat(name, ':', format["version"].text()) : name;
}

static std::vector<std::string> format_labels(View format) {
  std::vector<std::string> labels = {cat("mt:", format["name"].text())};
  if (format["version"]) labels.push_back(cat(labels[0], ':', format["version"].text()));
  return labels;
}

std::vector<AutomaticLabel> automatic_labels(View spec) {
  std::vector<AutomaticLabel> labels;
  for (const Node* format : spec["supportedModelFormats"].items()) {
    if (!View(format)["autoSelect"].is_true()) continue;
    for (std::string& label : format_labels(format)) {
      const bool known = std::any_of(labels.begin(), labels.end(), [&](const AutomaticLabel& l) { return l.label == label; });
      if (!known) labels.push_back({std::move(label), View(format)["name"].text()});
    }
  }
  return labels;
}

bool offers(View spec, const std::string& label) {
  for (const Node* format : spec["supportedModelFormats"].items())
    for (const std::string& offered : format_labels(format))
      if (offered == label) return true;
  return false;
}

std::optional<int64_t> priority_for(View spec, std::string_view format_name) {
  return spec["supportedModelFormats"].named("name", format_name)["priority"].integer();
}

}  // namespace isvcc

#include "driver/pipes/function_config.h"

#include "base/text.h"
#include "load/reader.h"

namespace isvcc {

// `data` of a ConfigMap: every value is a text that holds YAML.
static const Node* parsed_values(View data, Scratch& scratch) {
  MapBuilder settings(Make(scratch.arena).at(data));
  for (const Field& f : data.fields()) {
    std::string error;
    const Node* value = View(f.value).is_text() ? parse_yaml(View(f.value).text(), scratch.arena, &error) : f.value;
    // A text stays a text when YAML reads it as something that no setting takes: "0.20".
    settings.set(f.key(), value && !View(value).is_number() ? value : f.value);
  }
  return settings.build();
}

static const Node* settings_of(View config, Scratch& scratch) {
  if (config["kind"].text() == "ConfigMap") return parsed_values(config["data"], scratch);
  if (config["spec"].is_map()) return config["spec"].node();
  const Make make = Make(scratch.arena).at(config);
  const bool own = starts_with(config["apiVersion"].text(), "isvcc.dev/");
  return make.without(own ? config : make.without(make.without(config, "apiVersion"), "kind"), "metadata");
}

FunctionConfig read_function_config(View config, Scratch& scratch) {
  FunctionConfig read;
  if (!config.is_map()) return read;
  View settings = settings_of(config, scratch);
  if (const View check = settings["check"]) {
    read.check = check.is_true();
    settings = Make(scratch.arena).without(settings, "check");
  }
  read.project = project_of(settings, scratch);
  return read;
}

}  // namespace isvcc

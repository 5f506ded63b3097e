#pragma once
// Schemas that people bring: CustomResourceDefinitions (--schema, --schema-location, `schemas:` in isvcc.yaml) and JSON schemas found by
// kubeconform's path templates. What the command line names is read wherever it is; what isvcc.yaml names only inside the project.
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "load/load.h"
#include "schema/crd.h"

namespace isvcc {

struct SchemaSources {
  std::vector<std::string> paths;          // of the command line: files and folders with definitions
  std::vector<std::string> project_paths;  // of isvcc.yaml, relative to the project
  std::vector<std::string> templates;      // "schemas/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json"
  std::string kubernetes_version = "master";
  bool strict = false;                     // what {{.StrictSuffix}} depends on

  bool empty() const { return paths.empty() && project_paths.empty() && templates.empty(); }
};

// What was read. Owns what the schemas point into.
struct UserSchemas {
  std::deque<Documents> documents;
  std::vector<View> definitions;  // later ones win
  std::vector<JsonSchema> json_schemas;
};

// False when a path is not there or holds no definition: reported, a matter of usage. `kinds`: (apiVersion, kind) of the sources, which
// the templates are asked about.
bool read_user_schemas(const SchemaSources& sources, const LoadOptions& like, const std::vector<std::pair<std::string_view, std::string_view>>& kinds,
                       UserSchemas& into, Sources& texts, Diagnostics& diags);

// Sorts one --schema-location into `into`: a template, or a path of definitions. False, and `error`, for what isvcc cannot read.
bool add_schema_location(const std::string& location, SchemaSources& into, std::string& error);

}  // namespace isvcc

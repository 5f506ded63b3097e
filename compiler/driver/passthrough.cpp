#include "driver/passthrough.h"

#include <algorithm>

#include "base/text.h"
#include "driver/only.h"
#include "emit/yaml_writer.h"

namespace isvcc {

static bool is_compiled(const Object& object) {
  return starts_with(object.api_version, "serving.kserve.io/") || object.kind == "CustomResourceDefinition";
}

static bool may_copy(const Object& object, const Project& project) {
  if (object.kind != "Secret") return true;
  const std::string id = cat(object.namespace_, '/', object.name);
  return std::find(project.passthrough_secrets.begin(), project.passthrough_secrets.end(), id) != project.passthrough_secrets.end();
}

// Objects that were printed keep their text.
static std::string text_of(const Manifest& m) {
  std::string text(m.stored ? m.stored->text() : m.text);
  if (m.node) write_yaml(text, m.node);
  return text;
}

void add_passthrough(const Project& project, Compilation& out, const std::vector<std::string>& only) {
  if (!project.passthrough || out.config_broken) return;
  for (const Object* object : out.repository.everything())
    if (object->file != 0 && !is_compiled(*object) && may_copy(*object, project) && is_wanted_source(out.sources.get(object->file).name, only)) {
      Manifest m = manifest_of(object->written, nullptr);
      m.namespace_ = object->namespace_;
      out.manifests.push_back(m);
    }
  std::vector<const Manifest*> manifests;
  for (const Manifest& m : out.manifests) manifests.push_back(&m);
  out.manifests = in_order(manifests, text_of, out.diags);
}

}  // namespace isvcc

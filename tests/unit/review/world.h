#pragma once
// A whole repository for one test: files in memory, compiled as the program does.
#include <map>
#include <memory>
#include <string>

#include "driver/commands/facts.h"
#include "load/virtual_file_system.h"

namespace isvcc::test {

struct World {
  Session session;
  Compilation& result = session.result;

  // Bundled runtimes only when asked for: most rules are clearer without them.
  explicit World(const std::map<std::string, std::string>& files, bool bundled = false) {
    auto memory = std::make_shared<VirtualFileSystem>();
    for (const auto& [path, text] : files) memory->file(path, text);
    session.request.load.files = std::move(memory);
    session.request.load.sources = {"."};
    session.request.project.bundled_runtimes = bundled;
    std::string error;
    run_pipeline(*parse_options({"build"}, error), session);
  }

  Facts facts() const { return facts_of(session.result); }
};

// A runtime in one line: kind, name, namespace and the members of its spec in YAML's flow form.
inline std::string runtime(const std::string& name, const std::string& spec, const std::string& namespace_ = "") {
  return "---\napiVersion: serving.kserve.io/v1alpha1\nkind: " + std::string(namespace_.empty() ? "ClusterServingRuntime" : "ServingRuntime") +
         "\nmetadata: {name: " + name + (namespace_.empty() ? "" : ", namespace: " + namespace_) + "}\nspec: {containers: [{name: kserve-container, image: i}], " + spec + "}\n";
}

inline std::string service(const std::string& namespace_, const std::string& name, const std::string& model, const std::string& more_metadata = "") {
  return "---\napiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: {name: " + name + ", namespace: " + namespace_ + more_metadata +
         "}\nspec: {predictor: {model: {storageUri: 's3://b/m', " + model + "}}}\n";
}

}  // namespace isvcc::test

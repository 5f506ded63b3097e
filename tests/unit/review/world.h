#pragma once
// A whole repository for one test: files in memory, compiled as the program does.
#include <map>
#include <memory>
#include <string>

#include "base/text.h"
#include "driver/commands/facts.h"
#include "load/virtual_file_system.h"
#include "support/txtar.h"

namespace isvcc::test {

struct World {
  Session session;
  Compilation& result = session.result;

  // Bundled runtimes only when asked for: most rules are clearer without them.
  explicit World(const std::map<std::string, std::string>& files, bool bundled = false) { compile_files(files, bundled); }

  // One file, compiled without one of its objects.
  World(const std::string& text, const ObjectRef& without) {
    session.request.without.insert(without);
    compile_files({{"all.yaml", text}}, false);
  }

  // A recorded case: its isvcc.yaml and input.
  explicit World(const Archive& archive) {
    project_text_ = archive.get("isvcc.yaml");
    const FileId file = result.sources.add({.name = "isvcc.yaml", .text = project_text_});
    Scratch scratch{result.arenas.emplace_back(), result.diags};
    session.request.project = read_project(project_text_, file, scratch);
    compile_files(archive.files, session.request.project.bundled_runtimes);
  }

  Facts facts() const { return facts_of(session.result); }

 private:
  void compile_files(const std::map<std::string, std::string>& files, bool bundled) {
    auto memory = std::make_shared<VirtualFileSystem>();
    for (const auto& [path, text] : files)
      if (!starts_with(path, "expected/")) memory->file(path, text);
    session.request.load.files = std::move(memory);
    session.request.load.sources = session.request.project.sources;
    session.request.project.bundled_runtimes = bundled;
    std::string error;
    run_pipeline(*parse_options({"build"}, error), session);
  }

  std::string project_text_;
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

#pragma once
// A repository in memory, compiled; what is asked is which findings of lint/ came out.
#include <memory>
#include <set>
#include <string>

#include "driver/pipeline.h"
#include "driver/waivers.h"
#include "load/virtual_file_system.h"

namespace isvcc::test {

// A runtime for format "own", and one service of it, iris in namespace ml. Pieces are YAML flow maps without braces, each ending in a comma.
inline std::string runtime(const std::string& container = "", const std::string& name = "own", const std::string& kind = "ClusterServingRuntime", const std::string& spec = "") {
  return "---\n{apiVersion: serving.kserve.io/v1alpha1, kind: " + kind + ", metadata: {name: " + name + ", namespace: " + (kind == "ServingRuntime" ? "ml" : "''") +
         "}, spec: {" + spec + "supportedModelFormats: [{name: own, version: '1', autoSelect: true}], protocolVersions: [v1], containers: [{" + container +
         "name: kserve-container, image: own:1}]}}\n";
}
inline std::string service(const std::string& model = "", const std::string& predictor = "", const std::string& meta = "") {
  return "---\n{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: {" + meta + "name: iris, namespace: ml}, spec: {predictor: {" + predictor +
         "model: {" + model + "modelFormat: {name: own}}}}}\n";
}
// A Secret, ConfigMap or PersistentVolumeClaim.
inline std::string object(const std::string& kind, const std::string& name) {
  const std::string spec = kind == "PersistentVolumeClaim" ? ", spec: {accessModes: [ReadOnlyMany], resources: {requests: {storage: 1Gi}}}" : "";
  return "---\n{apiVersion: v1, kind: " + kind + ", metadata: {name: " + name + ", namespace: ml}" + spec + "}\n";
}

class Linted {
 public:
  explicit Linted(const std::string& yaml, const std::string& layout = "tree", const std::string& today = "2026-06-01") {
    auto files = std::make_shared<VirtualFileSystem>();
    files->file("all.yaml", yaml);
    CompileRequest request;
    request.project.bundled_runtimes = false;
    request.project.layout = layout;
    request.load.files = files;
    request.load.sources = {"."};
    compile(request, result_);
    apply_waivers(result_, today);
  }

  // How many findings have this code.
  size_t count(std::string_view id) const {
    size_t n = 0;
    for (const Diagnostic& d : result_.diags.all()) n += info(d.code).id == id;
    return n;
  }
  // The first of them.
  const Diagnostic& finding(std::string_view id) const {
    for (const Diagnostic& d : result_.diags.all())
      if (info(d.code).id == id) return d;
    static const Diagnostic none{};
    return none;
  }
  size_t errors() const { return result_.errors(); }

 private:
  Compilation result_;
};

}  // namespace isvcc::test

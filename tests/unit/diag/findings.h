#pragma once
// A few findings about two small files, for the renderers.
#include <deque>

#include "diag/render.h"

namespace isvcc::test {

struct Findings {
  Sources sources;
  std::deque<Diagnostic> all;

  Findings() {
    yaml = sources.add({.name = "models/iris.yaml", .text = "kind: InferenceService\nspec:\n  format: sklern\n  note: \"é\" x\n"});
    runtime = sources.add({.name = "runtimes/sk.yaml", .text = "name: sklearn\n"});
    jsonnet = sources.add({.name = "all.jsonnet", .text = "{\"a\":1}", .generated = true});
  }

  Diagnostic& add(Span span, std::string message, Severity severity = Severity::Error) {
    const Code code = severity == Severity::Error ? Code::BadProject : Code::OutputLeftover;
    all.push_back({.code = code, .severity = severity, .stage = Stage::Selection, .span = span, .path = {}, .message = std::move(message), .upstream = {}, .hint = {}, .labels = {}, .fixes = {}, .object = {}});
    return all.back();
  }

  // `sklern` in models/iris.yaml, with everything a finding can carry.
  Diagnostic& full() {
    Diagnostic& d = add({yaml, 39, 45}, "no runtime serves model format 'sklern'");
    d.path = "spec.format";
    d.object = {"InferenceService", "ml", "iris"};
    return d.upstream_says("No runtime found to support predictor").hinting("did you mean 'sklearn'?").label({runtime, 6, 13}, "this one serves 'sklearn'").fix({yaml, 39, 45}, "sklearn");
  }

  std::string render(Renderer renderer, const RenderOptions& options = {}) const { return renderer(all, sources, options); }

  FileId yaml, runtime, jsonnet;
};

}  // namespace isvcc::test

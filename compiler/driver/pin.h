#pragma once
// Services in the form that a cluster with KServe stores, their runtimes named, so that nothing about them changes by itself.
#include "driver/pipeline.h"

namespace isvcc {

// What Render::Pinned writes: accepted InferenceServices that KServe could render, InferenceGraphs and TrainedModels as stored, and with
// freeze_runtimes the copies of runtimes that the services name.
std::vector<Manifest> pinned_objects(const CompileRequest& request, Compilation& out, Scratch& scratch);

// One service. Null, reported, when naming its runtime would give it another one.
struct PinnedService {
  const Node* stored = nullptr;
  std::vector<const Node*> runtimes = {};  // copies that it names
};
PinnedService pin_service(const ServiceResult& result, bool freeze, const Compilation& out, Scratch& scratch);

}  // namespace isvcc

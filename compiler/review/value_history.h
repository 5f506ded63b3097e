#pragma once
// What a value of a pod was on its way: in the runtime, in the service, after merging, after injection.
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "review/facts.h"

namespace isvcc {

// The pods of one service as the passes left them. Nodes are shared with the compilation.
class PodStages {
 public:
  void add(std::string_view words, const ServicePlan& plan) { stages_.push_back({words, plan.components}); }

  struct Stage {
    std::string_view words;
    std::vector<ComponentPlan> components;
  };
  const std::deque<Stage>& all() const { return stages_; }

 private:
  std::deque<Stage> stages_;
};

struct HistoryEntry {
  std::string where;   // "ClusterServingRuntime acme-sklearn", "after merging"
  View value;
};

// The values that stood where the value at `path` of the rendered object stands, oldest first: those of the runtime and of the service, then
// one entry for each stage that changed something. Empty for what is no part of a pod.
std::vector<HistoryEntry> history_of(View object, std::string_view path, const ServiceFacts& service, const PodStages& stages);

}  // namespace isvcc

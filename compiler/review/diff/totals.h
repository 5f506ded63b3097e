#pragma once
// What the workloads of a side ask for: pods, CPU, memory and devices at the least and at the most that their autoscalers allow, and what
// a rollout needs on top. Counts what objects say; knows no cluster.
#include <map>
#include <string>

#include "review/diff/side.h"

namespace isvcc::diff {

struct Amounts {
  int64_t pods = 0, cpu_milli = 0, memory_bytes = 0;
  std::map<std::string, int64_t> devices;  // "nvidia.com/gpu" and other extended resources

  bool operator==(const Amounts&) const = default;
  // Adds `other` `times` times; numbers stop at the largest.
  void add(const Amounts& other, int64_t times = 1);
};

struct Demand {
  Amounts least, most;
  bool bounded = true;  // false: some autoscaler has no upper limit; `most` then leaves it at its least

  bool operator==(const Demand&) const = default;
  void add(const Demand& other);
};

// The bounds that an autoscaler sets, by namespace, kind and name of its target.
struct Scaling {
  int64_t least = 1, most = 1;
  bool bounded = true;
};
using Autoscalers = std::map<ObjectRef, Scaling>;
Autoscalers autoscalers_of(const Side& side);

// Whether the object is one that demand_of() counts.
bool runs_pods(const SideObject& object);
// Nothing for kinds that run no pods.
Demand demand_of(const SideObject& object, const Autoscalers& autoscalers);
// The pods that exist beside the others while the object's pods are replaced, at its least size.
Amounts surge_of(const SideObject& object, const Autoscalers& autoscalers);

// "0.25", "1,200", "1.5Gi", "12": for people.
std::string cpu_words(int64_t milli);
std::string memory_words(int64_t bytes);

}  // namespace isvcc::diff

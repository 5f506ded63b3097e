#pragma once
// The pure functions that Tanka and kubecfg offer through std.native, under their names; those that would reach for the network or
// another program are refused with a sentence. YAML is read as Kubernetes reads it.
#include <memory>

#include "load/jsonnet.h"

struct JsonnetVm;

namespace isvcc::jsonnet {

struct NativeContext;

class Natives {
 public:
  // Registers them with `vm`. Must outlive its evaluations.
  Natives(JsonnetVm* vm, YamlPrinter print_yaml);
  ~Natives();

 private:
  std::vector<std::unique_ptr<NativeContext>> contexts_;
};

}  // namespace isvcc::jsonnet

#pragma once
// What the API server checks of Kubernetes' own kinds beyond the types of their fields: rules in Go code that no schema shows. Those that
// people break: names, selectors, containers, ports, probes, volumes, requests and limits. Not all there are; each mirrors one of
// k8s.io/kubernetes/pkg/apis/*/validation, whose words are `upstream`.
#include <functional>
#include <string>

#include "tree/path.h"

namespace isvcc {

struct ApiBreach {
  View where;  // the value, or the nearest one around a missing one
  std::string path, message, upstream;
};
using TellBreach = std::function<void(ApiBreach)>;

// Of an object of any kind; kinds without rules tell nothing. `admitted`: metadata whose labels and annotations are known to be valid.
void for_each_breach(View object, const TellBreach& tell, View admitted = {});

}  // namespace isvcc

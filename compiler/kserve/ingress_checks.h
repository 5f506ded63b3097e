#pragma once
// What KServe demands of the config key `ingress` before it uses it.
#include "kserve/config.h"

namespace isvcc {

// KServe's text for the first rule that is broken, empty when the key is usable (NewIngressConfig, before its defaults).
std::string ingress_config_error(const IngressConfig& config);

}  // namespace isvcc

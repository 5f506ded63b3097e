#include "kserve/ingress_checks.h"

#include "base/text.h"
#include "ops/gotemplate.h"
#include "ops/names.h"

namespace isvcc {

static std::string gateway_error(std::string_view gateway) {
  if (gateway.empty()) return "invalid ingress config - kserveIngressGateway is required";
  const std::vector<std::string_view> halves = split(gateway, '/');
  if (halves.size() != 2) return "invalid ingress config - kserveIngressGateway should be in the format <namespace>/<name>";
  if (!is_valid_name(NameForm::Dns1123Label, halves[0])) return "invalid ingress config - kserveIngressGateway gateway namespace is invalid";
  if (!is_valid_name(NameForm::Dns1123Label, halves[1])) return "invalid ingress config - kserveIngressGateway gateway name is invalid";
  return {};
}

std::string ingress_config_error(const IngressConfig& config) {
  if (config.enable_gateway_api)
    if (std::string error = gateway_error(config.kserve_ingress_gateway); !error.empty()) return error;
  if (config.ingress_gateway.empty()) return "invalid ingress config - ingressGateway is required";
  if (config.path_template.empty()) return {};
  if (const std::string error = check_template("path-template", config.path_template); !error.empty())
    return cat("invalid ingress config, unable to parse pathTemplate: ", error);
  if (config.ingress_domain.empty()) return "invalid ingress config - ingressDomain is required if pathTemplate is given";
  return {};
}

}  // namespace isvcc

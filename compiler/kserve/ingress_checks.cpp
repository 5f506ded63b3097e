#include "kserve/ingress_checks.h"

#include "base/text.h"
#include "ops/gotemplate.h"

namespace isvcc {

static bool is_dns1123_label(std::string_view text) {
  auto alphanumeric = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (text.empty() || text.size() > 63 || !alphanumeric(text.front()) || !alphanumeric(text.back())) return false;
  for (char c : text)
    if (!alphanumeric(c) && c != '-') return false;
  return true;
}

static std::string gateway_error(std::string_view gateway) {
  if (gateway.empty()) return "invalid ingress config - kserveIngressGateway is required";
  const std::vector<std::string_view> halves = split(gateway, '/');
  if (halves.size() != 2) return "invalid ingress config - kserveIngressGateway should be in the format <namespace>/<name>";
  if (!is_dns1123_label(halves[0])) return "invalid ingress config - kserveIngressGateway gateway namespace is invalid";
  if (!is_dns1123_label(halves[1])) return "invalid ingress config - kserveIngressGateway gateway name is invalid";
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

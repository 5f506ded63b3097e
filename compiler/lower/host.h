#pragma once
// External host names and URL paths from the templates of the ingress configuration. Internal to lower/.
// Mirrors GenerateDomainName, GetAdditionalHosts and GenerateUrlPath (reconcilers/ingress, KServe v0.20.0).
#include <string>
#include <string_view>
#include <vector>

#include "kserve/config.h"

namespace isvcc {

struct TemplateText {
  std::string text;
  std::string error;  // Go's text; empty on success
};

// The metadata a host template sees.
struct HostSubject {
  std::string_view namespace_;
  View labels, annotations;
};

// The host of `name`: a fully qualified domain name, or the error.
TemplateText generate_host(std::string_view name, const HostSubject& subject, const IngressConfig& config, Arena& arena);

// Empty when `host` is a domain name of at least two segments; else Go's text of the first violation (IsFullyQualifiedDomainName).
std::string domain_name_error(std::string_view host);

// `service_host` under each of the additional ingress domains, when it lies in one of `domains`. Upstream only logs those that would be
// no valid host.
std::vector<std::string> additional_hosts(const std::vector<std::string>& domains, std::string_view service_host, const IngressConfig& config);

// The decoded path of a service under `pathTemplate`; empty without one.
TemplateText generate_path(std::string_view name, std::string_view namespace_, const IngressConfig& config, Arena& arena);

}  // namespace isvcc

#pragma once
// Which domain Knative gives a service. Internal to lower/. The ConfigMap `config-domain` is read from the repository when it is there,
// else the profile's domain is the only one.
#include "repo/repository.h"
#include "kserve/profile.h"

namespace isvcc {

// All domains that Knative knows, by name (getDomainList; upstream's order is random).
std::vector<std::string> knative_domains(const Repository& repository, const Profile& profile);

// The host of a Knative Service with these labels: cluster-local ones, and ones that no domain selects, stay below svc.<cluster domain>.
std::string knative_host(std::string_view name, std::string_view namespace_, View labels, const Repository& repository, const Profile& profile,
                         Arena& arena);

}  // namespace isvcc

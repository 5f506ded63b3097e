#pragma once
// What Kubernetes takes as a name, a label and an annotation key, with the API server's words for what it does not take.
// Mirrors k8s.io/apimachinery/pkg/util/validation. Knows no objects.
#include <string>
#include <string_view>
#include <vector>

namespace isvcc {

// Each returns the API server's complaints, none when the text is fine.
std::vector<std::string> dns_subdomain_faults(std::string_view text);
std::vector<std::string> dns_label_faults(std::string_view text);
std::vector<std::string> qualified_name_faults(std::string_view text);  // [prefix/]name, as label keys are
std::vector<std::string> label_value_faults(std::string_view text);

// [a-z]([-a-z0-9]*[a-z0-9])?: the names of services, graphs and predictors.
bool is_dns_1035_label(std::string_view text);

}  // namespace isvcc

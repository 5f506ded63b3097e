#pragma once
// The forms of names Kubernetes checks, with the API server's words. Decides nothing about which form an object needs.
#include <string>
#include <string_view>
#include <vector>

#include "tree/node.h"

namespace isvcc {

enum class NameForm {
  Dns1123Label,      // most object names that become host names
  Dns1123Subdomain,  // object names
  Dns1035Label,      // Services
  QualifiedName,     // label and annotation keys, resource names
  LabelValue,
  EnvVarName,
  RelaxedEnvVarName,  // as Kubernetes 1.34 accepts them
  ConfigMapKey,
  PortName,
  WildcardDns,  // *.example.com
  Percent,
};

// Mirrors the validators of apimachinery's util/validation.
bool is_valid_name(NameForm form, std::string_view text);
// What the API server says, one line for each problem; empty for a valid name.
std::vector<std::string> name_problems(NameForm form, std::string_view text);

// One line of an API server's answer: `metadata.name: Invalid value: "A": a lowercase RFC 1123 …` (field.Invalid of a string).
std::string invalid_value(std::string_view path, std::string_view value, std::string_view problem);

// What the API server says about a Map of labels or annotations at `path`, in key order, one line for each problem.
// Mirrors ValidateLabels and ValidateAnnotations (256 KiB for all annotations of an object).
std::vector<std::string> label_problems(View labels, std::string_view path);
std::vector<std::string> annotation_problems(View annotations, std::string_view path);

}  // namespace isvcc

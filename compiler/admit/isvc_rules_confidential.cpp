// Confidential models (validateConfidential): only those that the storage initializer downloads can be decrypted.
#include <re2/re2.h>

#include "admit/isvc_rules.h"
#include "base/text.h"

namespace isvcc {

static void warn(const ServiceCheck& check, const std::string& path, std::string_view upstream, std::string message) {
  report_at(check.isvc, path, Code::ConfidentialWithoutEffect, Stage::Validation, std::move(message), check.scratch)
      .upstream_says(std::string(upstream));
}

static void warn_about_scheme(const ServiceCheck& check, std::string_view uri, const std::string& path) {
  if (starts_with(uri, "oci://"))
    warn(check, path,
         "confidential has no effect with OCI URIs; OCI image decryption is handled by the container runtime via runtimeClassName",
         "`confidential` has no effect on a model in an OCI image");
  if (starts_with(uri, "pvc://"))
    warn(check, path, "confidential has no effect with PVC URIs; the storage-initializer is not injected for PVC volumes",
         "`confidential` has no effect on a model in a volume");
}

static bool is_key_broker_id(std::string_view id) {
  static const RE2 kFormat("kbs:///[a-zA-Z0-9_.-]+/[a-zA-Z0-9_.-]+/[a-zA-Z0-9_.-]+");
  return RE2::FullMatch(re2::StringPiece(id.data(), id.size()), kFormat);
}

bool check_confidential(const ServiceCheck& check) {
  const auto framework = check.predictor_parts.first_framework();
  if (!framework) return true;
  const View confidential = check.predictor_parts.framework(*framework)["confidential"];
  if (!confidential["enabled"].is_true()) return true;
  const std::string path = cat("spec.predictor.", framework_name(*framework), ".confidential");
  const auto uri = check.predictor_parts.storage_uri();
  if (!uri || uri->empty())
    return check.refuse(path, Code::ConfidentialStorage, "confidential model serving requires storageUri to be set",
                        "a confidential model has no storageUri", cat("set spec.predictor.", framework_name(*framework), ".storageUri"));
  warn_about_scheme(check, *uri, path);
  const std::string_view id = confidential["resourceId"].text();
  if (id.empty() || is_key_broker_id(id)) return true;
  return check.refuse(
      cat(path, ".resourceId"), Code::ConfidentialResource,
      cat("spec.predictor.confidential.resourceId: Invalid value: ", go_quote(id), ": must be in the format kbs:///<repo>/<type>/<tag>"),
      cat(quote(id), " is not the id of a key: kbs:///<repo>/<type>/<tag>"));
}

}  // namespace isvcc

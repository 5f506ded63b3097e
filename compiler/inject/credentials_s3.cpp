#include "base/text.h"
#include "inject/credentials.h"
#include "inject/pod_values.h"

namespace isvcc {
namespace {

// An env variable, the annotation and data key (the env name unless given) that set it, and the last resort.
struct Setting {
  std::string_view env, annotation;
  std::string CredentialsConfig::*fallback;
};

constexpr Setting kUseHttps{"S3_USE_HTTPS", "serving.kserve.io/s3-usehttps", &CredentialsConfig::s3_use_https};
constexpr Setting kEndpoint{"S3_ENDPOINT", "serving.kserve.io/s3-endpoint", &CredentialsConfig::s3_endpoint};
constexpr Setting kAfterEndpoint[] = {
    {"S3_VERIFY_SSL", "serving.kserve.io/s3-verifyssl", &CredentialsConfig::s3_verify_ssl},
    {"awsAnonymousCredential", "serving.kserve.io/s3-useanoncredential", &CredentialsConfig::s3_use_anonymous_credential},
    {"AWS_DEFAULT_REGION", "serving.kserve.io/s3-region", &CredentialsConfig::s3_region},
    {"S3_USER_VIRTUAL_BUCKET", "serving.kserve.io/s3-usevirtualbucket", &CredentialsConfig::s3_use_virtual_bucket},
    {"S3_USE_ACCELERATE", "serving.kserve.io/s3-useaccelerate", &CredentialsConfig::s3_use_accelerate},
    {"AWS_CA_BUNDLE", "serving.kserve.io/s3-cabundle", &CredentialsConfig::s3_ca_bundle},
    {"AWS_CA_BUNDLE_CONFIGMAP", "serving.kserve.io/s3-cabundle-configmap", &CredentialsConfig::s3_ca_bundle_config_map},
};

class S3Settings {
 public:
  S3Settings(View annotations, const Secret* secret, const CredentialsConfig& config, Make make)
      : annotations_(annotations), secret_(secret), config_(&config), make_(make) {}

  std::vector<const Node*> all() {
    if (const std::string endpoint = value(kEndpoint); !endpoint.empty()) add_endpoint(trim(endpoint, " \t\r\n\v\f"));
    for (const Setting& setting : kAfterEndpoint) add(setting.env, value(setting));
    return std::move(env_);
  }

 private:
  // An annotation or data key counts even when it is empty.
  std::string value(const Setting& setting) const {
    if (const View annotation = annotations_[setting.annotation]) return std::string(annotation.text());
    if (secret_)
      if (std::optional<std::string> data = secret_->value(setting.env)) return std::move(*data);
    return config_->*setting.fallback;
  }

  void add(std::string_view name, std::string_view value) {
    if (!value.empty()) env_.push_back(env_value(make_, name, value));
  }

  // A scheme in the endpoint decides about https, whatever else says so.
  void add_endpoint(std::string_view endpoint) {
    const std::string lower = to_lower(endpoint);
    if (starts_with(lower, "https://")) return add_endpoint("1", endpoint.substr(8), std::string(endpoint));
    if (starts_with(lower, "http://")) return add_endpoint("0", endpoint.substr(7), std::string(endpoint));
    const std::string use_https = value(kUseHttps);
    add_endpoint(use_https, endpoint, cat(use_https == "0" ? "http://" : "https://", endpoint));
  }

  // Unlike the other settings these two appear even when they are empty.
  void add_endpoint(std::string_view use_https, std::string_view host, const std::string& url) {
    add(kUseHttps.env, use_https);
    env_.push_back(env_value(make_, kEndpoint.env, host));
    env_.push_back(env_value(make_, "AWS_ENDPOINT_URL", url));
  }

  View annotations_;
  const Secret* secret_;
  const CredentialsConfig* config_;
  Make make_;
  std::vector<const Node*> env_;
};

}  // namespace

std::vector<const Node*> s3_settings(View annotations, const Secret* secret, const CredentialsConfig& config, Make make) {
  return S3Settings(annotations, secret, config, make).all();
}

}  // namespace isvcc

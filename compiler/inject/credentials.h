#pragma once
// Credentials for downloads and log storage: what KServe makes of a service account and its secrets. Mirrors CredentialBuilder
// (credentials/service_account_credentials.go and the folders beside it). Secret values are read only where KServe copies them.
#include <string>

#include "inject/context.h"
#include "inject/secret.h"

namespace isvcc {

// The container that needs the credentials, and its pod for the volumes of files.
struct CredentialTarget {
  ContainerEdit& container;
  PodEdit& pod;
};

// Env, mounts and volumes from the service account (empty name: "default"). An account that is missing adds nothing; a secret that is
// missing is the returned error (CreateSecretVolumeAndEnv).
std::string add_account_credentials(std::string_view service_account, CredentialTarget target, const InjectContext& context);

// The S3 settings of a secret or, when `secret` is null, of a service account: annotations first, then data, then the configuration
// (BuildS3EnvVars).
std::vector<const Node*> s3_settings(View annotations, const Secret* secret, const CredentialsConfig& config, Make make);

}  // namespace isvcc

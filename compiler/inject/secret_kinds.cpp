#include "inject/secret_kinds.h"

#include "base/text.h"
#include "inject/pod_values.h"

namespace isvcc {
namespace {

struct SecretUse {
  const Secret& secret;
  CredentialTarget target;
  const InjectContext& context;
  View where;
  Make make;
  const CredentialsConfig& config;

  const Node* env_from(std::string_view env, std::string_view key) const { return env_from_secret(make, env, secret.name(), key); }
};

void use_s3(const SecretUse& use) {
  std::vector<const Node*> env{use.env_from("AWS_ACCESS_KEY_ID", use.config.s3_access_key_id_name),
                               use.env_from("AWS_SECRET_ACCESS_KEY", use.config.s3_secret_access_key_name)};
  for (const Node* setting : s3_settings(use.secret.annotations(), &use.secret, use.config, use.make)) env.push_back(setting);
  if (use.target.container.env_entry("AWS_SECRET_ACCESS_KEY")["valueFrom"])
    use.context.scratch.diags.report(
        Code::CredentialKeysKept, Stage::Render, use.where,
        cat("the access keys of secret ", quote(use.secret.name()), " do not replace those of an earlier S3 secret"));
  use.target.container.merge_env(use.make, env);
}

void use_gcs(const SecretUse& use) {
  use.target.pod.add_volume_unless_present(secret_volume(use.make, "user-gcp-sa", use.secret.name()));
  use.target.container.mounts.push_back(volume_mount(use.make, "user-gcp-sa", "/var/secrets/", Access::ReadOnly));
  use.target.container.env.push_back(
      env_value(use.make, "GOOGLE_APPLICATION_CREDENTIALS", cat("/var/secrets/", use.config.gcs_credential_file)));
}

// Env names, each with the data key that older secrets have.
struct AzureKey {
  std::string_view env, legacy;
};
constexpr AzureKey kAzureKeys[] = {
    {"AZURE_SUBSCRIPTION_ID", "AZ_SUBSCRIPTION_ID"}, {"AZURE_TENANT_ID", "AZ_TENANT_ID"}, {"AZURE_CLIENT_ID", "AZ_CLIENT_ID"},
    {"AZURE_CLIENT_SECRET", "AZ_CLIENT_SECRET"},     {"AZURE_STORAGE_ACCESS_KEY", {}},    {"AZURE_ACCESS_TOKEN", {}},
    {"AZURE_ACCESS_EXPIRES_ON_SECONDS", {}},         {"AZURE_ACCOUNT_NAME", {}},          {"AZURE_SERVICE_URL", {}}};

void use_azure(const SecretUse& use) {
  for (const AzureKey& row : kAzureKeys) {
    const std::string_view key = use.secret.has(row.legacy) ? row.legacy : row.env;
    const bool present = use.secret.has(key);
    if (!present && key != "AZURE_TENANT_ID") continue;
    use.target.container.env.push_back(use.env_from(row.env, key));
    if (!present)
      use.context.scratch.diags.report(
          Code::CredentialKeyMissing, Stage::Reference, use.where,
          cat("secret ", quote(use.secret.name()), " has no key AZURE_TENANT_ID, but the container refers to it and will not start"));
  }
}

void use_azure_access_key(const SecretUse& use) {
  use.target.container.env.push_back(use.env_from("AZURE_STORAGE_ACCESS_KEY", "AZURE_STORAGE_ACCESS_KEY"));
}

// The header text goes into the pod as it is: upstream's behaviour, worth a warning that does not repeat the text.
void use_https(const SecretUse& use) {
  const std::optional<std::string> host = use.secret.value("https-host"), headers = use.secret.value("headers");
  if (!host || !headers) return;
  use.target.container.env.push_back(env_value(use.make, cat(*host, "-headers"), *headers));
  use.context.scratch.diags
      .report(Code::SecretInClear, Stage::Render, use.where,
              cat("key 'headers' of secret ", quote(use.secret.name()), " is written into the rendered pod in clear, as KServe does"))
      .label(use.secret.entry("headers"), "this text appears in the output");
}

void use_hdfs(const SecretUse& use) {
  use.target.pod.add_volume_unless_present(secret_volume(use.make, "hdfs-secrets", use.secret.name()));
  use.target.container.mounts.push_back(volume_mount(use.make, "hdfs-secrets", "/var/secrets/kserve-hdfscreds", Access::ReadOnly));
}

void use_hugging_face(const SecretUse& use) { use.target.container.env.push_back(use.env_from("HF_TOKEN", "HF_TOKEN")); }

// Registry passwords and account tokens are nobody's model credentials.
void use_unknown(const SecretUse& use) {
  if (starts_with(use.secret.type(), "kubernetes.io/")) return;
  use.context.scratch.diags.report(Code::CredentialSecretUnknown, Stage::Reference, use.where,
                                   cat("secret ", quote(use.secret.name()), " has none of the keys KServe looks for, so it is ignored"));
}

struct SecretKind {
  std::string_view key;  // its data key; empty: the configuration names it
  std::string CredentialsConfig::*configured;
  void (*use)(const SecretUse&);

  std::string_view data_key(const CredentialsConfig& config) const { return configured ? std::string_view(config.*configured) : key; }
};

// The first key that the secret has decides.
constexpr SecretKind kKinds[] = {
    {{}, &CredentialsConfig::s3_secret_access_key_name, use_s3},
    {{}, &CredentialsConfig::gcs_credential_file, use_gcs},
    {"AZ_CLIENT_ID", nullptr, use_azure},
    {"AZURE_CLIENT_ID", nullptr, use_azure},
    {"AZURE_ACCESS_TOKEN", nullptr, use_azure},
    {"AZURE_STORAGE_ACCESS_KEY", nullptr, use_azure_access_key},
    {"https-host", nullptr, use_https},
    {"HDFS_NAMENODE", nullptr, use_hdfs},
    {"HF_TOKEN", nullptr, use_hugging_face},
};

}  // namespace

void add_secret_credentials(const Secret& secret, CredentialTarget target, const InjectContext& context, View where) {
  const CredentialsConfig& config = context.config().credentials.value;
  const SecretUse use{secret, target, context, where, context.scratch.make(Pass::Credentials), config};
  for (const SecretKind& kind : kKinds)
    if (secret.has(kind.data_key(config))) return kind.use(use);
  use_unknown(use);
}

}  // namespace isvcc

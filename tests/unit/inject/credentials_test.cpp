#include <boost/test/unit_test.hpp>

#include "unit/inject/pods.h"
#include "unit/inject/world.h"

using namespace isvcc;
using namespace isvcc::test;

namespace {

std::string secret(std::string_view name, std::string_view data, std::string_view annotations = "") {
  return cat("{apiVersion: v1, kind: Secret, metadata: {name: ", name, ", annotations: {", annotations, "}}, stringData: {", data, "}}");
}

std::string account(std::string_view secrets, std::string_view annotations = "") {
  return cat("{apiVersion: v1, kind: ServiceAccount, metadata: {name: sa, annotations: {", annotations, "}}, secrets: [", secrets, "]}");
}

constexpr std::string_view kUseAccount = "  serviceAccountName: sa";

// The env of the initializer without the three default variables at its end.
std::string env_of(World& w, std::string_view uri = "s3://b") {
  w.mutate(pod_of_uri(uri, kUseAccount));
  const View env = w.parse(w.at("spec.initContainers[0].env"));
  std::vector<const Node*> own(env.items().begin(), env.items().end() - 3);
  return World::json(Make(w.arena()).list(own));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(credentials)

BOOST_AUTO_TEST_CASE(a_missing_account_is_no_error_but_worth_a_warning) {
  World w;
  w.add("{apiVersion: v1, kind: ServiceAccount, metadata: {name: sb}}");
  BOOST_TEST(env_of(w) == "[]");
  BOOST_REQUIRE(w.reported(Code::ServiceAccountMissing));
  BOOST_TEST(w.findings().back().message ==
             "service account 'sa' is not among the inputs of namespace 'default', so no credentials are injected");
}

BOOST_AUTO_TEST_CASE(the_default_account_may_be_missing) {
  World w;
  w.mutate(pod_of_uri("s3://b"));
  BOOST_TEST(!w.reported(Code::ServiceAccountMissing));
}

BOOST_AUTO_TEST_CASE(a_missing_secret_refuses_the_pod) {
  World w;
  w.add(account("{name: gone}")).add(secret("other", "")).mutate(pod_of_uri("s3://b", kUseAccount));
  BOOST_TEST(w.error() == "secrets \"gone\" not found");
  BOOST_TEST(w.reported(Code::CredentialSecretMissing));
}

BOOST_AUTO_TEST_CASE(a_secret_of_another_namespace_does_not_count) {
  World w;
  w.add(account("{name: s}"))
      .add("{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: other}}")
      .mutate(pod_of_uri("s3://b", kUseAccount));
  BOOST_TEST(w.error() == "secrets \"s\" not found");
}

// --- S3 ---

BOOST_AUTO_TEST_CASE(an_s3_secret_gives_keys_and_settings) {
  World w;
  w.add(account("{name: s3}"))
      .add(secret("s3", "AWS_ACCESS_KEY_ID: a, AWS_SECRET_ACCESS_KEY: b",
                  "serving.kserve.io/s3-endpoint: 'http://minio:9000', serving.kserve.io/s3-region: eu"));
  BOOST_TEST(env_of(w) == yaml(R"([{name: AWS_ACCESS_KEY_ID, valueFrom: {secretKeyRef: {name: s3, key: AWS_ACCESS_KEY_ID}}},
{name: AWS_SECRET_ACCESS_KEY, valueFrom: {secretKeyRef: {name: s3, key: AWS_SECRET_ACCESS_KEY}}},
{name: S3_USE_HTTPS, value: '0'}, {name: S3_ENDPOINT, value: 'minio:9000'}, {name: AWS_ENDPOINT_URL, value: 'http://minio:9000'}, {name: AWS_DEFAULT_REGION, value: eu}])"));
}

BOOST_AUTO_TEST_CASE(the_key_names_follow_the_configuration) {
  World w;
  w.config("{credentials: {s3: {s3AccessKeyIDName: id, s3SecretAccessKeyName: key}}}")
      .add(account("{name: s3}"))
      .add(secret("s3", "key: b"));
  BOOST_TEST(env_of(w) == yaml("[{name: AWS_ACCESS_KEY_ID, valueFrom: {secretKeyRef: {name: s3, key: id}}}, "
                               "{name: AWS_SECRET_ACCESS_KEY, valueFrom: {secretKeyRef: {name: s3, key: key}}}]"));
}

static std::string endpoint_env(std::string_view data, std::string_view annotations) {
  World w;
  w.add(account("{name: s3}")).add(secret("s3", cat("AWS_SECRET_ACCESS_KEY: b, ", data), annotations));
  env_of(w);
  return cat(w.at("spec.initContainers[0].env[2]"), w.at("spec.initContainers[0].env[3]"), w.at("spec.initContainers[0].env[4]"));
}

BOOST_AUTO_TEST_CASE(a_scheme_in_the_endpoint_decides_about_https) {
  BOOST_TEST(endpoint_env("S3_ENDPOINT: ' HTTPS://h/x ', S3_USE_HTTPS: '0'", "") ==
             yaml("{name: S3_USE_HTTPS, value: '1'}") + yaml("{name: S3_ENDPOINT, value: h/x}") +
                 yaml("{name: AWS_ENDPOINT_URL, value: 'HTTPS://h/x'}"));
}

BOOST_AUTO_TEST_CASE(without_a_scheme_https_is_the_rule) {
  BOOST_TEST(endpoint_env("S3_ENDPOINT: h", "").substr(0, yaml("{name: S3_ENDPOINT, value: h}").size()) ==
             yaml("{name: S3_ENDPOINT, value: h}"));
  BOOST_TEST(endpoint_env("S3_ENDPOINT: h, S3_USE_HTTPS: '0'", "") == yaml("{name: S3_USE_HTTPS, value: '0'}") +
                                                                          yaml("{name: S3_ENDPOINT, value: h}") +
                                                                          yaml("{name: AWS_ENDPOINT_URL, value: 'http://h'}"));
}

BOOST_AUTO_TEST_CASE(an_empty_annotation_hides_data_and_configuration) {
  World w;
  w.config("{credentials: {s3: {s3Region: cfg, s3VerifySSL: '0'}}}")
      .add(account("{name: s3}"))
      .add(secret("s3", "AWS_SECRET_ACCESS_KEY: b, AWS_DEFAULT_REGION: data", "serving.kserve.io/s3-region: ''"));
  env_of(w);
  BOOST_TEST(w.at("spec.initContainers[0].env[2]") == yaml("{name: S3_VERIFY_SSL, value: '0'}"));
  BOOST_TEST(w.at("spec.initContainers[0].env[3].name") == "\"HF_HUB_ENABLE_HF_TRANSFER\"");
}

BOOST_AUTO_TEST_CASE(encoded_data_is_decoded) {
  World w;
  w.add(account("{name: s3}"))
      .add("{apiVersion: v1, kind: Secret, metadata: {name: s3}, data: {AWS_SECRET_ACCESS_KEY: YQ==, AWS_DEFAULT_REGION: ZXUtd2VzdA==}}");
  env_of(w);
  BOOST_TEST(w.at("spec.initContainers[0].env[2]") == yaml("{name: AWS_DEFAULT_REGION, value: eu-west}"));
}

BOOST_AUTO_TEST_CASE(a_role_gives_the_accounts_settings_without_keys) {
  World w;
  w.add(account("", "eks.amazonaws.com/role-arn: arn, serving.kserve.io/s3-region: eu"));
  BOOST_TEST(env_of(w) == yaml("[{name: AWS_DEFAULT_REGION, value: eu}]"));
}

BOOST_AUTO_TEST_CASE(a_secret_overrides_the_roles_settings_in_their_place) {
  World w;
  w.add(account("{name: s3}", "eks.amazonaws.com/role-arn: arn, serving.kserve.io/s3-region: eu"))
      .add(secret("s3", "AWS_SECRET_ACCESS_KEY: b, AWS_DEFAULT_REGION: us"));
  env_of(w);
  BOOST_TEST(w.at("spec.initContainers[0].env[0]") == yaml("{name: AWS_DEFAULT_REGION, value: us}"));
  BOOST_TEST(w.at("spec.initContainers[0].env[1].name") == "\"AWS_ACCESS_KEY_ID\"");
}

BOOST_AUTO_TEST_CASE(a_second_s3_secret_replaces_settings_but_not_keys) {
  World w;
  w.add(account("{name: one}, {name: two}"))
      .add(secret("one", "AWS_SECRET_ACCESS_KEY: b, AWS_DEFAULT_REGION: eu"))
      .add(secret("two", "AWS_SECRET_ACCESS_KEY: b, AWS_DEFAULT_REGION: us"));
  env_of(w);
  BOOST_TEST(w.at("spec.initContainers[0].env[0].valueFrom.secretKeyRef.name") == "\"one\"");
  BOOST_TEST(w.at("spec.initContainers[0].env[2].value") == "\"us\"");
  BOOST_TEST(w.reported(Code::CredentialKeysKept));
}

// --- the other kinds ---

BOOST_AUTO_TEST_CASE(a_gcs_secret_is_a_file) {
  World w;
  w.add(account("{name: g}")).add(secret("g", "gcloud-application-credentials.json: '{}'"));
  BOOST_TEST(env_of(w, "gs://b") ==
             yaml("[{name: GOOGLE_APPLICATION_CREDENTIALS, value: /var/secrets/gcloud-application-credentials.json}]"));
  BOOST_TEST(w.at("spec.initContainers[0].volumeMounts[1]") == yaml("{name: user-gcp-sa, mountPath: /var/secrets/, readOnly: true}"));
  BOOST_TEST(w.at("spec.volumes[1]") == yaml("{name: user-gcp-sa, secret: {secretName: g}}"));
}

BOOST_AUTO_TEST_CASE(an_azure_secret_may_have_the_older_keys) {
  World w;
  w.add(account("{name: a}")).add(secret("a", "AZ_CLIENT_ID: i, AZ_TENANT_ID: t, AZURE_CLIENT_SECRET: s"));
  BOOST_TEST(env_of(w) == yaml("[{name: AZURE_TENANT_ID, valueFrom: {secretKeyRef: {name: a, key: AZ_TENANT_ID}}}, "
                               "{name: AZURE_CLIENT_ID, valueFrom: {secretKeyRef: {name: a, key: AZ_CLIENT_ID}}}, "
                               "{name: AZURE_CLIENT_SECRET, valueFrom: {secretKeyRef: {name: a, key: AZURE_CLIENT_SECRET}}}]"));
}

BOOST_AUTO_TEST_CASE(the_azure_tenant_is_referred_to_even_when_it_is_missing) {
  World w;
  w.add(account("{name: a}")).add(secret("a", "AZURE_ACCESS_TOKEN: t"));
  BOOST_TEST(env_of(w) == yaml("[{name: AZURE_TENANT_ID, valueFrom: {secretKeyRef: {name: a, key: AZURE_TENANT_ID}}}, "
                               "{name: AZURE_ACCESS_TOKEN, valueFrom: {secretKeyRef: {name: a, key: AZURE_ACCESS_TOKEN}}}]"));
  BOOST_TEST(w.reported(Code::CredentialKeyMissing));
}

BOOST_AUTO_TEST_CASE(an_azure_access_key_alone_is_one_variable) {
  World w;
  w.add(account("{name: a}")).add(secret("a", "AZURE_STORAGE_ACCESS_KEY: k"));
  BOOST_TEST(env_of(w) == yaml("[{name: AZURE_STORAGE_ACCESS_KEY, valueFrom: {secretKeyRef: {name: a, key: AZURE_STORAGE_ACCESS_KEY}}}]"));
}

BOOST_AUTO_TEST_CASE(headers_of_a_web_server_are_written_in_clear) {
  World w;
  w.add(account("{name: h}")).add(secret("h", R"(https-host: example.com, headers: "a: b\nc: d")"));
  BOOST_TEST(env_of(w) == yaml(R"([{name: example.com-headers, value: "a: b\nc: d"}])"));
  BOOST_TEST(w.reported(Code::SecretInClear));
  BOOST_TEST(!contains(w.findings().back().message, "a: b"));
}

BOOST_AUTO_TEST_CASE(a_web_server_without_headers_gives_nothing) {
  World w;
  w.add(account("{name: h}")).add(secret("h", "https-host: example.com"));
  BOOST_TEST(env_of(w) == "[]");
}

BOOST_AUTO_TEST_CASE(an_hdfs_secret_is_mounted) {
  World w;
  w.add(account("{name: h}")).add(secret("h", "HDFS_NAMENODE: n"));
  BOOST_TEST(env_of(w) == "[]");
  BOOST_TEST(w.at("spec.initContainers[0].volumeMounts[1]") ==
             yaml("{name: hdfs-secrets, mountPath: /var/secrets/kserve-hdfscreds, readOnly: true}"));
  BOOST_TEST(w.at("spec.volumes[1]") == yaml("{name: hdfs-secrets, secret: {secretName: h}}"));
}

BOOST_AUTO_TEST_CASE(a_hugging_face_token_is_one_variable) {
  World w;
  w.add(account("{name: h}")).add(secret("h", "HF_TOKEN: t"));
  BOOST_TEST(env_of(w) == yaml("[{name: HF_TOKEN, valueFrom: {secretKeyRef: {name: h, key: HF_TOKEN}}}]"));
}

BOOST_AUTO_TEST_CASE(the_first_known_key_decides) {
  World w;
  w.add(account("{name: x}")).add(secret("x", "HF_TOKEN: t, https-host: h, headers: x"));
  BOOST_TEST(env_of(w) == yaml("[{name: h-headers, value: x}]"));
}

BOOST_AUTO_TEST_CASE(a_secret_of_no_known_kind_is_ignored_with_a_warning) {
  World w;
  w.add(account("{name: x}")).add(secret("x", "password: p"));
  BOOST_TEST(env_of(w) == "[]");
  BOOST_TEST(w.reported(Code::CredentialSecretUnknown));
}

BOOST_AUTO_TEST_CASE(registry_secrets_are_ignored_without_a_word) {
  World w;
  w.add(account("{name: x}"))
      .add(
          "{apiVersion: v1, kind: Secret, type: kubernetes.io/dockerconfigjson, metadata: {name: x}, stringData: {.dockerconfigjson: "
          "'{}'}}");
  BOOST_TEST(env_of(w) == "[]");
  BOOST_TEST(!w.reported(Code::CredentialSecretUnknown));
}

BOOST_AUTO_TEST_CASE(an_annotation_names_the_only_secret) {
  World w;
  w.add(account("{name: one}")).add(secret("one", "HF_TOKEN: t")).add(secret("two", "HF_TOKEN: t"));
  w.mutate(
      pod("internal.serving.kserve.io/storage-initializer-sourceuri: 's3://b', serving.kserve.io/storageSecretName: two", kUseAccount));
  BOOST_TEST(w.at("spec.initContainers[0].env[0].valueFrom.secretKeyRef.name") == "\"two\"");
  BOOST_TEST(w.at("spec.initContainers[0].env[1].name") == "\"HF_HUB_ENABLE_HF_TRANSFER\"");
}

BOOST_AUTO_TEST_SUITE_END()

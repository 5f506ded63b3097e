#pragma once
// The inferenceservice-config ConfigMap, read once. A key that KServe would fail to parse carries the error: who needs that key
// fails with it, as KServe does when it parses the key at that moment. Mirrors configmap.go, types/config.go and RouterConfig.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kserve/releases.h"
#include "ops/go_text.h"
#include "tree/make.h"

namespace isvcc {

struct ResourceTexts {
  std::string cpu_limit, memory_limit, cpu_request, memory_request;
};

struct InferenceServiceConfig {      // keys `inferenceService` and `explainers`
  bool present = false;              // the key `inferenceService` exists: else both disallowed lists stay empty
  std::vector<std::string> annotation_disallowed, label_disallowed;  // with the built-in entries
  ResourceTexts resource;
  std::string art_image, art_default_version;
};

struct DeployConfig {
  bool present = false;
  std::string default_mode;          // Standard, Knative, ModelMesh; "" when the key is absent
  bool has_rollout = false;
  std::string max_surge, max_unavailable;
};

struct StorageInitializerConfig {
  std::string image;
  ResourceTexts resource;
  std::string ca_bundle_config_map, ca_bundle_mount_path;
  bool enable_modelcar = false, enable_oci_model_support = false;
  std::string oci_model_mode;        // as written
  std::string cpu_modelcar, memory_modelcar;
  std::optional<int64_t> uid_modelcar;
};

struct CredentialsConfig {
  std::string storage_spec_secret_name, storage_secret_name_annotation, gcs_credential_file;
  std::string s3_access_key_id_name, s3_secret_access_key_name;
  std::string s3_endpoint, s3_use_https, s3_region, s3_verify_ssl, s3_use_virtual_bucket, s3_use_accelerate, s3_use_anonymous_credential,
      s3_ca_bundle_config_map, s3_ca_bundle;
};

struct LoggerStorage {
  std::string path, key, service_account_name;
  std::map<std::string, std::string> parameters;
};

struct LoggerConfig {
  std::string default_url, ca_bundle, ca_cert_file, marshaller_url, batch_interval;
  bool tls_skip_verify = false;
  int64_t batch_size = 0;
  std::optional<LoggerStorage> storage;
};

struct AgentConfig {
  std::string image;
  ResourceTexts resource;
};

struct MetricsAggregatorConfig {
  std::string enable_metric_aggregation, enable_prometheus_scraping;
  bool is_null = false;  // the text null: who asks it for a default crashes
};

struct IngressConfig {
  bool enable_gateway_api = false, disable_istio_virtual_host = false, disable_ingress_creation = false, disable_http_route_timeout = false;
  std::string kserve_ingress_gateway, ingress_gateway, knative_local_gateway_service, local_gateway, local_gateway_service;
  std::string ingress_domain, domain_template, url_scheme, path_template;
  std::vector<std::string> additional_ingress_domains;
  bool has_additional_ingress_domains = false;
  std::optional<std::string> ingress_class_name;
};

struct RouterConfig {
  std::string image, image_pull_policy;
  ResourceTexts resource;
  std::optional<std::vector<std::string>> propagate_headers;
  std::vector<std::string> image_pull_secrets;
};

struct AutoscalerConfig {
  std::string scale_up_window, scale_down_window;
};

struct OtelConfig {
  std::string scrape_interval, metric_receiver_endpoint, metric_scaler_endpoint;
  ResourceTexts resource;
};

// A parsed key. `error` is KServe's text when it cannot be used; `panics` when KServe panics with that text instead of returning it.
template <class T>
struct Parsed {
  T value;
  std::string error;
  bool panics = false;
  bool ok() const { return error.empty(); }
  std::string message() const { return panics ? recovered_panic(error) : error; }
};

struct Config {
  Parsed<InferenceServiceConfig> inference_service;
  Parsed<DeployConfig> deploy;
  Parsed<StorageInitializerConfig> storage_initializer;
  Parsed<CredentialsConfig> credentials;
  Parsed<LoggerConfig> logger;
  Parsed<AgentConfig> agent;
  Parsed<bool> batcher;                     // only whether it parses
  Parsed<MetricsAggregatorConfig> metrics_aggregator;
  Parsed<IngressConfig> ingress;
  Parsed<RouterConfig> router;
  Parsed<AutoscalerConfig> autoscaler;
  Parsed<OtelConfig> otel;
  Parsed<bool> auto_mount_service_account_token;  // key `security`, default false
  Parsed<bool> local_model_enabled;
  std::string local_model_job_namespace;
  bool local_model_volume_management = true;
  bool service_cluster_ip_none = false;     // a key that does not parse counts as absent
  std::vector<std::string> gpu_resource_types;  // the built-in ones, then multiNode.customGPUResourceTypeList
  std::string multi_node_error;             // KServe's manager does not start
};

// `data`: data key → JSON value (Map). A value that is a String is JSON text, as in a ConfigMap. Releases know different fields.
Config parse_config(View data, Arena& arena, Release release = kLatestRelease);

// `overrides` laid over `data` key by key, recursively for Maps: the `config` of isvcc.yaml. Strings of JSON text in `data` are parsed.
const Node* overlay_config(View data, View overrides, Arena& arena);

// True when an annotation or label key is one KServe does not propagate.
bool is_disallowed(const std::vector<std::string>& list, std::string_view key);

}  // namespace isvcc

#include "kserve/config.h"

#include <algorithm>
#include <initializer_list>

#include "base/text.h"
#include "kserve/ingress_checks.h"
#include "kserve/json_struct.h"
#include "load/reader.h"
#include "ops/quantity.h"

namespace isvcc {
namespace {

constexpr std::string_view kAnnotationDisallowed[] = {
    "autoscaling.knative.dev/min-scale", "autoscaling.knative.dev/max-scale", "internal.serving.kserve.io/storage-initializer-sourceuri",
    "kubectl.kubernetes.io/last-applied-configuration", "modelFormat"};
constexpr std::string_view kLabelDisallowed[] = {"networking.knative.dev/visibility"};
constexpr std::string_view kGpuTypes[] = {"nvidia.com/gpu", "amd.com/gpu", "intel.com/gpu", "habana.ai/gaudi"};

ResourceTexts resource_texts(const JsonStruct& json) {
  return {json.text("cpuLimit"), json.text("memoryLimit"), json.text("cpuRequest"), json.text("memoryRequest")};
}

// Empty when all four parse; else the error of the first that does not, in the given order.
std::string quantity_error(std::initializer_list<const std::string*> texts) {
  for (const std::string* text : texts) {
    std::string error;
    if (!Quantity::parse(*text, &error)) return error;
  }
  return {};
}

std::string quantity_error(const ResourceTexts& r) { return quantity_error({&r.memory_request, &r.memory_limit, &r.cpu_request, &r.cpu_limit}); }

std::string go_quoted(const std::string& text) { return cat('"', replace_all(text, "\"", "\\\""), '"'); }

// The text `null` sets Go's pointer to nothing, and who looks into it crashes.
std::string read_nothing() { return recovered_panic(kNilDereference); }

Parsed<InferenceServiceConfig> parse_inference_service(View data) {
  Parsed<InferenceServiceConfig> out;
  std::string error;
  const JsonStruct explainers(data["explainers"], "v1beta1.ExplainersConfig", error);
  const JsonStruct art = explainers.nested("art", "v1beta1.ExplainerConfig");
  out.value.art_image = art.text("image");
  out.value.art_default_version = art.text("defaultImageVersion");
  if (!error.empty()) return {{}, cat("unable to unmarshall explainers json string due to ", error, " ")};
  if (data["inferenceService"].is_null()) return {{}, read_nothing()};
  out.value.present = static_cast<bool>(data["inferenceService"]);
  if (!out.value.present) return out;
  const JsonStruct json(data["inferenceService"], "v1beta1.InferenceServicesConfig", error);
  out.value.annotation_disallowed.assign(std::begin(kAnnotationDisallowed), std::end(kAnnotationDisallowed));
  out.value.label_disallowed.assign(std::begin(kLabelDisallowed), std::end(kLabelDisallowed));
  for (std::string& key : json.texts("serviceAnnotationDisallowedList")) out.value.annotation_disallowed.push_back(std::move(key));
  for (std::string& key : json.texts("serviceLabelDisallowedList")) out.value.label_disallowed.push_back(std::move(key));
  out.value.resource = resource_texts(json.nested("resource", "v1beta1.ResourceConfig"));
  if (!error.empty()) out.error = cat("unable to unmarshall inferenceService json string due to ", error, " ");
  return out;
}

std::string current_mode_name(std::string_view mode) {
  if (mode == "Serverless") return "Knative";
  if (mode == "RawDeployment") return "Standard";
  return std::string(mode);
}

Parsed<DeployConfig> parse_deploy(View data) {
  Parsed<DeployConfig> out;
  if (!data["deploy"]) return out;
  std::string error;
  const JsonStruct json(data["deploy"], "v1beta1.DeployConfig", error);
  out.value.present = true;
  const std::string mode = json.text("defaultDeploymentMode");
  out.value.default_mode = current_mode_name(mode);
  const JsonStruct strategy = json.nested("deploymentRolloutStrategy", "v1beta1.DeploymentRolloutStrategy");
  const JsonStruct rollout = strategy.nested("defaultRollout", "v1beta1.RolloutSpec");
  out.value.has_rollout = strategy.has("defaultRollout");
  out.value.max_surge = rollout.text("maxSurge");
  out.value.max_unavailable = rollout.text("maxUnavailable");
  if (!error.empty()) {
    out.error = cat("unable to parse deploy config json: ", error);
  } else if (mode.empty()) {
    out.error = "invalid deploy config, defaultDeploymentMode is required";
  } else if (out.value.default_mode != "Knative" && out.value.default_mode != "Standard" && out.value.default_mode != "ModelMesh") {
    out.error = "invalid deployment mode. Supported modes are Knative, Standard and ModelMesh";
  }
  return out;
}

// GetStorageInitializerConfigs; fields are checked in ascending order of their names.
Parsed<StorageInitializerConfig> parse_storage_initializer(View data, Release release) {
  Parsed<StorageInitializerConfig> out;
  std::string error;
  const JsonStruct json(data["storageInitializer"], "types.StorageInitializerConfig", error);
  StorageInitializerConfig& c = out.value;
  c.image = json.text("image");
  c.resource = resource_texts(json);
  c.ca_bundle_config_map = json.text("caBundleConfigMapName");
  c.ca_bundle_mount_path = json.text("caBundleVolumeMountPath");
  c.enable_modelcar = json.flag("enableModelcar");
  if (has_feature(release, Feature::OciModes)) {
    c.enable_oci_model_support = json.flag("enableOciModelSupport");
    c.oci_model_mode = json.text("ociModelMode");
  }
  c.cpu_modelcar = json.text("cpuModelcar");
  c.memory_modelcar = json.text("memoryModelcar");
  c.uid_modelcar = json.integer("uidModelcar");
  if (!error.empty()) {
    out.error = cat("Unable to unmarshall storageInitializer json string due to ", error, " ");
    out.panics = true;
    return out;
  }
  const std::pair<std::string_view, const std::string*> required[] = {{"cpuLimit", &c.resource.cpu_limit},
                                                                        {"cpuModelcar", &c.cpu_modelcar},
                                                                        {"cpuRequest", &c.resource.cpu_request},
                                                                        {"memoryLimit", &c.resource.memory_limit},
                                                                        {"memoryModelcar", &c.memory_modelcar},
                                                                        {"memoryRequest", &c.resource.memory_request}};
  for (const auto& [name, text] : required) {
    if (text->empty() && ends_with(name, "Modelcar")) continue;
    if (!Quantity::parse(*text, &error)) {
      out.error = cat("failed to parse resource configuration for \"storageInitializer\".\"", name, "\": ", error);
      return out;
    }
  }
  return out;
}

void check_oci_mode(Parsed<StorageInitializerConfig>& config) {
  const std::string& mode = config.value.oci_model_mode;
  if (!config.ok() || mode.empty() || mode == "modelcar" || mode == "native" || mode == "fetch") return;
  config.error = cat("invalid \"storageInitializer\".ociModelMode ", go_quoted(mode), ": must be one of \"modelcar\", \"native\", \"fetch\"");
}

Parsed<CredentialsConfig> parse_credentials(View data) {
  Parsed<CredentialsConfig> out;
  std::string error;
  const JsonStruct json(data["credentials"], "credentials.CredentialConfig", error);
  const JsonStruct s3 = json.nested("s3", "s3.S3Config");
  CredentialsConfig& c = out.value;
  c.storage_spec_secret_name = json.text("storageSpecSecretName");
  if (c.storage_spec_secret_name.empty()) c.storage_spec_secret_name = "storage-config";
  c.storage_secret_name_annotation = json.text("storageSecretNameAnnotation");
  c.gcs_credential_file = json.nested("gcs", "gcs.GCSConfig").text("gcsCredentialFileName");
  if (c.gcs_credential_file.empty()) c.gcs_credential_file = "gcloud-application-credentials.json";
  c.s3_access_key_id_name = s3.text("s3AccessKeyIDName");
  if (c.s3_access_key_id_name.empty()) c.s3_access_key_id_name = "awsAccessKeyID";
  c.s3_secret_access_key_name = s3.text("s3SecretAccessKeyName");
  if (c.s3_secret_access_key_name.empty()) c.s3_secret_access_key_name = "awsSecretAccessKey";
  c.s3_endpoint = s3.text("s3Endpoint");
  c.s3_use_https = s3.text("s3UseHttps");
  c.s3_region = s3.text("s3Region");
  c.s3_verify_ssl = s3.text("s3VerifySSL");
  c.s3_use_virtual_bucket = s3.text("s3UseVirtualBucket");
  c.s3_use_accelerate = s3.text("s3UseAccelerate");
  c.s3_use_anonymous_credential = s3.text("s3UseAnonymousCredential");
  c.s3_ca_bundle_config_map = s3.text("s3CABundleConfigMap");
  c.s3_ca_bundle = s3.text("s3CABundle");
  if (!error.empty()) return {{}, cat("unable to parse credential config json: ", error), true};
  return out;
}

std::optional<LoggerStorage> parse_logger_storage(const JsonStruct& logger) {
  if (!logger.has("storage")) return std::nullopt;
  const JsonStruct json = logger.nested("storage", "v1beta1.LoggerStorageSpec");
  return LoggerStorage{json.text("path"), json.text("key"), json.text("serviceAccountName"), json.text_map("parameters")};
}

Parsed<LoggerConfig> parse_logger(View data) {
  Parsed<LoggerConfig> out;
  std::string error;
  const JsonStruct json(data["logger"], "pod.LoggerConfig", error);
  LoggerConfig& c = out.value;
  json.text("image");
  c.default_url = json.text("defaultUrl");
  c.ca_bundle = json.text("caBundle");
  c.ca_cert_file = json.text("caCertFile");
  c.marshaller_url = json.text("marshallerUrl");
  c.batch_interval = json.text("batchInterval");
  c.tls_skip_verify = json.flag("tlsSkipVerify");
  c.batch_size = json.integer("batchSize").value_or(0);
  c.storage = parse_logger_storage(json);
  const ResourceTexts resource = resource_texts(json);
  if (!error.empty()) return {{}, cat("Unable to unmarshall logger json string due to ", error, " "), true};
  if (const std::string bad = quantity_error(resource); !bad.empty())
    out.error = cat("Failed to parse resource configuration for \"logger\": ", go_quoted(bad));
  return out;
}

Parsed<bool> parse_batcher(View data) {
  std::string error;
  const JsonStruct json(data["batcher"], "pod.BatcherConfig", error);
  json.text("image");
  const ResourceTexts resource = resource_texts(json);
  json.text("maxBatchSize");
  json.text("maxLatency");
  if (!error.empty()) return {false, cat("Unable to unmarshall batcher json string due to ", error, " "), true};
  if (const std::string bad = quantity_error(resource); !bad.empty())
    return {false, cat("Failed to parse resource configuration for \"batcher\": ", go_quoted(bad)), false};
  return {true, {}, false};
}

Parsed<AgentConfig> parse_agent(View data) {
  Parsed<AgentConfig> out;
  std::string error;
  const JsonStruct json(data["agent"], "pod.AgentConfig", error);
  out.value = {json.text("image"), resource_texts(json)};
  if (!error.empty()) return {{}, cat("unable to unmarshall agent json string due to ", error), true};
  if (const std::string bad = quantity_error(out.value.resource); !bad.empty())
    out.error = cat("failed to parse resource configuration for \"agent\": ", bad);
  return out;
}

Parsed<MetricsAggregatorConfig> parse_metrics_aggregator(View data) {
  std::string error;
  const JsonStruct json(data["metricsAggregator"], "pod.MetricsAggregator", error);
  Parsed<MetricsAggregatorConfig> out;
  out.value = {json.text("enableMetricAggregation"), json.text("enablePrometheusScraping"), data["metricsAggregator"].is_null()};
  if (!error.empty()) return {{}, cat("Unable to unmarshall metricsAggregator json string due to ", error, " "), true};
  return out;
}

// Of the gateway for LLMInferenceServices: only decoded.
void decode_llm_ingress(const JsonStruct& ingress, Release release) {
  ingress.flag("enableLLMInferenceServiceTLS");
  if (!has_feature(release, Feature::ModelBasedRouting)) return;
  ingress.text("modelBasedRoutingHeaderName");
  ingress.text("modelBasedRoutingMode");
}

Parsed<IngressConfig> parse_ingress(View data, Release release) {
  Parsed<IngressConfig> out;
  std::string error;
  const JsonStruct json(data["ingress"], "v1beta1.IngressConfig", error);
  IngressConfig& c = out.value;
  decode_llm_ingress(json, release);
  c.enable_gateway_api = json.flag("enableGatewayApi");
  c.disable_istio_virtual_host = json.flag("disableIstioVirtualHost");
  c.disable_ingress_creation = json.flag("disableIngressCreation");
  c.disable_http_route_timeout = json.flag("disableHTTPRouteTimeout");
  c.kserve_ingress_gateway = json.text("kserveIngressGateway");
  c.ingress_gateway = json.text("ingressGateway");
  c.knative_local_gateway_service = json.text("knativeLocalGatewayService");
  c.local_gateway = json.text("localGateway");
  c.local_gateway_service = json.text("localGatewayService");
  c.ingress_domain = json.text("ingressDomain");
  c.domain_template = json.text("domainTemplate");
  c.url_scheme = json.text("urlScheme");
  c.path_template = json.text("pathTemplate");
  c.has_additional_ingress_domains = json.has("additionalIngressDomains");
  c.additional_ingress_domains = json.texts("additionalIngressDomains");
  c.ingress_class_name = json.optional_text("ingressClassName");
  if (!error.empty()) out.error = cat("unable to parse ingress config json: ", error);
  else if (data["ingress"]) out.error = ingress_config_error(c);
  if (c.knative_local_gateway_service.empty()) c.knative_local_gateway_service = c.local_gateway_service;
  if (c.domain_template.empty()) c.domain_template = "{{ .Name }}-{{ .Namespace }}.{{ .IngressDomain }}";
  if (c.ingress_domain.empty()) c.ingress_domain = "example.com";
  if (c.url_scheme.empty()) c.url_scheme = "http";
  return out;
}

Parsed<RouterConfig> parse_router(View data) {
  Parsed<RouterConfig> out;
  std::string error;
  const JsonStruct json(data["router"], "inferencegraph.RouterConfig", error);
  RouterConfig& c = out.value;
  c.image = json.text("image");
  c.image_pull_policy = json.text("imagePullPolicy");
  c.image_pull_secrets = json.texts("imagePullSecrets");
  c.resource = resource_texts(json);
  const JsonStruct headers = json.nested("headers", "map[string][]string");
  if (headers.has("propagate")) c.propagate_headers = headers.texts("propagate");
  if (!error.empty()) return {{}, cat("Unable to unmarshall agent json string due to ", error, " "), true};
  if (const std::string bad = quantity_error(c.resource); !bad.empty())
    out.error = cat("Failed to parse resource configuration for router: ", go_quoted(bad));
  return out;
}

Parsed<AutoscalerConfig> parse_autoscaler(View data) {
  std::string error;
  const JsonStruct json(data["autoscaler"], "v1beta1.AutoscalerConfig", error);
  Parsed<AutoscalerConfig> out;
  out.value = {json.text("scaleUpStabilizationWindowSeconds"), json.text("scaleDownStabilizationWindowSeconds")};
  if (!error.empty()) out.error = cat("unable to parse autoscaler config json: ", error);
  return out;
}

Parsed<OtelConfig> parse_otel(View data) {
  std::string error;
  const JsonStruct json(data["opentelemetryCollector"], "v1beta1.OtelCollectorConfig", error);
  Parsed<OtelConfig> out;
  out.value = {json.text("scrapeInterval"), json.text("metricReceiverEndpoint"), json.text("metricScalerEndpoint"), resource_texts(json.nested("resource", "v1beta1.ResourceConfig"))};
  if (!error.empty()) out.error = cat("unable to parse otel config json: ", error);
  return out;
}

Parsed<bool> parse_flag(View data, std::string_view key, std::string_view type, std::string_view field) {
  std::string error;
  const bool value = JsonStruct(data[key], type, error).flag(field);
  return {value, error, false};
}

// With the text `null` there is no security configuration, and nobody takes the tokens away.
Parsed<bool> parse_security(View data) {
  if (data["security"].is_null()) return {true, {}, false};
  return parse_flag(data, "security", "v1beta1.SecurityConfig", "autoMountServiceAccountToken");
}

// The webhook decodes all of it, also where the feature is off.
void parse_local_model(View data, Config& config) {
  Parsed<bool>& enabled = config.local_model_enabled;
  const JsonStruct json(data["localModel"], "v1beta1.LocalModelConfig", enabled.error);
  enabled.value = json.flag("enabled");
  config.local_model_job_namespace = json.text("jobNamespace");
  json.text("defaultJobImage");
  json.integer("fsGroup");
  json.integer("jobTTLSecondsAfterFinished", "int32");
  json.integer("reconcilationFrequencyInSecs");
  config.local_model_volume_management = !json.flag("disableVolumeManagement");
  if (data["localModel"].is_null()) enabled.error = read_nothing();
}

void parse_multi_node(View data, Config& config) {
  std::string error;
  config.gpu_resource_types.assign(std::begin(kGpuTypes), std::end(kGpuTypes));
  for (std::string& type : JsonStruct(data["multiNode"], "v1beta1.MultiNodeConfig", error).texts("customGPUResourceTypeList"))
    if (std::find(config.gpu_resource_types.begin(), config.gpu_resource_types.end(), type) == config.gpu_resource_types.end())
      config.gpu_resource_types.push_back(std::move(type));
  if (data["multiNode"].is_null()) config.multi_node_error = cat("panic: ", kNilDereference);
  if (!error.empty()) config.multi_node_error = cat("unable to unmarshall multiNode json string due to ", error, " ");
}

// A data key's JSON text as a value; text that is no JSON stays a String, which every reader above refuses.
const Node* json_value(View value, Arena& arena) {
  if (!value.is_text()) return value.node();
  const Node* parsed = parse_json(value.text(), arena, nullptr, value.node()->origin);
  return parsed ? parsed : value.node();
}

const Node* json_values(View data, Arena& arena) {
  MapBuilder out{Make(arena)};
  for (const Field& f : data.fields()) out.set(f.key(), json_value(f.value, arena));
  return out.build();
}

const Node* overlay(View base, View over, Arena& arena) {
  if (!base.is_map() || !over.is_map()) return over.node();
  MapBuilder out(Make(arena), base);
  for (const Field& f : over.fields()) out.set(f.key(), overlay(base[f.key()], f.value, arena));
  return out.build();
}

}  // namespace

Config parse_config(View raw, Arena& arena, Release release) {
  const View data = json_values(raw, arena);
  Config config;
  config.inference_service = parse_inference_service(data);
  config.deploy = parse_deploy(data);
  config.storage_initializer = parse_storage_initializer(data, release);
  check_oci_mode(config.storage_initializer);
  config.credentials = parse_credentials(data);
  config.logger = parse_logger(data);
  config.agent = parse_agent(data);
  config.batcher = parse_batcher(data);
  config.metrics_aggregator = parse_metrics_aggregator(data);
  config.ingress = parse_ingress(data, release);
  config.router = parse_router(data);
  config.autoscaler = parse_autoscaler(data);
  config.otel = parse_otel(data);
  config.auto_mount_service_account_token = parse_security(data);
  config.service_cluster_ip_none = parse_flag(data, "service", "v1beta1.ServiceConfig", "serviceClusterIPNone").value;
  parse_local_model(data, config);
  parse_multi_node(data, config);
  return config;
}

const Node* overlay_config(View data, View overrides, Arena& arena) {
  return overlay(json_values(data, arena), overrides ? overrides : View(Make(arena).map({})), arena);
}

bool is_disallowed(const std::vector<std::string>& list, std::string_view key) {
  return std::find(list.begin(), list.end(), key) != list.end();
}

}  // namespace isvcc

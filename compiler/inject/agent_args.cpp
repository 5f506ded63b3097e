#include "inject/agent_args.h"

#include <map>

#include "base/text.h"
#include "kserve/names.h"

namespace isvcc {

AgentDuties agent_duties(View annotations) {
  return {static_cast<bool>(annotations[names::kLogger]), static_cast<bool>(annotations[names::kAgent]),
          static_cast<bool>(annotations[names::kBatcher])};
}

static std::string_view or_default(std::string_view text, std::string_view otherwise) { return text.empty() ? otherwise : text; }

static constexpr std::string_view kLoggerAccount = "logger-sa";

static void store_in_config(LoggerSettings& out, const LoggerConfig& config) {
  out.has_storage = config.storage.has_value();
  if (!config.storage) return;
  const auto format = config.storage->parameters.find("format");
  out.storage_path = config.storage->path;
  if (format != config.storage->parameters.end()) out.storage_format = format->second;
  out.storage_account = or_default(config.storage->service_account_name, kLoggerAccount);
}

// The predictor's storage replaces the configured one even when it is absent.
static void store_in_predictor(LoggerSettings& out, View logger) {
  const View storage = logger["storage"];
  out.has_storage = storage.is_map();
  out.storage_path = storage["path"].text();
  out.storage_format = storage["parameters"]["format"].text();
  out.storage_account = or_default(storage["serviceAccountName"].text(), kLoggerAccount);
}

LoggerSettings logger_settings(View isvc, const LoggerConfig& config) {
  LoggerSettings out{config.marshaller_url, config.batch_interval, config.batch_size, false, {}, {}, {}};
  const View logger = isvc["spec"]["predictor"]["logger"];
  if (!logger.is_map()) {
    store_in_config(out, config);
    return out;
  }
  store_in_predictor(out, logger);
  out.marshaller_url = logger["marshallerUrl"].text(out.marshaller_url);
  out.batch_size = logger["batchSize"].integer().value_or(out.batch_size);
  out.batch_interval = logger["batchInterval"].text(out.batch_interval);
  return out;
}

namespace {

class AgentArgs {
 public:
  AgentArgs(const PodMutation& pod, const LoggerSettings& logger) : pod_(pod), logger_(logger) {}

  std::vector<std::string> all(AgentDuties duties) {
    if (duties.puller) add_puller();
    if (duties.batcher) add_batcher();
    if (duties.logger) add_logger();
    add("--component-port", component_port());
    return std::move(args_);
  }

 private:
  View annotation(std::string_view key) const { return pod_.context.annotation(key); }
  void add(std::string_view flag) { args_.emplace_back(flag); }
  void add(std::string_view flag, std::string_view value) {
    args_.emplace_back(flag);
    args_.emplace_back(value);
  }
  void add_if_annotated(std::string_view flag, std::string_view key) {
    if (const View value = annotation(key)) add(flag, value.text());
  }
  void add_unless_empty(std::string_view flag, std::string_view value) {
    if (!value.empty()) add(flag, value);
  }

  void add_puller() {
    add("--enable-puller");
    add_if_annotated("--config-dir", names::kConfigMountPath);
    add_if_annotated("--model-dir", names::kModelDir);
  }

  void add_batcher() {
    add("--enable-batcher");
    add_if_annotated("--max-batchsize", names::kBatcherMaxBatchSize);
    add_if_annotated("--max-latency", names::kBatcherMaxLatency);
  }

  void add_logger() {
    const LoggerConfig& config = pod_.context.config().logger.value;
    add("--log-url", annotation(names::kLoggerSinkUrl).text(config.default_url));
    add("--source-uri", "");  // the pod's name, which the API server makes up later
    add("--log-mode", annotation(names::kLoggerMode).text("all"));
    add("--inference-service", pod_.labels[names::kInferenceService].text());
    add("--namespace", pod_.context.namespace_);
    add("--endpoint", pod_.labels["endpoint"].text());
    add("--component", pod_.labels[names::kComponent].text());
    add_store();
    add_if_annotated("--metadata-headers", names::kLoggerMetadataHeaders);
    if (const View keys = annotation(names::kLoggerMetadataAnnotations)) add("--metadata-annotations", annotation_values(keys));
    add_unless_empty("--logger-ca-cert-file", config.ca_cert_file);
    add("--logger-tls-skip-verify", config.tls_skip_verify ? "true" : "false");
  }

  void add_store() {
    add_unless_empty("--log-store-path", logger_.storage_path);
    add_unless_empty("--log-store-format", logger_.storage_format);
    add_unless_empty("--log-marshaller-url", logger_.marshaller_url);
    if (logger_.batch_size > 0) add("--log-batch-size", cat(logger_.batch_size));
    add_unless_empty("--log-batch-interval", logger_.batch_interval);
  }

  // The annotations a log entry carries, those that the pod has.
  std::string annotation_values(View keys) const {
    std::map<std::string_view, std::string_view> present;  // both lists are the author's and may be long
    for (const Field& f : pod_.context.annotations.fields()) present[f.key()] = View(f.value).text();
    std::vector<std::string> pairs;
    std::vector<std::string_view> missing;
    for (const std::string_view key : split(keys.text(), ',')) {
      const auto found = present.find(key);
      if (found == present.end()) missing.push_back(key);
      else pairs.push_back(cat(key, "=", found->second));
    }
    if (!missing.empty()) warn_not_found(missing, keys);
    return join(pairs, ",");
  }

  void warn_not_found(const std::vector<std::string_view>& missing, View keys) const {
    const std::string more = missing.size() > 1 ? cat(" and ", missing.size() - 1, " more") : "";
    pod_.context.scratch.diags.report(
        Code::AnnotationNotFound, Stage::Render, keys,
        cat("the pod does not have the logger's metadata annotation ", quote(missing.front()), more, ": no log entry carries it"));
  }

  // The first port of the transformer container, else of kserve-container; the last one of that name counts.
  std::string component_port() const {
    std::optional<int64_t> transformer, server;
    for (const ContainerEdit& container : pod_.spec.containers) {
      const std::optional<int64_t> port = container.get("ports").item(0)["containerPort"].integer();
      if (container.name() == names::kTransformerContainer) transformer = port.value_or(kDefaultPort);
      if (container.name() == names::kKserveContainer && port) server = port;
    }
    return cat(transformer.value_or(server.value_or(kDefaultPort)));
  }

  static constexpr int64_t kDefaultPort = 8080;
  const PodMutation& pod_;
  const LoggerSettings& logger_;
  std::vector<std::string> args_;
};

}  // namespace

std::vector<std::string> agent_args(const PodMutation& pod, AgentDuties duties, const LoggerSettings& logger) {
  return AgentArgs(pod, logger).all(duties);
}

}  // namespace isvcc

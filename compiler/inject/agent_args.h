#pragma once
// The command line of the agent container, from the annotations that the controller wrote and the logger's configuration.
#include <optional>
#include <string>
#include <vector>

#include "inject/context.h"

namespace isvcc {

// What the agent does: any mix.
struct AgentDuties {
  bool logger = false, puller = false, batcher = false;
  bool any() const { return logger || puller || batcher; }
};
AgentDuties agent_duties(View annotations);

// Where and how requests are logged: the configuration, with the predictor's `logger` laid over it (getLoggerConfigs).
struct LoggerSettings {
  std::string_view marshaller_url, batch_interval;
  int64_t batch_size = 0;
  bool has_storage = false;
  std::string_view storage_path, storage_format, storage_account;
};
LoggerSettings logger_settings(View isvc, const LoggerConfig& config);

std::vector<std::string> agent_args(const PodMutation& pod, AgentDuties duties, const LoggerSettings& logger);

}  // namespace isvcc

#pragma once
// `storage:` of a predictor: credentials and location of the model come from one secret with a JSON entry per storage.
#include <optional>
#include <string>

#include "inject/context.h"

namespace isvcc {

// Both parts count as given only together.
struct StorageSpec {
  std::string_view key;  // may be empty
  View parameters;       // a Map of texts, may be absent
};

// The spec as the controller's annotations carry it; nothing when there is none. Bad JSON in the parameters: `error`.
std::optional<StorageSpec> storage_spec_of_annotations(const InjectContext& context, std::string& error);
// The predictor's `storage`, only when it has key and parameters.
std::optional<StorageSpec> storage_spec_of_predictor(View storage);

// Puts the secret entry and the parameters into the container's env and replaces the scheme placeholder in its args.
// Returns KServe's error text (CreateStorageSpecSecretEnvs).
std::string add_storage_spec(const StorageSpec& spec, ContainerEdit& container, const InjectContext& context);

}  // namespace isvcc

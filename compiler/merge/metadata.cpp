#include "merge/metadata.h"

#include "base/text.h"
#include "kserve/implementation.h"
#include "kserve/names.h"
#include "ops/go_json.h"
#include "repo/storage_containers.h"

namespace isvcc {

const Node* filtered_annotations(const MergeContext& context, View annotations) {
  if (!annotations.is_map()) return nullptr;
  MapBuilder kept(context.scratch.make(Pass::Metadata));
  for (const Field& f : annotations.fields())
    if (!context.disallowed_annotation(f.key())) kept.set(f.key(), f.value);
  return kept.build();
}

MapBuilder service_annotations(const MergeContext& context) {
  return MapBuilder(context.scratch.make(Pass::Component), filtered_annotations(context, context.metadata()["annotations"]));
}

static std::string joined(View list) {
  std::vector<std::string_view> texts;
  for (const Node* item : list.items()) texts.push_back(View(item).text());
  return join(texts, ",");
}

void add_logger_annotations(MapBuilder& annotations, View logger, View stored_logger, Make make) {
  if (!logger) return;
  annotations.set(names::kLogger, make.text("true"));
  if (logger["url"]) annotations.set(names::kLoggerSinkUrl, logger["url"].node());
  annotations.set(names::kLoggerMode, logger["mode"] ? logger["mode"].node() : make.text(""));
  auto add_list = [&](std::string_view field, std::string_view key) {
    const View list = logger[field] ? logger[field] : stored_logger[field];
    if (list) annotations.set(key, make.text(joined(list)));
  };
  add_list("metadataHeaders", names::kLoggerMetadataHeaders);
  add_list("metadataAnnotations", names::kLoggerMetadataAnnotations);
}

void add_batcher_annotations(MapBuilder& annotations, View batcher, Make make) {
  if (!batcher) return;
  annotations.set(names::kBatcher, make.text("true"));
  if (const auto size = batcher["maxBatchSize"].integer()) annotations.set(names::kBatcherMaxBatchSize, make.text(cat(*size)));
  if (const auto latency = batcher["maxLatency"].integer()) annotations.set(names::kBatcherMaxLatency, make.text(cat(*latency)));
}

void add_storage_spec_annotations(MapBuilder& annotations, View storage, Make make) {
  if (!storage) return;
  annotations.set(names::kStorageSpec, make.text("true"));
  if (storage["parameters"]) annotations.set(names::kStorageSpecParam, make.text(go_json(sorted_keys(storage["parameters"], make.arena()))));
  if (storage["key"]) annotations.set(names::kStorageSpecKey, storage["key"].node());
  if (!storage["path"]) return;
  std::string_view path = storage["path"].text();
  if (starts_with(path, "/")) path.remove_prefix(1);
  annotations.set(names::kSourceUri, make.text(cat(names::kStorageSpecSchemePlaceholder, "://", path)));
}

void add_agent_annotations(MapBuilder& annotations, View predictor, std::string_view service_name, Make make) {
  if (!is_multi_model(predictor)) return;
  annotations.set(names::kAgent, make.text("true"));
  annotations.set(names::kConfigVolumeName, make.text(cat("modelconfig-", service_name, "-0")));
  annotations.set(names::kConfigMountPath, make.text("/mnt/configs"));
  annotations.set(names::kModelDir, make.text(names::kModelMountPath));
}

void add_confidential_annotations(MapBuilder& annotations, View predictor, Make make) {
  const View confidential = predictor_implementation(predictor).spec["confidential"];
  if (!confidential["enabled"].is_true()) return;
  annotations.set(names::kConfidentialEnabled, make.text("true"));
  if (!confidential["resourceId"].text().empty()) annotations.set(names::kConfidentialResourceId, confidential["resourceId"].node());
}

std::optional<Failure> add_source_uri(MapBuilder& annotations, std::string_view uri, View where, View container_name, const MergeContext& context) {
  const Make make = context.scratch.make(Pass::Component).at(where);
  annotations.set(names::kSourceUri, make.text(uri));
  if (const std::string error = validate_storage_uri(uri, context.repository, context.profile); !error.empty())
    return Failure{"", cat("StorageURI not supported: ", error), where};
  if (!container_name.text().empty() && context.profile.has(Feature::StorageContainerByName))
    annotations.set(names::kStorageContainerName, container_name.node());
  return std::nullopt;
}

const Node* component_labels(const MergeContext& context, std::initializer_list<View> maps, Role role) {
  const Make make = context.scratch.make(Pass::Metadata);
  MapBuilder out(make);
  for (const View& map : maps)
    for (const Field& f : map.fields()) out.set(f.key(), f.value);
  out.set(names::kInferenceService, make.borrowed(context.name()));
  out.set(names::kComponent, make.borrowed(role_name(role)));
  return out.build();
}

}  // namespace isvcc

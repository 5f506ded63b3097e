#pragma once
// Annotations and labels a component gets: KServe's internal annotations for the pod webhook, filters, precedence.
#include "merge/context.h"

namespace isvcc {

// The entries whose keys KServe propagates; null when `annotations` is absent.
const Node* filtered_annotations(const MergeContext& context, View annotations);

// Starts a component's annotations with those of the service, filtered.
MapBuilder service_annotations(const MergeContext& context);

// Each adds what KServe's function of that name adds. `stored_logger` is the logger as stored: an empty list there counts as present.
void add_logger_annotations(MapBuilder& annotations, View logger, View stored_logger, Make make);
void add_batcher_annotations(MapBuilder& annotations, View batcher, Make make);
void add_storage_spec_annotations(MapBuilder& annotations, View storage, Make make);
void add_agent_annotations(MapBuilder& annotations, View predictor, std::string_view service_name, Make make);
void add_confidential_annotations(MapBuilder& annotations, View predictor, Make make);

// The single storage URI and the named storage container. Fails when storage.path gave a URI already or the URI is not supported.
std::optional<Failure> add_source_uri(MapBuilder& annotations, std::string_view uri, View where, View container_name, const MergeContext& context);

// Labels of a component: `maps` in rising precedence, then the two fixed ones.
const Node* component_labels(const MergeContext& context, std::initializer_list<View> maps, Role role);

}  // namespace isvcc

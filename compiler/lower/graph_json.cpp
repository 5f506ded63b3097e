#include "lower/graph_json.h"

#include <algorithm>
#include <span>

#include "ops/quantity.h"

namespace isvcc {
namespace {

struct GoStruct;

// How Go writes a field. Value: left out when zero. Pointer: left out only when absent. Required: always there.
enum class As : uint8_t { Value, Pointer, RequiredText, RequiredNumber, Struct, PointerStruct, RequiredStruct, List, RequiredList, Map, Texts, Quantities };

struct GoField {
  std::string_view name;
  As as = As::Value;
  const GoStruct* type = nullptr;  // of Struct*, List (elements; null: plain values) and Map (values)
};

struct GoStruct {
  std::span<const GoField> fields;
};

constexpr GoField kClaimFields[] = {{"name", As::RequiredText}, {"request"}};
constexpr GoStruct kClaim{kClaimFields};
constexpr GoField kResourceFields[] = {{"limits", As::Quantities}, {"requests", As::Quantities}, {"claims", As::List, &kClaim}};
constexpr GoStruct kResources{kResourceFields};

constexpr GoField kRequirementFields[] = {{"key", As::RequiredText}, {"operator", As::RequiredText}, {"values", As::List}};
constexpr GoStruct kRequirement{kRequirementFields};
constexpr GoField kNodeTermFields[] = {{"matchExpressions", As::List, &kRequirement}, {"matchFields", As::List, &kRequirement}};
constexpr GoStruct kNodeTerm{kNodeTermFields};
constexpr GoField kNodeSelectorFields[] = {{"nodeSelectorTerms", As::RequiredList, &kNodeTerm}};
constexpr GoStruct kNodeSelector{kNodeSelectorFields};
constexpr GoField kPreferredNodeFields[] = {{"weight", As::RequiredNumber}, {"preference", As::RequiredStruct, &kNodeTerm}};
constexpr GoStruct kPreferredNode{kPreferredNodeFields};
constexpr GoField kNodeAffinityFields[] = {{"requiredDuringSchedulingIgnoredDuringExecution", As::PointerStruct, &kNodeSelector},
                                           {"preferredDuringSchedulingIgnoredDuringExecution", As::List, &kPreferredNode}};
constexpr GoStruct kNodeAffinity{kNodeAffinityFields};

constexpr GoField kLabelSelectorFields[] = {{"matchLabels", As::Texts}, {"matchExpressions", As::List, &kRequirement}};
constexpr GoStruct kLabelSelector{kLabelSelectorFields};
constexpr GoField kPodTermFields[] = {{"labelSelector", As::PointerStruct, &kLabelSelector}, {"namespaces", As::List},
                                      {"topologyKey", As::RequiredText},                     {"namespaceSelector", As::PointerStruct, &kLabelSelector},
                                      {"matchLabelKeys", As::List},                          {"mismatchLabelKeys", As::List}};
constexpr GoStruct kPodTerm{kPodTermFields};
constexpr GoField kWeightedPodFields[] = {{"weight", As::RequiredNumber}, {"podAffinityTerm", As::RequiredStruct, &kPodTerm}};
constexpr GoStruct kWeightedPod{kWeightedPodFields};
constexpr GoField kPodAffinityFields[] = {{"requiredDuringSchedulingIgnoredDuringExecution", As::List, &kPodTerm},
                                          {"preferredDuringSchedulingIgnoredDuringExecution", As::List, &kWeightedPod}};
constexpr GoStruct kPodAffinity{kPodAffinityFields};
constexpr GoField kAffinityFields[] = {{"nodeAffinity", As::PointerStruct, &kNodeAffinity},
                                       {"podAffinity", As::PointerStruct, &kPodAffinity},
                                       {"podAntiAffinity", As::PointerStruct, &kPodAffinity}};
constexpr GoStruct kAffinity{kAffinityFields};
constexpr GoField kTolerationFields[] = {{"key"}, {"operator"}, {"value"}, {"effect"}, {"tolerationSeconds", As::Pointer}};
constexpr GoStruct kToleration{kTolerationFields};

constexpr GoField kStepFields[] = {{"name"}, {"nodeName"}, {"serviceName"}, {"serviceUrl"}, {"data"}, {"mapPredictionsToInstances"},
                                   {"weight", As::Pointer}, {"condition"}, {"dependency"}};
constexpr GoStruct kStep{kStepFields};
constexpr GoField kRouterFields[] = {{"routerType", As::RequiredText}, {"steps", As::List, &kStep}};
constexpr GoStruct kRouter{kRouterFields};
constexpr GoField kTimeoutFields[] = {{"serverRead", As::Pointer}, {"serverWrite", As::Pointer}, {"serverIdle", As::Pointer}, {"serviceClient", As::Pointer}};
constexpr GoStruct kTimeouts{kTimeoutFields};
constexpr GoField kSpecFields[] = {{"nodes", As::Map, &kRouter},
                                   {"resources", As::RequiredStruct, &kResources},
                                   {"affinity", As::PointerStruct, &kAffinity},
                                   {"timeout", As::Pointer},
                                   {"routerTimeouts", As::PointerStruct, &kTimeouts},
                                   {"minReplicas", As::Pointer},
                                   {"maxReplicas"},
                                   {"scaleTarget", As::Pointer},
                                   {"scaleMetric", As::Pointer},
                                   {"tolerations", As::List, &kToleration},
                                   {"nodeSelector", As::Texts},
                                   {"nodeName"},
                                   {"serviceAccountName"}};
constexpr GoStruct kSpec{kSpecFields};

bool is_zero(View value) {
  if (value.is_text()) return value.size() == 0;
  if (const auto number = value.integer()) return *number == 0;
  return !value.is_true();
}

const Node* encode_struct(View value, const GoStruct& type, Make make);

std::vector<Field> sorted_fields(View map) {
  std::vector<Field> out(map.fields().begin(), map.fields().end());
  std::sort(out.begin(), out.end(), [](const Field& a, const Field& b) { return a.key() < b.key(); });
  return out;
}

const Node* encode_quantity(View value, Make make) {
  const auto quantity = Quantity::parse(value);
  return quantity ? make.text(quantity->text()) : value.node();
}

// A Go map: sorted keys, each value encoded.
template <class Encode>
const Node* encode_map(View map, Make make, const Encode& encode) {
  std::vector<Field> fields = sorted_fields(map);
  for (Field& f : fields) f.value = encode(f.value);
  return make.fields(fields);
}

const Node* encode_list(View list, const GoStruct* type, Make make) {
  if (!type) return list.node();
  std::vector<const Node*> items;
  for (const Node* item : list.items()) items.push_back(encode_struct(item, *type, make));
  return make.list(items);
}

const Node* or_null(View value, Make make) { return value.node() ? value.node() : make.null(); }

// Null for a field Go leaves out.
const Node* encode_field(View value, const GoField& field, Make make) {
  const bool present = value && !value.is_null();
  switch (field.as) {
    case As::Value: return present && !is_zero(value) ? value.node() : nullptr;
    case As::Pointer: return present ? value.node() : nullptr;
    case As::RequiredText: return present ? value.node() : make.borrowed("");
    case As::RequiredNumber: return present ? value.node() : make.integer(0);
    case As::Struct:
    case As::RequiredStruct: return encode_struct(value, *field.type, make);
    case As::PointerStruct: return present ? encode_struct(value, *field.type, make) : nullptr;
    case As::List: return value.items().empty() ? nullptr : encode_list(value, field.type, make);
    case As::RequiredList: return value.is_list() ? encode_list(value, field.type, make) : or_null(value, make);
    case As::Map: return encode_map(value, make, [&](View v) { return encode_struct(v, *field.type, make); });
    case As::Texts: return value.fields().empty() ? nullptr : encode_map(value, make, [](View v) { return v.node(); });
    case As::Quantities: return value.fields().empty() ? nullptr : encode_map(value, make, [&](View v) { return encode_quantity(v, make); });
  }
  return nullptr;
}

const Node* encode_struct(View value, const GoStruct& type, Make make) {
  std::vector<Entry> entries;
  entries.reserve(type.fields.size());
  for (const GoField& field : type.fields) entries.push_back({field.name, encode_field(value[field.name], field, make)});
  return make.map(entries);
}

}  // namespace

const Node* encode_graph_spec(View spec, Make make) { return encode_struct(spec, kSpec, make); }

}  // namespace isvcc

#pragma once
// Compiled type information: what a CRD or a Kubernetes type allows, how Go encodes it, how it merges.
// Built once (built-in ones at build time), read-only afterwards. Knows nothing about KServe's behaviour.
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tree/node.h"

namespace isvcc {

enum class SchemaType : uint8_t { Any, Object, Map, List, String, Integer, Number, Boolean, IntOrString, Quantity, Null };
enum class ListType : uint8_t { Atomic, Set, Map };
// The tag retainKeys alone (an object's) acts only on a directive: it counts as None.
enum class MergeStrategy : uint8_t { None, Merge, MergeRetainKeys };

struct Schema;
class Pattern;
class CelProgram;
class RuleMemory;

struct CelRule {
  std::string rule, message, reason, field_path, message_expression;
  const CelProgram* program = nullptr;  // of `rule`; owned by the set (schema/cel.h)
};

// allOf, anyOf, oneOf or not: conditions on a value beside its own. Parts know fields only to constrain them: others are allowed.
struct Combination {
  enum class Form : uint8_t { All, Any, One, Not } form = Form::All;
  std::vector<const Schema*> parts;  // one for Not
};

struct Property {
  std::string_view name;
  const Schema* schema = nullptr;
  bool required = false;           // by the CRD
  bool always = false;             // Go encodes it even when it holds its zero value (no omitempty)
  bool pointer = false;            // a Go pointer: an explicit zero value survives a round trip
  const Node* default_value = nullptr;  // CRD default
  const Node* zero = nullptr;      // what Go writes when `always` and unset: "", 0, null, {}, "0"
  MergeStrategy merge = MergeStrategy::None;  // patchStrategy tag, for lists
  std::string_view merge_key;      // patchMergeKey tag
  uint16_t position = 0;           // in the Go struct: the order of Go's encoding
};

// What every walk asks of every value comes first, so that it touches few lines of the cache.
struct Schema {
  SchemaType type = SchemaType::Any;
  ListType list_type = ListType::Atomic;
  bool nullable = false;
  bool preserve_unknown = false;
  bool embedded_resource = false;
  // Known once all of a set is built, so that walks skip what cannot change.
  bool has_rules = false;      // some value in or below has validation rules
  bool has_defaults = false;   // some value in or below may get a default
  bool encodes = false;        // Go's encoding may differ from what was read, in or below
  bool any_text = false;       // every text fits
  bool has_minimum = false, has_maximum = false, exclusive_minimum = false, exclusive_maximum = false;
  bool unique_items = false;
  bool metric_quantity = false;     // KServe's MetricQuantity: keeps the author's text
  uint32_t always_count = 0;   // properties with `always`
  uint32_t required_count = 0; // properties with `required`
  const Schema* additional = nullptr;  // values of a Map
  const Schema* items = nullptr;       // items of a List
  std::vector<uint16_t> index;         // hash → property + 1, of a power of two; empty until then (search instead)
  std::vector<Property> properties;    // sorted by name

  std::string_view name;            // Go type name where it has one: "Container"
  std::vector<const Node*> enumeration;
  std::vector<Combination> combinations;
  int64_t min_length = -1, max_length = -1, min_items = -1, max_items = -1, min_properties = -1, max_properties = -1;
  std::vector<std::string_view> list_keys;
  std::string_view pattern, format;
  const Pattern* matcher = nullptr;  // of `pattern`; owned by the set (schema/pattern.h)
  double minimum = 0, maximum = 0, multiple_of = 0;
  std::vector<CelRule> rules;
  std::shared_ptr<const RuleMemory> rule_memory;  // with has_rules (schema/rule_memory.h)

  const Property* property(std::string_view key) const;
  // Makes lookups fast; the properties stay as they are from here on.
  void index_properties();
};

// Group, version and kind → schema of the whole object (apiVersion, kind, metadata, spec, …); and named Go types.
class SchemaSet {
 public:
  virtual ~SchemaSet() = default;
  // Null when the kind is unknown. `api_version` as written: "serving.kserve.io/v1beta1", "v1".
  virtual const Schema* kind(std::string_view api_version, std::string_view kind) const = 0;
  // A shared Go type by name: "PodSpec", "Container", "EnvVar", "Volume", "ObjectMeta", "ServingRuntimePodSpec",
  // "PredictorExtensionSpec", … Null when unknown.
  virtual const Schema* type(std::string_view name) const = 0;
  // True for a namespaced kind; unknown kinds count as namespaced.
  virtual bool namespaced(std::string_view api_version, std::string_view kind) const = 0;
  // Every known kind as "apiVersion Kind", sorted.
  virtual std::vector<std::string> kinds() const = 0;
  // The CustomResourceDefinition of the user that the kind's schema comes from; absent for a built-in one.
  virtual View definition(std::string_view, std::string_view) const { return {}; }
};

// The schemas isvcc brings along for a KServe release ("v0.20.0"). Lives as long as the program.
const SchemaSet& builtin_schemas(std::string_view release);

}  // namespace isvcc

#include "schema/finish.h"

#include "schema/rule_memory.h"

namespace isvcc {
namespace {

// Go writes this type differently from what it may have read, looking at the value alone.
bool encodes_itself(const Schema& schema) { return schema.type == SchemaType::Quantity; }

bool adds_defaults(const Schema& schema) {
  for (const Property& p : schema.properties)
    if (p.default_value || (p.schema && p.schema->has_defaults)) return true;
  return (schema.items && schema.items->has_defaults) || (schema.additional && schema.additional->has_defaults);
}

bool carries_rules(const Schema& schema) {
  if (!schema.rules.empty()) return true;
  for (const Property& p : schema.properties)
    if (p.schema && p.schema->has_rules) return true;
  return (schema.items && schema.items->has_rules) || (schema.additional && schema.additional->has_rules);
}

// A field without a pointer loses its zero value, an `always` one gains it: any object with fields may change.
bool changes_in_encoding(const Schema& schema) {
  if (encodes_itself(schema) || !schema.properties.empty()) return true;
  return (schema.items && schema.items->encodes) || (schema.additional && schema.additional->encodes);
}

bool takes_any_text(const Schema& schema) {
  const bool text = schema.type == SchemaType::String || schema.type == SchemaType::Any || schema.type == SchemaType::IntOrString;
  return text && schema.enumeration.empty() && schema.combinations.empty() && schema.pattern.empty() && !schema.matcher && schema.format.empty() && schema.min_length <= 0 &&
         schema.max_length < 0;
}

class Zeros {
 public:
  explicit Zeros(const Make& make) : make_(make) {}

  const Node* of(const Schema& schema, bool pointer, int depth = 0) const {
    if (pointer || depth > 16) return make_.null();
    switch (schema.type) {
      case SchemaType::String: return schema.format == "date-time" || schema.format == "byte" ? make_.null() : make_.borrowed("");
      case SchemaType::Integer:
      case SchemaType::IntOrString:
      case SchemaType::Number: return make_.integer(0);
      case SchemaType::Boolean: return make_.boolean(false);
      case SchemaType::Quantity: return make_.borrowed(schema.metric_quantity ? "" : "0");
      case SchemaType::Object: return object(schema, depth);
      default: return make_.null();
    }
  }

 private:
  const Node* object(const Schema& schema, int depth) const {
    std::vector<Entry> entries;
    for (const Property& p : schema.properties)
      if (p.always) entries.push_back({p.name, p.zero ? p.zero : of(*p.schema, p.pointer, depth + 1)});
    return make_.map(entries);
  }

  const Make& make_;
};

}  // namespace

void finish_schemas(const std::vector<Schema*>& schemas, const Make& make) {
  for (bool changed = true; changed;) {
    changed = false;
    for (Schema* s : schemas) {
      const bool defaults = adds_defaults(*s), encodes = changes_in_encoding(*s), rules = carries_rules(*s);
      changed |= defaults != s->has_defaults || encodes != s->encodes || rules != s->has_rules;
      s->has_defaults = defaults;
      s->has_rules = rules;
      s->encodes = encodes;
    }
  }
  const Zeros zeros(make);
  for (Schema* s : schemas) {
    s->index_properties();
    s->any_text = takes_any_text(*s);
    if (s->has_rules) s->rule_memory = std::make_shared<RuleMemory>(*s);
    for (Property& p : s->properties) {
      s->always_count += p.always;
      s->required_count += p.required;
      if (p.always && !p.zero) p.zero = zeros.of(*p.schema, p.pointer);
    }
  }
}

}  // namespace isvcc

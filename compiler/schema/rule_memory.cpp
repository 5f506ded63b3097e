#include "schema/rule_memory.h"

#include <mutex>
#include <set>
#include <shared_mutex>
#include <unordered_set>

#include "schema/cel.h"
#include "schema/cel_reads.h"
#include "schema/schema.h"

namespace isvcc {
namespace {

constexpr size_t most_remembered = 1024, longest_key = 4096;

// What the rules in and below a schema read. A schema inside itself is read whole.
class RuleReads {
 public:
  void collect(const Schema& schema, CelReads& into) {
    if (!schema.has_rules) return;
    if (!open_.insert(&schema).second) return void(into.whole = true);
    for (const CelRule& rule : schema.rules) {
      if (rule.program) rule.program->add_reads(into);
      else into.whole = true;
    }
    for (const Property& property : schema.properties)
      if (property.schema->has_rules) collect(*property.schema, into.field(property.name));
    if (schema.additional && schema.additional->has_rules) into.whole = true;
    if (schema.items && schema.items->has_rules) collect(*schema.items, into.item());
    open_.erase(&schema);
  }

 private:
  std::set<const Schema*> open_;
};

}  // namespace

struct RuleMemory::Known {
  const Schema& schema;
  std::once_flag once;
  CelReads reads;
  std::shared_mutex mutex;
  std::unordered_set<std::string> keys;
};

RuleMemory::RuleMemory(const Schema& schema) : known_(new Known{schema, {}, {}, {}, {}}) {}
RuleMemory::~RuleMemory() = default;

void RuleMemory::append_key(std::string& key, View value) const {
  std::call_once(known_->once, [this] { RuleReads().collect(known_->schema, known_->reads); });
  append_parts(key, value, known_->reads);
}

bool RuleMemory::keeps_rules(const std::string& key) const {
  const std::shared_lock lock(known_->mutex);
  return known_->keys.contains(key);
}

void RuleMemory::remember(const std::string& key) const {
  const std::unique_lock lock(known_->mutex);
  if (key.size() <= longest_key && known_->keys.size() < most_remembered) known_->keys.insert(key);
}

}  // namespace isvcc

#pragma once
// Values that are known to keep every rule of a schema, by what the rules can tell of them: most objects of one kind look the same to them.
#include <memory>
#include <string>

#include "tree/node.h"

namespace isvcc {

struct Schema;

// Belongs to one schema with rules; shared by all threads.
class RuleMemory {
 public:
  explicit RuleMemory(const Schema& schema);
  ~RuleMemory();
  RuleMemory(const RuleMemory&) = delete;
  RuleMemory& operator=(const RuleMemory&) = delete;

  // Adds to an empty key what the rules of the schema, and of everything below it, can tell of a value, or of what defaults make of it.
  void append_key(std::string& key, View value) const;
  bool keeps_rules(const std::string& key) const;
  void remember(const std::string& key) const;

 private:
  struct Known;
  std::unique_ptr<Known> known_;
};

}  // namespace isvcc

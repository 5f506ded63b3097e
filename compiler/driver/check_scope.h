#pragma once
// What `isvcc check` is asked to judge, in kubeconform's terms: kinds to skip, kinds to reject, kinds without a schema, and the count at
// the end. Changes findings only, never what is compiled.
#include <set>
#include <string>

#include "driver/pipeline.h"

namespace isvcc {

struct CheckScope {
  std::set<std::string> skip, reject;  // "Secret", "v1/Secret", "apps/v1/Deployment"
  bool ignore_missing_schemas = false;
};

// One option's value: kinds separated by commas.
void add_kinds(std::string_view list, std::set<std::string>& to);

// Adds findings about rejected kinds and kinds without a schema, removes those about skipped ones.
void apply_scope(const CheckScope& scope, Compilation& out);

struct CheckCount {
  size_t objects = 0, files = 0, valid = 0, invalid = 0, errors = 0, skipped = 0;
};
// Of the documents that were read. `errors` are files that could not be read at all.
CheckCount count_checked(const CheckScope& scope, const Compilation& out);
// "Summary: 3 resources found in 2 files - Valid: 2, Invalid: 1, Errors: 0, Skipped: 0"
std::string summary_line(const CheckCount& count);

}  // namespace isvcc

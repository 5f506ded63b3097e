#pragma once
// Declarations → rows: types get their fields (from, include, drop), equal schemas become one, everything is sorted.
// Build-time only.
#include <map>
#include <string>
#include <vector>

#include "schema/image.h"
#include "tools/notation.h"

namespace isvcc::notation {

struct Tables {
  std::vector<std::string> releases, texts;
  std::vector<uint16_t> lists;
  std::vector<image::LimitsRow> limits;
  std::vector<image::RuleRow> rules;
  std::vector<image::PropertyRow> properties;
  std::vector<image::SchemaRow> schemas;
  std::vector<image::KindRow> kinds;
  std::vector<image::TypeRow> types;
};

// False and `error` ("file:line: …") when something is named that is not there, or declared twice.
bool make_tables(const File& file, Tables& tables, std::string& error);

// The C++ source that defines everything in schema/image.h. The same tables give the same bytes.
std::string source_of(const Tables& tables);

}  // namespace isvcc::notation

#pragma once
// What an expression can tell of a value: the parts that it reads. Values that agree in those parts get the same verdict.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "schema/cel_parse.h"

namespace isvcc {

// The parts of one value. Reading nothing still tells whether the value is there, and its kind.
struct CelReads {
  bool whole = false;     // everything in it
  bool measured = false;  // its size
  std::vector<std::string> names;                // of the fields that are read
  std::vector<std::unique_ptr<CelReads>> parts;  // of each of them
  std::unique_ptr<CelReads> items;               // of every item together with their number

  CelReads& item();
  CelReads& field(std::string_view name);
};

// Adds what `expression` reads of `self`. Never too little: what cannot be followed counts as read whole.
void collect_reads(const cel::Expression& expression, CelReads& self);

// Adds to `key` what `reads` speaks of in `value`, so that equal additions mean values that no reader can tell apart.
void append_parts(std::string& key, View value, const CelReads& reads);

}  // namespace isvcc

#pragma once
// What a change to some objects would reach: found by compiling once more without them and by asking which services could select them.
// Says who is affected, not what will change: that needs the change itself (`isvcc diff`).
#include <span>
#include <string>
#include <vector>

#include "finish/finish.h"
#include "review/facts.h"

namespace isvcc {

enum class Reach : uint8_t {
  Own,        // the service stands in the file itself
  Breaks,     // compiles, but not without the objects
  Switches,   // would run on another runtime
  Changes,    // is rendered differently
  Could,      // would come over when the runtime's priority rises
  Shielded,   // could be concerned by its format, and is not
};
std::string_view reach_word(Reach reach);

struct ImpactEntry {
  const ServiceFacts* service = nullptr;
  Reach reach = Reach::Changes;
  const Object* other = nullptr;  // Switches: the runtime that comes next; Could: the one it has now
  std::string why;                // a sentence's end; empty where the reach says it all
  bool held = false;              // reached, but annotated with disable-auto-update
};

struct ImpactSubjects {
  std::vector<const Object*> objects;     // of the first compilation
  std::vector<std::string> importers;     // Jsonnet entries that import one of the files
  std::string everything;                 // why every service is reached, e.g. for the project file; else empty
};

struct CompiledSide {
  const Facts& facts;
  std::span<const Manifest> manifests;
};

struct Impact {
  std::vector<ImpactEntry> services;          // by namespace and name
  std::vector<const Object*> others;          // InferenceGraphs and their like that are rendered differently
  size_t total_services = 0;
  size_t count(Reach reach) const;
};

// `without` is compiled without the objects of `subjects`.
Impact find_impact(const ImpactSubjects& subjects, const CompiledSide& with, const CompiledSide& without);

std::string impact_text(const Impact& impact, const ImpactSubjects& subjects, const Facts& facts);
// Schema isvcc.dev/impact/v1 (docs/impact.md).
std::string impact_json(const Impact& impact, const ImpactSubjects& subjects, const Facts& facts);

}  // namespace isvcc

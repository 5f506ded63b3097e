// Any bytes as YAML, by both engines: no crash; what is read is either good or reported; and what we write of it is read again as the same.
#include <algorithm>

#include "emit/yaml_writer.h"
#include "input.h"
#include "load/reader.h"

using namespace isvcc;
using namespace isvcc::fuzz;

// Go writes such a key without quotes, and so do we; it is read as a merge.
static bool has_merge_key(View value) {
  for (const Field& f : value.fields())
    if (f.key() == "<<" || has_merge_key(f.value)) return true;
  return std::any_of(value.items().begin(), value.items().end(), [](const Node* item) { return has_merge_key(item); });
}

static void round_trip(const Node* document) {
  if (has_merge_key(document)) return;
  std::string text, error;
  write_yaml(text, document);
  Arena arena;
  const Node* again = parse_yaml(text, arena, &error);
  if (!again) promise(View(document).is_null(), "what we write can be read");
  else promise(equal(document, again), "what we write is read as the same");
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text = text_of(data, size);
  const Limits limits;
  for (const YamlEngine engine : {YamlEngine::LibYaml, YamlEngine::YamlCpp}) {
    Memory memory;
    for (const Node* document : read_yaml(text, 1, engine, limits, memory.scratch)) round_trip(document);
  }
  return 0;
}

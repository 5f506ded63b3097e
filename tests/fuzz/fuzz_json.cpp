// Any bytes as JSON: no crash, and what we write of a value is read again as the same.
#include "emit/yaml_writer.h"
#include "input.h"
#include "load/reader.h"

using namespace isvcc;
using namespace isvcc::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const Limits limits;
  Memory memory;
  for (const Node* document : read_json(text_of(data, size), 1, limits, memory.scratch)) {
    std::string text;
    write_json(text, document);
    Memory again;
    const auto values = read_json(text, 1, limits, again.scratch);
    promise(values.size() == 1 && equal(values[0], document), "what we write is read as the same");
  }
  return 0;
}

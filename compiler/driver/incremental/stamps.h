#pragma once
// What files looked like when their content was last known: sources by the project they belong to, outputs by their folder. A file of
// the cache that is damaged or missing costs time, nothing else.
#include <map>
#include <string>

#include "emit/output_memory.h"

namespace isvcc {

struct SourceStamp {
  FileStamp stamp;
  Digest content;
};
using SourceStamps = std::map<std::string, SourceStamp>;

SourceStamps load_source_stamps(const std::string& path);
void save_source_stamps(const std::string& path, const SourceStamps& stamps);

OutputMemory load_output_memory(const std::string& path);
void save_output_memory(const std::string& path, const OutputMemory& memory);

}  // namespace isvcc

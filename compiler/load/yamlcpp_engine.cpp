#include "load/yaml_engine.h"
namespace isvcc {
bool read_with_yaml_cpp(YamlBuilder& builder, size_t begin, size_t end, bool ascii) { return read_with_libyaml(builder, begin, end, ascii); }
}  // namespace isvcc

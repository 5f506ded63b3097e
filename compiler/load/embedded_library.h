#pragma once
// The Jsonnet files of templates/lib, part of the binary: what `import 'isvcc/…'` reads. The table is written by the build.
#include <span>
#include <string_view>

namespace isvcc {

struct EmbeddedFile {
  std::string_view name;  // "isvcc/kserve.libsonnet"
  std::string_view text;
};

// By name.
std::span<const EmbeddedFile> embedded_library();

}  // namespace isvcc

#include "load/jsonnet/overlay.h"

#include "base/text.h"

namespace isvcc::jsonnet {

std::string native_overlay(std::string_view std) {
  return cat("{native(name)::local ours=", std, ".native('", kNativePrefix, "'+name);if ours!=null then ours else ", std, ".native(name)}");
}

std::string prelude(const Scan& scan) {
  return scan.mentions_native ? cat("local isvcc_std=std;local std=isvcc_std", native_overlay("isvcc_std"), ";") : std::string();
}

}  // namespace isvcc::jsonnet

#include "driver/version.h"

namespace isvcc {

std::string_view isvcc_version() { return ISVCC_VERSION; }

}  // namespace isvcc

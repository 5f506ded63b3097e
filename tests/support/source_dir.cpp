#include "support/files.h"

// The one place that is compiled with this tree's path, so that every other object is the same in every checkout.
std::string isvcc::test::source_dir() { return ISVCC_SOURCE_DIR; }

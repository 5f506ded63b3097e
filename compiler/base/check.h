#pragma once
// Bugs, not user mistakes: a failed check ends the process with exit code 70 and a line that asks for a report.
#include <string>
#include <string_view>

namespace isvcc {

[[noreturn]] void fail_check(const char* file, int line, const char* condition, std::string_view context);

}  // namespace isvcc

// ISVCC_CHECK(condition, context): `context` is any text that helps to find the input that led here.
#define ISVCC_CHECK(condition, context) \
  do {                                  \
    if (!(condition)) ::isvcc::fail_check(__FILE__, __LINE__, #condition, (context)); \
  } while (false)

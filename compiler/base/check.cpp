#include "base/check.h"

#include <cstdio>
#include <cstdlib>

#include "base/console.h"
#include "base/text.h"

namespace isvcc {

void fail_check(const char* file, int line, const char* condition, std::string_view context) {
  const std::string message =
      cat("isvcc: internal error at ", std::string_view(file), ":", line, ": ", std::string_view(condition), " (", printable(context),
          ")\nisvcc: this is a bug in isvcc, please report it together with the input\n");
  put(stderr, message);
  std::_Exit(70);
}

}  // namespace isvcc

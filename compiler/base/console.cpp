#include "base/console.h"

namespace isvcc {

void put(std::FILE* to, std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), to) == text.size()) (void)std::fflush(to);
}

}  // namespace isvcc

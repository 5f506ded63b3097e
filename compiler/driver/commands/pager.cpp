#include "driver/commands/pager.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "base/console.h"

namespace isvcc {

bool page(const std::string& command, const std::string& text) {
  // Quit at once when all fits, keep colours, leave the text on the screen: Git's settings.
  setenv("LESS", "FRX", 0);
  setenv("LV", "-c", 0);
  const auto old = std::signal(SIGPIPE, SIG_IGN);
  std::FILE* pipe = popen(command.c_str(), "w");
  if (pipe) {
    put(pipe, text);
    pclose(pipe);
  }
  (void)std::signal(SIGPIPE, old);
  return pipe != nullptr;
}

}  // namespace isvcc

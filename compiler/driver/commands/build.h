#pragma once
// The build command for those who have to know more about a build than its exit code.
#include <deque>
#include <functional>

#include "driver/commands/session.h"

namespace isvcc {

// Told of the sessions once they are compiled, whether or not anything can be written.
using TellSessions = std::function<void(std::deque<Session>&)>;

struct BuildHooks {
  TellSessions compiled;
  // Called once, when everything is read that does not depend on the sources: they are looked at when it returns.
  std::function<void()> wait;
};

// As `isvcc build`.
int build_and_tell(const Options& options, const BuildHooks& hooks);

}  // namespace isvcc

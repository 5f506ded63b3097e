#pragma once
// The build command for those who have to know more about a build than its exit code.
#include <deque>
#include <functional>

#include "driver/commands/session.h"

namespace isvcc {

// Told of the sessions once they are compiled, whether or not anything can be written.
using TellSessions = std::function<void(std::deque<Session>&)>;

// As `isvcc build`.
int build_and_tell(const Options& options, const TellSessions& tell);

}  // namespace isvcc

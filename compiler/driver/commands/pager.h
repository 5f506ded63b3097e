#pragma once
// A pager between a long text and a terminal, as Git does it.
#include <string>

namespace isvcc {

// Runs `command` by the shell with `text` on its standard input. False when it cannot be started; a pager that is left early is fine.
bool page(const std::string& command, const std::string& text);

}  // namespace isvcc

#pragma once
// Findings must not carry what a Secret holds.
#include "diag/diagnostic.h"
#include "diag/source.h"

namespace isvcc {

// Takes values, labels and fixes out of findings about the data of Secrets, and out of those of the readers about files with a Secret
// in them. Code and place stay.
void hide_secrets(Diagnostics& diags, const Sources& sources);

}  // namespace isvcc

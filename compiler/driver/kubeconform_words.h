#pragma once
// kubeconform's spelling of options, for `isvcc check` in its place: Go's flags begin with one dash and take `-name=value`.
#include <string>
#include <vector>

namespace isvcc {

// The words behind `check` with kubeconform's options as isvcc writes them: -strict → --strict, -n 4 → --threads 4,
// -output json → --report kubeconform=-. Everything else stays, also `-n NAME`, isvcc's own.
std::vector<std::string> without_kubeconform_words(const std::vector<std::string>& words);

}  // namespace isvcc

#include "tree/origin.h"

#include <iterator>

namespace isvcc {

static constexpr std::string_view kWords[] = {
#define PASS(name, words) words,
#include "tree/passes.def"
#undef PASS
};

std::string_view pass_words(Pass pass) {
  const auto i = static_cast<size_t>(pass);
  return i < std::size(kWords) ? kWords[i] : kWords[0];
}

}  // namespace isvcc

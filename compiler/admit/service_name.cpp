#include "admit/service_name.h"

#include <algorithm>

namespace isvcc {

static bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
static bool is_letter_or_digit(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

bool is_service_name(std::string_view name) {
  return !name.empty() && is_letter(name.front()) && is_letter_or_digit(name.back()) &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

}  // namespace isvcc

#pragma once
// Whether an unquoted YAML scalar would be read as text by the YAML 1.1 rules that Kubernetes uses. For the writer only:
// it answers yes or no and never computes a value (reading is load's work).
#include <array>
#include <string_view>

namespace isvcc {

// What a text that is not simply text begins with.
enum class Hint : unsigned char { None, Word, Number, Point };

inline constexpr std::array<Hint, 256> kHints = [] {
  std::array<Hint, 256> hints{};
  for (char c : std::string_view("yYnNtTfFoO~")) hints[static_cast<unsigned char>(c)] = Hint::Word;
  for (char c : std::string_view("0123456789+-")) hints[static_cast<unsigned char>(c)] = Hint::Number;
  hints['.'] = Hint::Point;
  return hints;
}();

inline Hint hint_of(std::string_view plain) { return plain.empty() ? Hint::Word : kHints[static_cast<unsigned char>(plain[0])]; }

// reads_as_text() for a text with that hint.
bool reads_as_text(std::string_view plain, Hint hint);

// False for what reads as null, a boolean, a number or a time, and for base 60 notation, which other readers take for a
// number. Mirrors resolve() and isBase60Float() of go-yaml v2.
inline bool reads_as_text(std::string_view plain) {
  const Hint hint = hint_of(plain);
  if (hint == Hint::None || (hint == Hint::Word && plain.size() > 5)) return true;
  return reads_as_text(plain, hint);
}

}  // namespace isvcc

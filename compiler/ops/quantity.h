#pragma once
// Kubernetes resource.Quantity: the exact value, the text written right after parsing and the canonical text.
// No input takes long: at most 64 characters, exponents of at most 2^31 - 1, never expanded. Knows nothing about resource names.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ops/decimal.h"
#include "tree/node.h"

namespace isvcc {

class Quantity {
 public:
  enum class Format { DecimalSI, BinarySI, DecimalExponent };

  // Nothing and `error` set to the Go text when the input is no quantity (ParseQuantity). Refused as well, with a text of our own:
  // more than 64 characters, and what Go would write back as another value (1000E becomes 1).
  static std::optional<Quantity> parse(std::string_view text, std::string* error = nullptr);

  // The value of a JSON or YAML field (UnmarshalJSON): text, number or null (zero); blanks around the text do not count.
  static std::optional<Quantity> parse(View value, std::string* error = nullptr);
  static std::optional<Quantity> parse(const char* text, std::string* error = nullptr) { return parse(std::string_view(text), error); }
  static std::optional<Quantity> parse(const std::string& text, std::string* error = nullptr) { return parse(std::string_view(text), error); }

  // True for most texts that parse and are written back as they came; false says nothing.
  static bool is_surely_kept(std::string_view text);

  std::string text() const;       // what Go writes straight after parsing: the input when it was in canonical shape
  std::string canonical() const;  // what Go writes after any arithmetic
  Format format() const { return format_; }
  bool is_zero() const { return sign() == 0; }
  int sign() const;
  // -1, 0, 1; formats do not count.
  int compare(const Quantity& other) const;
  // Keeps this format; a zero takes the other's.
  Quantity plus(const Quantity& other) const;
  Quantity minus(const Quantity& other) const;
  // Rounded up to a whole number as Go does (negative values away from zero); nothing when it does not fit.
  std::optional<int64_t> value() const { return scaled_value(0); }
  std::optional<int64_t> milli_value() const { return scaled_value(-3); }
  // True when the value is beyond a 64-bit integer: Go caps binary ones without a word, and computes garbage with the others.
  bool exceeds_int64() const { return capped_ || !value(); }
  // The exact value without suffix: "0.5", "1073741824". Empty when that takes more than 1,000 digits.
  std::string decimal() const;

 private:
  friend class QuantityParser;

  bool is_wide() const { return !wide_.is_zero(); }
  Decimal exact() const { return is_wide() ? wide_ : Decimal::of(small_, scale_); }
  void assign(Decimal number);
  std::optional<int64_t> scaled_value(int64_t scale) const;
  std::string canonical_decimal(Format format) const;
  std::string canonical_binary() const;

  // value = small × 10^scale, or `wide` when that is not zero: small numbers never allocate.
  int64_t small_ = 0;
  int64_t scale_ = 0;
  Decimal wide_;
  Format format_ = Format::DecimalSI;
  bool big_ = false;      // Go holds it as a big decimal, which rounds negative values differently
  bool capped_ = false;   // Go's cap for binary quantities was applied
  std::string verbatim_;  // set when the input is kept as written
};

}  // namespace isvcc

#pragma once
// Kubernetes resource.Quantity: the exact value, the text written right after parsing and the canonical text.
// Exponents are bounded (|exponent| <= 18 past the digits): no input takes long.
#include <compare>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace isvcc {

class Quantity {
 public:
  enum class Format { DecimalSI, BinarySI, DecimalExponent };

  // Nothing and `error` set to the Go text when the input is no quantity.
  static std::optional<Quantity> parse(std::string_view text, std::string* error = nullptr);

  std::string text() const;       // what Go writes straight after parsing: the input when it was in canonical shape
  std::string canonical() const;  // what Go writes after any arithmetic
  Format format() const { return format_; }
  bool is_zero() const;
  int sign() const;
  // -1, 0, 1; formats do not count.
  int compare(const Quantity& other) const;
  Quantity plus(const Quantity& other) const;
  Quantity minus(const Quantity& other) const;
  // Rounded up to a whole number; nothing when it does not fit.
  std::optional<int64_t> value() const;
  std::optional<int64_t> milli_value() const;

 private:
  // value = digits × 10^scale, digits a decimal integer with optional sign.
  std::string digits_ = "0";
  int scale_ = 0;
  Format format_ = Format::DecimalSI;
  std::string verbatim_;  // set when the input is kept as written
};

}  // namespace isvcc

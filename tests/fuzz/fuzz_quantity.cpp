// Any text as a quantity: no crash, and what is written back reads as the same value.
#include <cstdlib>

#include "ops/quantity.h"

using namespace isvcc;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::optional<Quantity> quantity = Quantity::parse(text);
  if (!quantity) return 0;
  const std::string canonical = quantity->canonical();
  const std::optional<Quantity> again = Quantity::parse(canonical);
  // Rounding and long numbers may take the canonical text beyond what is read; what is read must be equal. A text without a suffix is decimal, even
  // that of 187.5Ki: the second canonical text may be another one, but then it stays.
  if (again && again->compare(*quantity) != 0) std::abort();
  const std::optional<Quantity> third = again ? Quantity::parse(again->canonical()) : std::nullopt;
  if (third && third->canonical() != again->canonical()) std::abort();
  if (!quantity->minus(*quantity).is_zero()) std::abort();
  (void)quantity->plus(*quantity).canonical();
  (void)quantity->value();
  (void)quantity->milli_value();
  (void)quantity->decimal();
  return 0;
}

#include "driver/statistics.h"

#include <cmath>

#include "base/text.h"

namespace isvcc {

double Statistics::total_milliseconds() const {
  double sum = 0;
  for (const PhaseTime& phase : phases) sum += phase.milliseconds;
  return sum;
}

static std::string padded(std::string text, size_t width) {
  if (text.size() < width) text.insert(0, width - text.size(), ' ');
  return text;
}

// One decimal, without the locale.
static std::string tenths(double value) {
  const auto scaled = std::llround(value * 10);
  return cat(scaled / 10, '.', scaled % 10);
}

std::string Statistics::table() const {
  std::string out = "phase             ms       items     bytes\n";
  auto row = [&](std::string_view name, double ms, uint64_t items, uint64_t bytes) {
    out += cat(name, std::string(name.size() < 12 ? 12 - name.size() : 1, ' '), padded(tenths(ms), 8), padded(cat(items), 12), padded(cat(bytes), 10), '\n');
  };
  for (const PhaseTime& phase : phases) row(phase.name, phase.milliseconds, phase.items, phase.bytes);
  row("total", total_milliseconds(), 0, 0);
  return out;
}

}  // namespace isvcc

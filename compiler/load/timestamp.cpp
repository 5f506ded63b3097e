#include "load/timestamp.h"

#include <cstddef>

namespace isvcc {

namespace {
// Reads a text from its front; every step says whether it fitted.
struct Scanner {
  std::string_view rest;

  bool skip(char c) {
    if (rest.empty() || rest[0] != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  // A number of `least` to `most` digits within [from, to]; -1 when there is none.
  int number(size_t least, size_t most, int from, int to) {
    int value = 0;
    size_t n = 0;
    for (; n < most && n < rest.size() && rest[n] >= '0' && rest[n] <= '9'; ++n) value = value * 10 + (rest[n] - '0');
    rest.remove_prefix(n);
    return n >= least && value >= from && value <= to ? value : -1;
  }
};
}  // namespace

static int days_in(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

static bool read_date(Scanner& in) {
  const int year = in.number(4, 4, 0, 9999);
  if (year < 0 || !in.skip('-')) return false;
  const int month = in.number(1, 2, 1, 12);
  return month > 0 && in.skip('-') && in.number(1, 2, 1, days_in(year, month)) > 0;
}

static bool read_clock(Scanner& in) {
  if (in.number(1, 2, 0, 23) < 0 || !in.skip(':') || in.number(1, 2, 0, 59) < 0 || !in.skip(':') || in.number(1, 2, 0, 59) < 0) return false;
  if (in.rest.size() < 2 || (in.rest[0] != '.' && in.rest[0] != ',') || in.rest[1] < '0' || in.rest[1] > '9') return true;
  in.rest.remove_prefix(1);
  while (!in.rest.empty() && in.rest[0] >= '0' && in.rest[0] <= '9') in.rest.remove_prefix(1);
  return true;
}

static bool read_zone(Scanner& in) {
  if (in.skip('Z')) return true;
  return (in.skip('+') || in.skip('-')) && in.number(2, 2, 0, 24) >= 0 && in.skip(':') && in.number(2, 2, 0, 60) >= 0;
}

bool is_timestamp(std::string_view text) {
  Scanner in{text};
  if (!read_date(in)) return false;
  if (in.rest.empty()) return true;
  if (in.skip('T') || in.skip('t')) return read_clock(in) && read_zone(in) && in.rest.empty();
  return in.skip(' ') && read_clock(in) && in.rest.empty();
}

}  // namespace isvcc

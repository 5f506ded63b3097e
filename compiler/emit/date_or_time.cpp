#include "emit/date_or_time.h"

#include <cstddef>

namespace isvcc {

namespace {

// Takes pieces off the front of a text; once a piece is missing it stays failed.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool failed() const { return failed_; }
  bool at_end() const { return !failed_ && rest_.empty(); }
  bool next_is(char c) const { return !failed_ && !rest_.empty() && rest_[0] == c; }

  void expect(char c) {
    if (next_is(c)) rest_.remove_prefix(1);
    else failed_ = true;
  }

  void skip_blanks() {
    while (next_is(' ')) rest_.remove_prefix(1);
  }

  // Between `fewest` and `most` digits, whose value must be within the bounds.
  int number(size_t fewest, size_t most, int low, int high) {
    size_t digits = 0;
    int value = 0;
    for (; digits < most && has_digit(digits); ++digits) value = value * 10 + (rest_[digits] - '0');
    if (failed_ || digits < fewest || value < low || value > high) return fail();
    rest_.remove_prefix(digits);
    return value;
  }

  // A point or comma with digits after it may be there.
  void fraction() {
    if (!(next_is('.') || next_is(',')) || !has_digit(1)) return;
    rest_.remove_prefix(1);
    while (has_digit(0)) rest_.remove_prefix(1);
  }

 private:
  bool has_digit(size_t i) const { return i < rest_.size() && rest_[i] >= '0' && rest_[i] <= '9'; }
  int fail() {
    failed_ = true;
    return 0;
  }

  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace

static int days_in(int month, int year) {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static void read_date(Cursor& at) {
  const int year = at.number(4, 4, 0, 9999);
  at.expect('-');
  const int month = at.number(1, 2, 1, 12);
  at.expect('-');
  at.number(1, 2, 1, days_in(month, year));
}

static void read_time(Cursor& at) {
  at.number(1, 2, 0, 23);
  at.expect(':');
  at.number(1, 2, 0, 59);
  at.expect(':');
  at.number(1, 2, 0, 59);
  at.fraction();
}

// Go lets 24 hours and 60 minutes pass.
static void read_zone(Cursor& at) {
  if (at.next_is('Z')) return at.expect('Z');
  at.expect(at.next_is('-') ? '-' : '+');
  at.number(2, 2, 0, 24);
  at.expect(':');
  at.number(2, 2, 0, 60);
}

bool is_date_or_time(std::string_view text) {
  if (text.size() < 8 || text[4] != '-') return false;
  Cursor at(text);
  read_date(at);
  if (at.failed() || at.at_end()) return at.at_end();
  if (at.next_is(' ')) {
    at.skip_blanks();
    read_time(at);
    return at.at_end();
  }
  at.expect(at.next_is('t') ? 't' : 'T');
  read_time(at);
  read_zone(at);
  return at.at_end();
}

}  // namespace isvcc

#include "emit/key_order.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/word_at.h"

namespace isvcc {

struct CodePoints {
  uint32_t first, last;
};

// Above ASCII, in ascending order.
static constexpr CodePoints kLetters[] = {
#define LETTERS(first, last) {first, last},
#define DIGITS(first, last)
#include "emit/unicode_classes.def"
#undef LETTERS
#undef DIGITS
};
static constexpr CodePoints kDigits[] = {
#define LETTERS(first, last)
#define DIGITS(first, last) {first, last},
#include "emit/unicode_classes.def"
#undef LETTERS
#undef DIGITS
};

static bool is_in(std::span<const CodePoints> ranges, uint32_t c) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), c, [](uint32_t v, const CodePoints& r) { return v < r.first; });
  return after != ranges.begin() && c <= std::prev(after)->last;
}

static bool is_ascii_letter(uint32_t c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
static bool is_letter(uint32_t c) { return c < 0x80 ? is_ascii_letter(c) : is_in(kLetters, c); }
static bool is_digit(uint32_t c) { return c < 0x80 ? c >= '0' && c <= '9' : is_in(kDigits, c); }

static bool is_tail(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The code point at byte `i` and the index after it; U+FFFD and one byte for what is not UTF-8.
static uint32_t decode(std::string_view text, size_t& i) {
  const auto first = static_cast<unsigned char>(text[i++]);
  if (first < 0x80) return first;
  const size_t tails = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC2 ? 1 : 0;
  if (tails == 0 || i + tails > text.size()) return 0xFFFD;
  uint32_t value = first & (0x3Fu >> tails);
  for (size_t k = 0; k < tails; ++k) {
    if (!is_tail(text[i + k])) return 0xFFFD;
    value = (value << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
  }
  i += tails;
  return value;
}

// The byte where the character that ends just before byte `i` begins.
static size_t previous(std::string_view text, size_t i) {
  size_t at = i - 1;
  while (at > 0 && i - at < 4 && is_tail(text[at])) --at;
  return at;
}

struct DigitRun {
  uint64_t value;  // wraps around as Go's int64 does
  size_t length;   // characters
};

static DigitRun digit_run(std::string_view text, size_t at, uint64_t value) {
  DigitRun run{value, 0};
  while (at < text.size()) {
    const uint32_t c = decode(text, at);
    if (!is_digit(c)) break;
    run.value = run.value * 10 + (c - '0');
    ++run.length;
  }
  return run;
}

// True when the digits just before byte `at` are not all zeros: then a zero that follows is not a leading one.
static bool continues_number(std::string_view text, size_t at) {
  while (at > 0) {
    at = previous(text, at);
    size_t next = at;
    const uint32_t c = decode(text, next);
    if (!is_digit(c)) return false;
    if (c != '0') return true;
  }
  return false;
}

// Both differ at byte `at`, a character boundary, and neither has a letter there.
static bool less_as_numbers(std::string_view a, std::string_view b, size_t at, uint32_t ca, uint32_t cb) {
  const uint64_t carried = (ca == '0' || cb == '0') && continues_number(a, at) ? 1 : 0;
  const DigitRun ra = digit_run(a, at, carried), rb = digit_run(b, at, carried);
  if (ra.value != rb.value) return static_cast<int64_t>(ra.value) < static_cast<int64_t>(rb.value);
  if (ra.length != rb.length) return ra.length < rb.length;
  return ca < cb;
}

bool go_key_less(std::string_view a, std::string_view b) {
  const size_t common = std::min(a.size(), b.size());
  size_t at = static_cast<size_t>(std::mismatch(a.begin(), a.begin() + common, b.begin()).first - a.begin());
  // Two characters can share their first bytes.
  while (at > 0 && ((at < a.size() && is_tail(a[at])) || (at < b.size() && is_tail(b[at])))) --at;
  if (at == a.size() || at == b.size()) return a.size() < b.size();
  size_t after_a = at, after_b = at;
  const uint32_t ca = decode(a, after_a), cb = decode(b, after_b);
  const bool letter_a = is_letter(ca), letter_b = is_letter(cb);
  if (letter_a && letter_b) return ca < cb;
  if (letter_a || letter_b) return letter_b;
  return less_as_numbers(a, b, at, ca, cb);
}

// Place of each byte in keys without digits: other characters before letters, each by value. 255 marks bytes that need go_key_less.
static constexpr std::array<unsigned char, 256> kRank = [] {
  std::array<unsigned char, 256> rank{};
  for (unsigned c = 0; c < 256; ++c) {
    const bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    const bool hard = c >= 0x80 || (c >= '0' && c <= '9');
    rank[c] = static_cast<unsigned char>(hard ? 255 : letter ? c + 0x80 : c);
  }
  return rank;
}();

static unsigned char rank_of(char c) { return kRank[static_cast<unsigned char>(c)]; }

static bool is_simple(std::string_view key) {
  return std::none_of(key.begin(), key.end(), [](char c) { return rank_of(c) == 255; });
}

// go_key_less for simple keys.
static bool simple_less(const Field* a, const Field* b) {
  const size_t common = std::min(a->key_size, b->key_size);
  for (size_t i = 0; i < common; ++i)
    if (a->key_text[i] != b->key_text[i]) return rank_of(a->key_text[i]) < rank_of(b->key_text[i]);
  return a->key_size < b->key_size;
}

// ---- Few simple keys: their first eight bytes as one number

static constexpr uint64_t kEach = 0x0101010101010101, kTops = kEach * 0x80;

// The top bit of each byte, all below 0x80, that lies in [first, last].
static uint64_t bytes_between(uint64_t eight, unsigned first, unsigned last) {
  return (eight + kEach * (0x80 - first)) & ~(eight + kEach * (0x7F - last)) & kTops;
}

// Bytes that go_key_less has to look at.
static uint64_t hard_bytes(uint64_t eight) { return (eight & kTops) | bytes_between(eight & ~kTops, '0', '9'); }

// The first eight bytes, zeros behind the end.
static uint64_t first_bytes(const char* text, size_t size) {
  if (size >= 8) return word_at<uint64_t>(text);
  if (size >= 4) return word_at<uint32_t>(text) | uint64_t{word_at<uint32_t>(text + size - 4)} << (8 * (size - 4));
  uint64_t bytes = 0;
  for (size_t i = 0; i < size; ++i) bytes |= static_cast<uint64_t>(static_cast<unsigned char>(text[i])) << (8 * i);
  return bytes;
}

// As rank_of, byte by byte: letters get the top bit.
static uint64_t ranks(uint64_t bytes) { return __builtin_bswap64(bytes | bytes_between(bytes | kEach * 0x20, 'a', 'z')); }

// False where the first bytes do not tell the order. What stands behind the first difference counts only where that is a digit.
static bool rank(const Field& field, RankedField& out) {
  const uint64_t first = first_bytes(field.key_text, field.key_size);
  if (hard_bytes(first)) return false;
  out = {ranks(first), &field};
  return true;
}

bool rank_few(std::span<const Field> fields, RankedField* ranked) {
  if (fields.size() > kFewFields) return false;
  for (size_t i = 0; i < fields.size(); ++i) {
    RankedField next;
    if (!rank(fields[i], next)) return false;
    size_t at = i;
    for (; at > 0 && next.prefix <= ranked[at - 1].prefix; --at) {
      const Field& before = *ranked[at - 1].field;
      if (next.prefix == ranked[at - 1].prefix) {
        if (!is_simple(next.field->key()) || !is_simple(before.key())) return false;
        if (!simple_less(next.field, &before)) break;
      }
      ranked[at] = ranked[at - 1];
    }
    ranked[at] = next;
  }
  return true;
}

// ---- Any keys

static bool bytes_less(const Field* a, const Field* b) { return a->key() < b->key(); }
static bool go_less(const Field* a, const Field* b) { return go_key_less(a->key(), b->key()); }

// Safe with any comparison, unlike std::sort: indices never leave the span.
template <class Less>
static void insertion_sort(std::span<const Field*> fields, Less less) {
  for (size_t i = 1; i < fields.size(); ++i)
    for (size_t j = i; j > 0 && less(fields[j], fields[j - 1]); --j) std::swap(fields[j], fields[j - 1]);
}

static void merge_neighbours(std::span<const Field*> both, size_t middle, std::vector<const Field*>& spare) {
  spare.assign(both.begin(), both.begin() + static_cast<ptrdiff_t>(middle));
  size_t left = 0, right = middle, out = 0;
  while (left < spare.size() && right < both.size()) both[out++] = go_less(both[right], spare[left]) ? both[right++] : spare[left++];
  while (left < spare.size()) both[out++] = spare[left++];
}

static constexpr size_t kRun = 12;  // below this Go's own sort is an insertion sort, too

static void sort_by_go(std::span<const Field*> fields, std::vector<const Field*>& spare) {
  for (size_t at = 0; at < fields.size(); at += kRun) insertion_sort(fields.subspan(at, std::min(kRun, fields.size() - at)), go_less);
  for (size_t width = kRun; width < fields.size(); width *= 2)
    for (size_t at = 0; at + width < fields.size(); at += 2 * width)
      merge_neighbours(fields.subspan(at, std::min(2 * width, fields.size() - at)), width, spare);
}

void sort_keys(std::span<const Field*> fields, std::vector<const Field*>& spare) {
  if (std::all_of(fields.begin(), fields.end(), [](const Field* f) { return is_simple(f->key()); })) {
    if (fields.size() <= kRun) insertion_sort(fields, simple_less);
    else std::stable_sort(fields.begin(), fields.end(), simple_less);
    return;
  }
  std::stable_sort(fields.begin(), fields.end(), bytes_less);
  sort_by_go(fields, spare);
}

}  // namespace isvcc

#include <array>
#include <limits>

#include "base/char_set.h"
#include "base/text.h"
#include "ops/quantity.h"

namespace isvcc {

static constexpr std::string_view kBadFormat = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
static constexpr std::string_view kBadSuffix = "unable to parse quantity's suffix";
static constexpr std::string_view kBadNumber = "unable to parse numeric part of quantity";
static constexpr std::string_view kTooLong = "quantities of more than 64 characters are not supported";
static constexpr std::string_view kTooLarge = "quantity is too large: it would be written back as another value";
static constexpr size_t kMaxLength = 64;
static constexpr int64_t kNano = -9;
static constexpr int64_t kMaxInt64Digits = 18;
static constexpr int64_t kMaxExponent = std::numeric_limits<int32_t>::max();

struct SuffixMeaning {
  std::string_view text;
  bool binary;
  int64_t exponent;
};
static constexpr std::array<SuffixMeaning, 16> kSuffixes = {{{"", false, 0},    {"m", false, -3},  {"k", false, 3},   {"M", false, 6},
                                                             {"G", false, 9},   {"Mi", true, 20},  {"Gi", true, 30},  {"Ki", true, 10},
                                                             {"Ti", true, 40},  {"Pi", true, 50},  {"Ei", true, 60},  {"n", false, -9},
                                                             {"u", false, -6},  {"T", false, 12},  {"P", false, 15},  {"E", false, 18}}};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads one text. Mirrors ParseQuantity: a fast path for what fits 64 bits, big decimals for the rest.
class QuantityParser {
 public:
  explicit QuantityParser(std::string_view text) : text_(text) {}

  std::optional<Quantity> run(std::string* error) {
    if (!split() || !read_suffix() || !(read_small() || read_wide())) {
      if (error) *error = failure_;
      return std::nullopt;
    }
    return std::move(result_);
  }

 private:
  bool fail(std::string_view text) {
    failure_ = text;
    return false;
  }
  char at(size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  std::string_view digits_from(size_t begin) const {
    size_t end = begin;
    while (is_digit(at(end))) ++end;
    return text_.substr(begin, end - begin);
  }

  // Sign, digits before and after the point, suffix.
  bool split() {
    if (text_.empty()) return fail(kBadFormat);
    if (text_.size() > kMaxLength) return fail(kTooLong);
    size_t at_byte = at(0) == '-' || at(0) == '+' ? 1 : 0;
    negative_ = at(0) == '-';
    while (at(at_byte) == '0') ++at_byte;
    whole_ = digits_from(at_byte);
    at_byte += whole_.size();
    if (whole_.empty()) whole_ = "0";
    if (at(at_byte) == '.') {
      fraction_ = digits_from(++at_byte);
      at_byte += fraction_.size();
    }
    has_digits_ = kDecimalDigits.first_in(text_) < at_byte;
    suffix_ = text_.substr(at_byte);
    return suffix_has_shape() || fail(kBadFormat);
  }

  bool suffix_has_shape() const {
    static constexpr CharSet kOfSuffixes("eEinumkKMGTP");
    size_t i = kOfSuffixes.first_not_in(suffix_);
    if (i < suffix_.size() && (suffix_[i] == '-' || suffix_[i] == '+')) ++i;
    while (i < suffix_.size() && is_digit(suffix_[i])) ++i;
    return i == suffix_.size();
  }

  bool read_suffix() {
    for (const SuffixMeaning& known : kSuffixes) {
      if (known.text != suffix_) continue;
      format_ = known.binary ? Quantity::Format::BinarySI : Quantity::Format::DecimalSI;
      exponent_ = known.exponent;
      return true;
    }
    format_ = Quantity::Format::DecimalExponent;
    if (suffix_.size() < 2 || (suffix_[0] != 'e' && suffix_[0] != 'E')) return fail(kBadSuffix);
    return read_exponent(suffix_.substr(1)) || fail(kBadSuffix);
  }

  // Go cuts the exponent to 32 bits and may never come back: refused here.
  bool read_exponent(std::string_view digits) {
    if (digits[0] == '+') digits.remove_prefix(1);
    if (digits.empty() || !is_digit(digits.back()) || digits[0] == '+') return false;
    const std::optional<int64_t> parsed = parse_int(digits);
    if (!parsed || *parsed > kMaxExponent || *parsed < -kMaxExponent) return false;
    exponent_ = *parsed;
    return true;
  }

  bool is_binary() const { return format_ == Quantity::Format::BinarySI; }

  // How many more digits 64 bits would hold; negative when Go does not even try.
  int64_t spare_digits() const {
    const auto digits = static_cast<int64_t>(whole_.size() + fraction_.size());
    if (!is_binary()) return kMaxInt64Digits - digits;
    return fraction_.empty() ? 15 - digits - exponent_ * 3 / 10 - 1 : -1;
  }

  bool read_small() {
    const int64_t scale = (is_binary() ? 0 : exponent_) - static_cast<int64_t>(fraction_.size());
    if (spare_digits() < 0 || scale < kNano) return false;
    int64_t written = 0;
    for (char digit : whole_) written = written * 10 + (digit - '0');
    for (char digit : fraction_) written = written * 10 + (digit - '0');
    const int64_t magnitude = is_binary() ? written << exponent_ : written;
    result_.small_ = negative_ ? -magnitude : magnitude;
    result_.scale_ = scale;
    result_.format_ = format_;
    if (is_binary() ? (written & 7) != 0 : keeps_text(scale)) result_.verbatim_ = text_;
    return true_size();
  }

  // The shape after which Go writes a decimal back as it came.
  bool keeps_text(int64_t scale) const {
    if (scale % 3 != 0 || whole_[0] == '0') return false;
    size_t zeros = 0;
    for (size_t i = fraction_.size(); zeros < 3 && i-- > 0 && fraction_[i] == '0';) ++zeros;
    if (zeros == fraction_.size())
      for (size_t i = whole_.size(); zeros < 3 && i-- > 0 && whole_[i] == '0';) ++zeros;
    return zeros < 3;
  }

  bool read_wide() {
    if (!failure_.empty()) return false;
    if (!has_digits_) return fail(kBadNumber);
    Decimal number{false, without_leading_zeros(cat(whole_, fraction_)), -static_cast<int64_t>(fraction_.size())};
    if (!is_binary()) number.scale += exponent_;
    else for (int64_t i = 0; i < exponent_; i += 10) multiply(number, 1024);
    round_away(number, kNano);
    result_.format_ = format_;
    if (is_binary()) settle_binary(number);
    number.negative = negative_ && !number.is_zero();
    result_.assign(std::move(number));
    result_.big_ = true;
    return true_size();
  }

  void settle_binary(Decimal& number) {
    static const Decimal kCap = Decimal::of(std::numeric_limits<int64_t>::max(), 0), kOne = Decimal::of(1, 0);
    if (isvcc::compare(number, kCap) > 0) {
      number = kCap;
      result_.capped_ = true;
    }
    if (!number.is_zero() && isvcc::compare(number, kOne) < 0) result_.format_ = Quantity::Format::DecimalSI;
  }

  // False where the canonical exponent has no suffix (Go would drop it) or leaves 32 bits (Go would wrap around).
  bool true_size() {
    if (result_.scale_ <= 0 && !result_.is_wide()) return true;
    Decimal number = result_.exact();
    strip_zeros(number);
    const bool decimal_exponent = result_.format_ == Quantity::Format::DecimalExponent;
    return number.scale < (decimal_exponent ? kMaxExponent + 1 : 21) || fail(kTooLarge);
  }

  std::string_view text_, whole_, fraction_, suffix_, failure_;
  bool negative_ = false, has_digits_ = false;
  int64_t exponent_ = 0;
  Quantity::Format format_ = Quantity::Format::DecimalSI;
  Quantity result_;
};

// Whole numbers of a few digits. A decimal one must not end in three zeros, a binary one must not be a multiple of 1024: those have a
// larger suffix.
bool Quantity::is_surely_kept(std::string_view text) {
  size_t digits = 0;
  uint32_t number = 0;
  while (digits < text.size() && digits < 6 && is_digit(text[digits])) number = number * 10 + static_cast<uint32_t>(text[digits++] - '0');
  const std::string_view suffix = text.substr(digits);
  if (digits == 0 || text[0] == '0') return false;
  if (suffix == "Ki" || suffix == "Mi" || suffix == "Gi") return digits <= 5 && number % 1024 != 0;
  return number % 1000 != 0 && (suffix.empty() || suffix == "m" || suffix == "k" || suffix == "M" || suffix == "G");
}

std::optional<Quantity> Quantity::parse(std::string_view text, std::string* error) { return QuantityParser(text).run(error); }

// Blanks that Go cuts and JSON carries unescaped.
static std::string_view without_blanks(std::string_view text) {
  static constexpr std::array<std::string_view, 18> kBlanks = {
      " ",            "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
      "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87",
      "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};
  auto is_mark = [](char c) { return c > ' ' && c < '\x7F'; };
  for (bool again = text.empty() || !is_mark(text.front()) || !is_mark(text.back()); again;) {
    again = false;
    for (std::string_view blank : kBlanks) {
      if (starts_with(text, blank)) text.remove_prefix(blank.size()), again = true;
      if (!text.empty() && ends_with(text, blank)) text.remove_suffix(blank.size()), again = true;
    }
  }
  return text;
}

std::optional<Quantity> Quantity::parse(View value, std::string* error) {
  if (value.is_null()) return Quantity();
  if (value.is_number()) return parse(number_text(*value.node()), error);
  if (value.is_text()) return parse(without_blanks(value.text()), error);
  if (error) *error = kBadFormat;
  return std::nullopt;
}

}  // namespace isvcc

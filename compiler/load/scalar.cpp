#include "load/scalar.h"

#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>

#include "base/char_set.h"
#include "base/text.h"
#include "load/base64.h"
#include "load/encoding.h"
#include "load/timestamp.h"

namespace isvcc {

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static Node null_node() { return Node(); }

static Node bool_node(bool value) {
  Node node;
  node.kind = Kind::Bool;
  node.b = value;
  return node;
}

static Node int_node(int64_t value) {
  Node node;
  node.kind = Kind::Int;
  node.i = value;
  return node;
}

static Node uint_node(uint64_t value) {
  Node node;
  node.kind = Kind::Uint;
  node.u = value;
  return node;
}

static Node float_node(double value) {
  Node node;
  node.kind = Kind::Float;
  node.d = value;
  return node;
}

static Node text_node(std::string_view value) {
  Node node;
  node.kind = Kind::String;
  node.text = value.data();
  node.size = static_cast<uint32_t>(value.size());
  return node;
}

Tag tag_of_uri(std::string_view uri) {
  static constexpr std::string_view kPrefix = "tag:yaml.org,2002:";
  static constexpr std::pair<std::string_view, Tag> kTags[] = {
      {"str", Tag::Str},   {"bool", Tag::Bool},     {"int", Tag::Int},         {"float", Tag::Float},       {"null", Tag::Null},
      {"timestamp", Tag::Timestamp}, {"binary", Tag::Binary}, {"merge", Tag::Merge},     {"map", Tag::Collection},    {"seq", Tag::Collection},
      {"set", Tag::Collection}, {"omap", Tag::Collection}, {"pairs", Tag::Collection}};
  if (uri.empty()) return Tag::None;
  if (uri == "!") return Tag::NonSpecific;
  if (!starts_with(uri, kPrefix)) return Tag::Unknown;
  for (const auto& [name, tag] : kTags)
    if (uri.substr(kPrefix.size()) == name) return tag;
  return Tag::Unknown;
}

// Words with a meaning, by their exact spelling.
struct Word {
  std::string_view text;
  enum { True, False, Null, Inf, MinusInf, Nan } meaning;
};
static constexpr Word kWords[] = {
    {"y", Word::True},      {"Y", Word::True},      {"yes", Word::True},    {"Yes", Word::True},    {"YES", Word::True},   {"true", Word::True},
    {"True", Word::True},   {"TRUE", Word::True},   {"on", Word::True},     {"On", Word::True},     {"ON", Word::True},    {"n", Word::False},
    {"N", Word::False},     {"no", Word::False},    {"No", Word::False},    {"NO", Word::False},    {"false", Word::False}, {"False", Word::False},
    {"FALSE", Word::False}, {"off", Word::False},   {"Off", Word::False},   {"OFF", Word::False},   {"~", Word::Null},     {"null", Word::Null},
    {"Null", Word::Null},   {"NULL", Word::Null},   {".nan", Word::Nan},    {".NaN", Word::Nan},    {".NAN", Word::Nan},   {".inf", Word::Inf},
    {".Inf", Word::Inf},    {".INF", Word::Inf},    {"+.inf", Word::Inf},   {"+.Inf", Word::Inf},   {"+.INF", Word::Inf},  {"-.inf", Word::MinusInf},
    {"-.Inf", Word::MinusInf}, {"-.INF", Word::MinusInf}};

static Node word_node(const Word& word) {
  switch (word.meaning) {
    case Word::True: return bool_node(true);
    case Word::False: return bool_node(false);
    case Word::Null: return null_node();
    case Word::Inf: return float_node(std::numeric_limits<double>::infinity());
    case Word::MinusInf: return float_node(-std::numeric_limits<double>::infinity());
    case Word::Nan: break;
  }
  return float_node(std::numeric_limits<double>::quiet_NaN());
}

// Up to five bytes as one number.
static constexpr uint64_t packed(std::string_view text) {
  uint64_t value = text.size();
  for (char c : text) value = (value << 8) | static_cast<unsigned char>(c);
  return value;
}

static constexpr size_t kLongestWord = 5, kWordCount = std::size(kWords);
static constexpr std::array<uint64_t, kWordCount> packed_words() {
  std::array<uint64_t, kWordCount> all{};
  for (size_t i = 0; i < all.size(); ++i) all[i] = packed(kWords[i].text);
  return all;
}
static constexpr auto kPackedWords = packed_words();

// Where each word is by its number, and at the next free places: many short texts are asked for, few are words.
static constexpr size_t kWordSlots = 128;
static constexpr size_t slot_of(uint64_t packed) { return static_cast<size_t>((packed * 0x9E3779B97F4A7C15u) >> 57); }
static constexpr std::array<uint8_t, kWordSlots> word_slots() {
  std::array<uint8_t, kWordSlots> slots{};  // 0: free
  for (size_t i = 0; i < kWordCount; ++i) {
    size_t at = slot_of(kPackedWords[i]);
    while (slots[at]) at = (at + 1) % kWordSlots;
    slots[at] = static_cast<uint8_t>(i + 1);
  }
  return slots;
}
static constexpr auto kWordPlaces = word_slots();

static const Word* find_word(std::string_view text) {
  if (text.size() > kLongestWord) return nullptr;
  const uint64_t wanted = packed(text);
  for (size_t at = slot_of(wanted); kWordPlaces[at]; at = (at + 1) % kWordSlots)
    if (kPackedWords[kWordPlaces[at] - 1] == wanted) return &kWords[kWordPlaces[at] - 1];
  return nullptr;
}

// ---- numbers

// The power of ten of the leading digit of a well-formed decimal: tells too large from too small.
static bool is_tiny(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  const size_t e = text.find_first_of("eE");
  const std::string_view mantissa = text.substr(0, e);
  const size_t lead = mantissa.find_first_of("123456789");
  if (lead == std::string_view::npos) return true;
  const size_t dot = std::min(mantissa.find('.'), mantissa.size());
  int64_t power = lead < dot ? static_cast<int64_t>(dot - lead) - 1 : -static_cast<int64_t>(lead - dot);
  if (e != std::string_view::npos) {
    std::string_view digits = text.substr(e + 1);
    const bool minus = digits[0] == '-';
    if (minus || digits[0] == '+') digits.remove_prefix(1);
    const size_t first = digits.find_first_not_of('0');
    digits = first == std::string_view::npos ? std::string_view("0") : digits.substr(first);
    const int64_t exponent = digits.size() > 12 ? 1'000'000'000'000 : parse_int(digits).value_or(0);
    power += minus ? -exponent : exponent;
  }
  return power < 0;
}

std::optional<double> parse_go_float(std::string_view text) {
  const std::string_view unsigned_text = !text.empty() && text[0] == '+' ? text.substr(1) : text;
  if (unsigned_text.empty() || (unsigned_text.size() < text.size() && unsigned_text[0] == '-')) return std::nullopt;
  static constexpr CharSet kOfFloats("0123456789.eE+-");
  if (!kOfFloats.covers(unsigned_text)) return std::nullopt;
  double value = 0;
  const char* const last = unsigned_text.data() + unsigned_text.size();
  const auto [end, error] = std::from_chars(unsigned_text.data(), last, value);
  if (error == std::errc::invalid_argument || end != last) return std::nullopt;
  if (error == std::errc() && !std::isinf(value)) return value;
  if (!is_tiny(unsigned_text)) return std::nullopt;
  return unsigned_text[0] == '-' ? -0.0 : 0.0;
}

// Go's base 0 after the sign: 0x, 0o, 0b, a leading zero for octal, else decimal.
static std::pair<int, std::string_view> base_of(std::string_view digits) {
  if (digits.empty() || digits[0] != '0') return {10, digits};
  const char mark = digits.size() >= 3 ? static_cast<char>(digits[1] | 0x20) : '\0';
  if (mark == 'x') return {16, digits.substr(2)};
  if (mark == 'o') return {8, digits.substr(2)};
  if (mark == 'b') return {2, digits.substr(2)};
  return {8, digits};
}

// Mirrors strconv.ParseInt and, above INT64_MAX and without a sign, strconv.ParseUint. `sign_character`: '-', '+' or anything else.
static std::optional<Node> digits_node(std::string_view digits, int base, char sign_character) {
  const bool minus = sign_character == '-', sign = minus || sign_character == '+';
  uint64_t value = 0;
  const char* const last = digits.data() + digits.size();
  const auto [end, error] = std::from_chars(digits.data(), last, value, base);
  if (error != std::errc() || end != last) return std::nullopt;
  constexpr uint64_t kLimit = uint64_t{1} << 63;
  if (minus) return value <= kLimit ? std::optional(int_node(static_cast<int64_t>(~value + 1))) : std::nullopt;
  if (value < kLimit) return int_node(static_cast<int64_t>(value));
  return sign ? std::nullopt : std::optional(uint_node(value));
}

// With base 0; go-yaml reads a sign behind 0b as well.
static std::optional<Node> integer_node(std::string_view text) {
  const bool sign = text[0] == '-' || text[0] == '+';
  if (text.size() >= 4 && starts_with(text, "0b") && (text[2] == '-' || text[2] == '+')) return digits_node(text.substr(3), 2, text[2]);
  const auto [base, digits] = base_of(sign ? text.substr(1) : text);
  return digits_node(digits, base, text[0]);
}

// [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
static bool looks_like_float(std::string_view text) {
  size_t i = text[0] == '-' || text[0] == '+' ? 1 : 0;
  auto digits = [&] {
    const size_t begin = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    return i - begin;
  };
  const size_t whole = digits();
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (digits() == 0 && whole == 0) return false;
  } else if (whole == 0) {
    return false;
  }
  if (i == text.size()) return true;
  if (text[i] != 'e' && text[i] != 'E') return false;
  ++i;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
  return digits() > 0 && i == text.size();
}

static Node number_or_text(std::string_view compact, std::string_view original) {
  if (std::optional<Node> integer = integer_node(compact)) return *integer;
  if (!looks_like_float(compact)) return text_node(original);
  const std::optional<double> value = parse_go_float(compact);
  return value ? float_node(*value) : text_node(original);
}

static std::string without_underscores(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (char c : text)
    if (c != '_') out.push_back(c);
  return out;
}

// Text that starts with a digit or a sign. Underscores count for nothing, wherever they are.
static Node signed_or_digit(std::string_view text) {
  // Anything that is a number consists of these; a cheap way out for dates, versions and names.
  static constexpr CharSet kOfNumbers("0123456789abcdefABCDEFxXoO_+-.");
  if (!kOfNumbers.covers(text)) return text_node(text);
  if (!contains(text, "_")) return number_or_text(text, text);
  return number_or_text(without_underscores(text), text);
}

// Text that starts with a dot. Here an underscore must stand between two digits.
static Node dotted(std::string_view text) {
  for (size_t i = text.find('_'); i != std::string_view::npos; i = text.find('_', i + 1))
    if (i + 1 == text.size() || !is_digit(text[i - 1]) || !is_digit(text[i + 1])) return text_node(text);
  const std::string compact = without_underscores(text);
  if (!looks_like_float(compact)) return text_node(text);
  const std::optional<double> value = parse_go_float(compact);
  return value ? float_node(*value) : text_node(text);
}

namespace {
enum class Hint : uint8_t { Text, Word, Number, Dot };

constexpr std::array<Hint, 256> make_hints() {
  std::array<Hint, 256> hints{};
  for (char c : std::string_view("yYnNtTfFoO~")) hints[static_cast<unsigned char>(c)] = Hint::Word;
  for (char c : std::string_view("0123456789+-")) hints[static_cast<unsigned char>(c)] = Hint::Number;
  hints[static_cast<unsigned char>('.')] = Hint::Dot;
  return hints;
}
constexpr std::array<Hint, 256> kHints = make_hints();

constexpr bool hints_agree_with_the_header() {
  for (size_t c = 0; c < kHints.size(); ++c)
    if (kMayBeginOthers.has(static_cast<char>(c)) != (kHints[c] != Hint::Text)) return false;
  return true;
}
static_assert(hints_agree_with_the_header());
}  // namespace

Node resolve_plain(std::string_view text) {
  if (text.empty()) return null_node();
  const Hint hint = kHints[static_cast<unsigned char>(text[0])];
  if (hint == Hint::Text) return text_node(text);
  if (const Word* word = find_word(text)) return word_node(*word);
  if (hint == Hint::Number) return signed_or_digit(text);
  return hint == Hint::Dot ? dotted(text) : text_node(text);
}

// ---- tags

static Node binary_node(std::string_view bytes, Arena& arena) { return text_node(arena.copy(replace_invalid_utf8(bytes))); }

std::optional<Node> resolve_tagged(Tag tag, std::string_view text, Arena& arena) {
  if (tag == Tag::Str) return text_node(text);
  if (tag == Tag::Binary) {
    const std::optional<std::string> bytes = decode_base64(text);
    return bytes ? std::optional(binary_node(*bytes, arena)) : std::nullopt;
  }
  if (tag == Tag::Merge) return text == "<<" ? std::optional(text_node(text)) : std::nullopt;
  if (tag == Tag::Timestamp) return is_timestamp(text) ? std::optional(text_node(text)) : std::nullopt;
  const Node value = resolve_plain(text);
  switch (tag) {
    case Tag::Null: return value.kind == Kind::Null ? std::optional(value) : std::nullopt;
    case Tag::Bool: return value.kind == Kind::Bool ? std::optional(value) : std::nullopt;
    case Tag::Int: return value.kind == Kind::Int || value.kind == Kind::Uint ? std::optional(value) : std::nullopt;
    case Tag::Float:
      if (value.kind == Kind::Int) return float_node(static_cast<double>(value.i));
      return value.kind == Kind::Float ? std::optional(value) : std::nullopt;
    default: return std::nullopt;
  }
}

// ---- keys

// Mirrors strconv.FormatFloat(value, 'g', -1, 32): the shortest digits, with an exponent below 1e-4 and from 1e6 on.
static std::string float_key(double value) {
  const auto narrow = static_cast<float>(value);
  if (std::isnan(narrow)) return ".nan";
  if (std::isinf(narrow)) return narrow > 0 ? ".inf" : "-.inf";
  char buffer[64];
  const char* end = std::to_chars(buffer, buffer + sizeof buffer, narrow, std::chars_format::scientific).ptr;
  const std::string_view scientific(buffer, static_cast<size_t>(end - buffer));
  std::string_view power = scientific.substr(scientific.find('e') + 1);
  if (power[0] == '+') power.remove_prefix(1);
  const int64_t exponent = parse_int(power).value_or(0);
  if (exponent < -4 || exponent >= 6) return std::string(scientific);
  end = std::to_chars(buffer, buffer + sizeof buffer, narrow, std::chars_format::fixed).ptr;
  return std::string(buffer, static_cast<size_t>(end - buffer));
}

std::optional<std::string_view> key_text(const Node& scalar, Arena& arena) {
  switch (scalar.kind) {
    case Kind::String: return std::string_view(scalar.text, scalar.size);
    case Kind::Bool: return scalar.b ? "true" : "false";
    case Kind::Int: return arena.copy(cat(scalar.i));
    case Kind::Float: return arena.copy(float_key(scalar.d));
    default: return std::nullopt;
  }
}

// ---- what other readers think

// A number of the YAML 1.2 core schema, leaving .inf and .nan aside.
static bool is_core12_number(std::string_view text) {
  if (looks_like_float(text)) return true;
  if (text.size() < 3 || text[0] != '0' || (text[1] != 'o' && text[1] != 'x')) return false;
  const std::string_view digits = text[1] == 'o' ? "01234567" : "0123456789abcdefABCDEF";
  return text.find_first_not_of(digits, 2) == std::string_view::npos;
}

bool is_ambiguous(std::string_view plain, const Node& value) {
  switch (value.kind) {
    case Kind::Null: return false;
    case Kind::Bool: return plain.size() < 4 || (plain[0] | 0x20) == 'y';
    case Kind::Float: return std::isfinite(value.d) && !is_core12_number(plain);
    case Kind::Int:
    case Kind::Uint: return !is_core12_number(plain);
    default: return kHints[static_cast<unsigned char>(plain[0])] != Hint::Text && is_core12_number(plain);
  }
}

}  // namespace isvcc

#include "load/encoding.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {

namespace {
struct Decoded {
  uint32_t code_point = 0;
  size_t length = 0;  // 0: not UTF-8
};
}  // namespace

static Decoded decode(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const uint32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return {};
  uint32_t value = first & (0x7Fu >> length);
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  constexpr uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kSmallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, length};
}

static bool is_printable(uint32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  if (c < 0x7F) return true;
  return c == 0x85 || (c >= 0xA0 && c != 0xFFFE && c != 0xFFFF);
}

static std::string hex(uint32_t value, size_t digits) {
  std::string out(digits, '0');
  for (size_t i = digits; i-- > 0; value >>= 4) out[i] = "0123456789ABCDEF"[value & 0xF];
  return out;
}

static BadByte not_utf8(std::string_view text, size_t offset) {
  return {offset, cat("invalid UTF-8 (byte 0x", hex(static_cast<unsigned char>(text[offset]), 2), ")")};
}

// One block at a time without a branch per byte, so that the compiler can use vector instructions.
static constexpr size_t kBlock = 64;

static bool is_plain_block(const char* block) {
  unsigned char bad = 0;
  for (size_t i = 0; i < kBlock; ++i) {
    const auto c = static_cast<unsigned char>(block[i]);
    const unsigned char blank = static_cast<unsigned char>(c == '\t') | static_cast<unsigned char>(c == '\n') | static_cast<unsigned char>(c == '\r');
    const unsigned char text = static_cast<unsigned char>(static_cast<unsigned char>(c - 0x20) < 0x7F - 0x20);
    bad = static_cast<unsigned char>(bad | ((blank | text) ^ 1));
  }
  return bad == 0;
}

template <class Accept>
static TextScan scan(std::string_view text, Accept accept) {
  TextScan result;
  for (size_t i = 0; i < text.size();) {
    if (i + kBlock <= text.size() && is_plain_block(text.data() + i)) {
      i += kBlock;
      continue;
    }
    const size_t end = std::min(i + kBlock, text.size());
    while (i < end) {
      const Decoded c = decode(text.substr(i));
      if (c.length == 0) result.bad = not_utf8(text, i);
      else if (!accept(c.code_point)) result.bad = BadByte{i, cat("the control character U+", hex(c.code_point, 4))};
      if (c.length != 1) result.ascii = false;
      if (result.bad) return result;
      i += c.length;
    }
  }
  return result;
}

TextScan scan_yaml_text(std::string_view text) { return scan(text, is_printable); }

TextScan scan_utf8(std::string_view text) {
  return scan(text, [](uint32_t) { return true; });
}

bool is_utf16(std::string_view bytes) { return starts_with(bytes, "\xFF\xFE") || starts_with(bytes, "\xFE\xFF"); }

std::optional<std::string> utf8_from_utf16(std::string_view bytes, BadByte& problem) {
  const size_t low = bytes[0] == '\xFF' ? 0 : 1;
  const auto unit = [&](size_t i) -> uint32_t {
    return static_cast<unsigned char>(bytes[i + low]) | (static_cast<uint32_t>(static_cast<unsigned char>(bytes[i + 1 - low])) << 8);
  };
  std::string out;
  for (size_t i = 2; i < bytes.size(); i += 2) {
    problem = {i, "malformed UTF-16"};
    if (i + 2 > bytes.size()) return std::nullopt;
    uint32_t c = unit(i);
    if (c >= 0xDC00 && c <= 0xDFFF) return std::nullopt;
    if (c >= 0xD800 && c <= 0xDBFF) {
      if (i + 4 > bytes.size() || unit(i + 2) < 0xDC00 || unit(i + 2) > 0xDFFF) return std::nullopt;
      c = 0x10000 + ((c & 0x3FF) << 10) + (unit(i + 2) & 0x3FF);
      i += 2;
    }
    append_utf8(out, c);
  }
  return out;
}

std::string replace_invalid_utf8(std::string_view bytes) {
  std::string out;
  for (size_t i = 0; i < bytes.size();) {
    const size_t length = decode(bytes.substr(i)).length;
    if (length == 0) out += "\xEF\xBF\xBD";
    else out += bytes.substr(i, length);
    i += length == 0 ? 1 : length;
  }
  return out;
}

void append_utf8(std::string& out, uint32_t c) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) return void(out += static_cast<char>(c));
  if (c < 0x800) out += static_cast<char>(0xC0 | (c >> 6));
  else if (c < 0x10000) out += static_cast<char>(0xE0 | (c >> 12)), tail(6);
  else out += static_cast<char>(0xF0 | (c >> 18)), tail(12), tail(6);
  tail(0);
}

}  // namespace isvcc

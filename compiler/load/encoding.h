#pragma once
// Bytes of a file → UTF-8 text that a YAML 1.1 stream may consist of. Says what is wrong and where; repairs nothing.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace isvcc {

struct BadByte {
  size_t offset = 0;
  std::string problem;  // "invalid UTF-8 (byte 0xff)", "the control character U+0001"
};

struct TextScan {
  std::optional<BadByte> bad;
  bool ascii = true;
};

// Looks for the first byte that is not UTF-8 or encodes a character that YAML 1.1 does not print: everything below U+0020 but tab
// and line ends, DEL, U+0080–U+009F but NEL, surrogates, U+FFFE, U+FFFF. Mirrors the reader of go-yaml v2.
TextScan scan_yaml_text(std::string_view text);

// Looks for the first byte that is not UTF-8; control characters are JSON's own business.
TextScan scan_utf8(std::string_view text);

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// True when the text starts with the byte order mark of UTF-16.
bool is_utf16(std::string_view bytes);
// The text of a UTF-16 file with a byte order mark; nothing, and `problem`, when it is malformed.
std::optional<std::string> utf8_from_utf16(std::string_view bytes, BadByte& problem);

// Every byte that is not part of well-formed UTF-8 becomes U+FFFD, as Go's encoding/json does.
std::string replace_invalid_utf8(std::string_view bytes);

void append_utf8(std::string& out, uint32_t code_point);

}  // namespace isvcc

#include "inject/secret.h"

#include <array>

namespace isvcc {

static constexpr std::array<int8_t, 256> base64_values() {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::array<int8_t, 256> values{};
  for (int8_t& value : values) value = -1;
  for (size_t i = 0; i < kDigits.size(); ++i) values[static_cast<unsigned char>(kDigits[i])] = static_cast<int8_t>(i);
  return values;
}

// Line breaks do not count, as in Go.
static std::string decode_base64(std::string_view text) {
  static constexpr std::array<int8_t, 256> kValues = base64_values();
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    if (c == '=') break;
    const int8_t value = kValues[static_cast<unsigned char>(c)];
    if (value < 0) return {};
    bits = bits << 6 | static_cast<uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  return out;
}

View Secret::entry(std::string_view key) const {
  const View plain = object_->view()["stringData"][key];
  return plain ? plain : object_->view()["data"][key];
}

std::optional<std::string> Secret::value(std::string_view key) const {
  const View plain = object_->view()["stringData"][key];
  if (plain) return std::string(plain.text());
  const View encoded = object_->view()["data"][key];
  if (encoded) return decode_base64(encoded.text());
  return std::nullopt;
}

}  // namespace isvcc

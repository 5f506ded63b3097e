#pragma once
// Numbers and texts as bytes and back. Reading never leaves the bytes: whatever a damaged file holds, it ends with ok() == false.
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/checksum.h"
#include "base/sha256.h"

namespace isvcc {

class ByteWriter {
 public:
  template <class Number>
  ByteWriter& number(Number value) {
    static_assert(std::is_integral_v<Number> || std::is_enum_v<Number>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    return *this;
  }
  ByteWriter& text(std::string_view value) {
    number(static_cast<uint32_t>(value.size()));
    bytes_.append(value);
    return *this;
  }
  ByteWriter& digest(const Digest& value) {
    bytes_.append(value.view());
    return *this;
  }
  ByteWriter& checksum(const Checksum& value) { return number(value.low).number(value.high); }
  ByteWriter& raw(std::string_view value) {
    bytes_.append(value);
    return *this;
  }
  // Room for so many bytes.
  ByteWriter& reserve(size_t size) {
    bytes_.reserve(size);
    return *this;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && rest_.empty(); }

  template <class Number>
  Number number() {
    Number value{};
    if (const std::string_view from = take(sizeof value); !from.empty()) std::memcpy(&value, from.data(), sizeof value);
    return value;
  }
  bool flag() { return number<uint8_t>() == 1; }
  // Points into the bytes.
  std::string_view text() { return take(number<uint32_t>()); }
  Digest digest() {
    Digest value;
    if (const std::string_view from = take(value.bytes.size()); !from.empty()) std::memcpy(value.bytes.data(), from.data(), from.size());
    return value;
  }
  Checksum checksum() {
    const auto low = number<uint64_t>();
    return {low, number<uint64_t>()};
  }
  // How many things follow, each of at least `smallest` bytes: never more than there can be.
  uint32_t count(size_t smallest) {
    const auto count = number<uint32_t>();
    if (uint64_t{count} * smallest > rest_.size()) ok_ = false;
    return ok_ ? count : 0;
  }
  // What is left.
  std::string_view rest() const { return rest_; }
  // An enumerator below `end`.
  template <class Enum>
  Enum choice(size_t end) {
    const auto value = number<uint16_t>();
    if (value >= end) ok_ = false;
    return static_cast<Enum>(ok_ ? value : 0);
  }

 private:
  std::string_view take(size_t size) {
    if (!ok_ || size > rest_.size()) {
      ok_ = false;
      return {};
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace isvcc

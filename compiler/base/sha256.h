#pragma once
// SHA-256 of a text that comes in pieces. For what must not collide: owned files, cache keys.
#include <array>
#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

namespace isvcc {

struct Digest {
  std::array<unsigned char, 32> bytes{};
  auto operator<=>(const Digest&) const = default;

  std::string hex() const;
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
};

class Sha256 {
 public:
  Sha256();
  void add(std::string_view piece);
  // Ends the hash: call it once.
  Digest digest();

 private:
  alignas(8) unsigned char state_[128];  // of OpenSSL, whose header stays in the .cpp
};

Digest sha256(std::string_view text);

// Whether this is what hex() gives.
bool is_digest_hex(std::string_view text);

}  // namespace isvcc

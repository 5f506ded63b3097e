#pragma once
// SHA-256 of a text that comes in pieces. For what must not collide: owned files, cache keys.
#include <cstddef>
#include <string>
#include <string_view>

namespace isvcc {

class Sha256 {
 public:
  Sha256();
  void add(std::string_view piece);
  // Lower-case hex, 64 digits. Ends the hash: call it once.
  std::string hex();

 private:
  alignas(8) unsigned char state_[128];  // of OpenSSL, whose header stays in the .cpp
};

}  // namespace isvcc

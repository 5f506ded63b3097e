// The plain functions: the EVP interface looks its algorithm up anew for every text, which costs more than hashing a small file.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/sha256.h"

#include <openssl/sha.h>

#include <new>

#include "base/char_set.h"

namespace isvcc {

Sha256::Sha256() {
  static_assert(sizeof(SHA256_CTX) <= sizeof state_ && alignof(SHA256_CTX) <= 8);
  SHA256_Init(new (state_) SHA256_CTX);
}

void Sha256::add(std::string_view piece) { SHA256_Update(std::launder(reinterpret_cast<SHA256_CTX*>(state_)), piece.data(), piece.size()); }

Digest Sha256::digest() {
  Digest out;
  static_assert(sizeof out.bytes == SHA256_DIGEST_LENGTH);
  SHA256_Final(out.bytes.data(), std::launder(reinterpret_cast<SHA256_CTX*>(state_)));
  return out;
}

Digest sha256(std::string_view text) {
  Sha256 hash;
  hash.add(text);
  return hash.digest();
}

std::string Digest::hex() const {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  out.reserve(2 * bytes.size());
  for (unsigned char byte : bytes) {
    out += kHex[byte >> 4];
    out += kHex[byte & 0xF];
  }
  return out;
}

bool is_digest_hex(std::string_view text) { return text.size() == 2 * sizeof(Digest::bytes) && kHexDigits.covers(text); }

}  // namespace isvcc

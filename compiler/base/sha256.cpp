// The plain functions: the EVP interface looks its algorithm up anew for every text, which costs more than hashing a small file.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/sha256.h"

#include <openssl/sha.h>

#include <new>

namespace isvcc {

Sha256::Sha256() {
  static_assert(sizeof(SHA256_CTX) <= sizeof state_ && alignof(SHA256_CTX) <= 8);
  SHA256_Init(new (state_) SHA256_CTX);
}

void Sha256::add(std::string_view piece) { SHA256_Update(std::launder(reinterpret_cast<SHA256_CTX*>(state_)), piece.data(), piece.size()); }

std::string Sha256::hex() {
  static constexpr char kHex[] = "0123456789abcdef";
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256_Final(digest, std::launder(reinterpret_cast<SHA256_CTX*>(state_)));
  std::string out;
  out.reserve(2 * sizeof digest);
  for (unsigned char byte : digest) {
    out += kHex[byte >> 4];
    out += kHex[byte & 0xF];
  }
  return out;
}

}  // namespace isvcc

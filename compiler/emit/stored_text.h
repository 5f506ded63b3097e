#pragma once
// A text that may lie elsewhere until somebody asks for it, with a digest that tells it from others.
#include <string_view>

#include "base/sha256.h"

namespace isvcc {

class StoredText {
 public:
  virtual ~StoredText() = default;
  // Empty when it could not be fetched: its owner knows. Asked by one thread at a time.
  virtual std::string_view text() const = 0;

  size_t size() const { return size_; }
  const Digest& digest() const { return digest_; }

 protected:
  StoredText(size_t size, const Digest& digest) : size_(size), digest_(digest) {}

 private:
  size_t size_;
  Digest digest_;
};

}  // namespace isvcc

#pragma once
// What a file is to hold: a text of its own, or pieces, most of which somebody else keeps. Large outputs are never put together in memory.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emit/stored_text.h"

namespace isvcc {

class OutputText {
 public:
  OutputText(std::string own = {}) : own_(std::move(own)) {}  // NOLINT: conversion is the point
  OutputText(const char* own) : own_(own) {}                  // NOLINT

  void expect(size_t pieces) { pieces_.reserve(pieces); }
  // Adds a piece that its owner keeps longer than this. A text has either pieces or a text of its own.
  void borrow(std::string_view piece) { add({piece, nullptr}); }
  void borrow(const StoredText& piece) { add({{}, &piece}); }
  // Adds a piece and keeps it.
  void keep(std::string piece) { borrow(*kept_.emplace_back(std::make_shared<const std::string>(std::move(piece)))); }

  // The pieces in order.
  template <class Visit>
  void each(Visit visit) const {
    if (!own_.empty()) visit(std::string_view(own_));
    for (const Piece& piece : pieces_) visit(piece.stored ? piece.stored->text() : piece.text);
  }

  // Consists of stored pieces and what stands between them.
  bool is_stored() const {
    return own_.empty() && !pieces_.empty() && std::count_if(pieces_.begin(), pieces_.end(), [](const Piece& p) { return p.stored; }) * 2 == static_cast<ptrdiff_t>(pieces_.size()) + 1;
  }
  template <class Visit>
  void each_stored(Visit visit) const {
    for (const Piece& piece : pieces_)
      if (piece.stored) visit(*piece.stored);
  }

  size_t size() const {
    size_t sum = own_.size();
    for (const Piece& piece : pieces_) sum += piece.stored ? piece.stored->size() : piece.text.size();
    return sum;
  }

  Digest digest() const {
    Sha256 hash;
    each([&](std::string_view piece) { hash.add(piece); });
    return hash.digest();
  }

  // Equal for equal texts made of the same pieces, and told without the texts of stored ones. Computed once: a text belongs to one thread
  // at a time.
  const Digest& key() const {
    if (!key_) key_ = computed_key();
    return *key_;
  }

  std::string text() const {
    std::string all;
    each([&](std::string_view piece) { all += piece; });
    return all;
  }

  bool operator==(std::string_view other) const {
    bool same = size() == other.size();
    if (!same) return false;
    each([&](std::string_view piece) {
      if (same) same = other.substr(0, piece.size()) == piece;
      if (same) other.remove_prefix(piece.size());
    });
    return same;
  }

 private:
  struct Piece {
    std::string_view text;
    const StoredText* stored;
  };
  void add(const Piece& piece) {
    pieces_.push_back(piece);
    key_.reset();
  }
  Digest computed_key() const {
    Sha256 hash;
    if (!own_.empty()) hash.add(sha256(own_).view());
    for (const Piece& piece : pieces_) hash.add(piece.stored ? piece.stored->digest().view() : sha256(piece.text).view());
    return hash.digest();
  }

  std::string own_;
  mutable std::optional<Digest> key_;
  std::vector<Piece> pieces_;
  std::vector<std::shared_ptr<const std::string>> kept_;  // pieces of our own: a copy has the same ones
};

}  // namespace isvcc

#pragma once
// What a file is to hold: a text of its own, or pieces that somebody else keeps. Large outputs are never put together in memory.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"

namespace isvcc {

class OutputText {
 public:
  OutputText(std::string own = {}) : own_(std::move(own)) {}  // NOLINT: conversion is the point
  OutputText(const char* own) : own_(own) {}                  // NOLINT

  // Adds a piece that its owner keeps longer than this. A text has either pieces or a text of its own.
  void borrow(std::string_view piece) {
    if (!piece.empty()) pieces_.push_back(piece);
  }

  // The pieces in order; none is empty.
  template <class Visit>
  void each(Visit visit) const {
    if (!own_.empty()) visit(std::string_view(own_));
    for (std::string_view piece : pieces_) visit(piece);
  }

  size_t size() const {
    size_t sum = 0;
    each([&](std::string_view piece) { sum += piece.size(); });
    return sum;
  }

  std::string sha256() const {
    Sha256 hash;
    each([&](std::string_view piece) { hash.add(piece); });
    return hash.hex();
  }

  std::string text() const {
    std::string all;
    each([&](std::string_view piece) { all += piece; });
    return all;
  }

  bool operator==(std::string_view other) const {
    bool same = size() == other.size();
    each([&](std::string_view piece) {
      if (same) same = other.substr(0, piece.size()) == piece;
      if (same) other.remove_prefix(piece.size());
    });
    return same;
  }

 private:
  std::string own_;
  std::vector<std::string_view> pieces_;
};

}  // namespace isvcc

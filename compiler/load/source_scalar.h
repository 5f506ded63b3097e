#pragma once
// Quoted and block scalars, decoded straight from the source exactly as libyaml decodes them. For readers that find the scalar
// themselves. Line ends are LF and CRLF; callers refuse or leave alone texts with others.
#include <string>
#include <string_view>

#include "load/tree_builder.h"

namespace isvcc {

struct SourceScalar {
  std::string text;
  size_t end = 0;  // behind the closing quote; behind the last character of a block scalar that is not blank
};

// The quoted scalar that starts at `begin` with ' or ". False with a problem when it is malformed or does not end before `limit`.
bool decode_quoted(std::string_view source, size_t begin, size_t limit, SourceScalar& out, Problem& problem);

// The block scalar that starts at `begin` with | or >, inside a collection at column `parent_indent` (-1: none).
// `next` is where reading goes on: at the first line that does not belong to the scalar.
bool decode_block(std::string_view source, size_t begin, size_t limit, int parent_indent, SourceScalar& out, size_t& next, Problem& problem);

}  // namespace isvcc

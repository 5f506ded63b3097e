#pragma once
// Text inside HTML: everything that could become markup, end an attribute or deceive a reader is escaped. Builds no pages.
#include <string>
#include <string_view>

namespace isvcc {

// For element content and quoted attributes. Invalid UTF-8 and characters that hide or reorder text become visible escapes.
std::string html_text(std::string_view text);

}  // namespace isvcc

#pragma once
// Manual pages in troff, made from the table of commands and options. Prints text only.
#include <string>
#include <string_view>

namespace isvcc {

// isvcc(1): what it is, its commands, exit codes, environment.
std::string manual_page(std::string_view version);
// isvcc-VERB(1); empty for an unknown verb.
std::string manual_page_of(std::string_view verb, std::string_view version);

}  // namespace isvcc

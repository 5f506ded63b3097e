#pragma once
// Escaping of text for HTML, JavaScript and URLs as Go's template packages do it.
#include <string>
#include <string_view>

namespace isvcc::gotemplate {

// text/template's html function.
std::string escape_html(std::string_view text);
// What html/template does to every value in plain text: also '+'.
std::string escape_html_strictly(std::string_view text);
std::string escape_js(std::string_view text);
std::string escape_url_query(std::string_view text);

}  // namespace isvcc::gotemplate

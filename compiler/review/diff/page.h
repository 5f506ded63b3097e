#pragma once
// Style, script and controls of the HTML report: templates/review/diff.{css,js,html}, part of the binary.
#include <string_view>

namespace isvcc::diff {

extern const std::string_view kPage_css, kPage_js, kPage_html;

}  // namespace isvcc::diff

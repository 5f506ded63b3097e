#pragma once
// Where isvcc deliberately reads otherwise than recorded: fixtures/DIFFERENCES.md, section "YAML reader", as a table.
#include <string_view>

namespace isvcc::test {

enum class Verdict { Refused, Accepted };

struct Difference {
  std::string_view what;  // text of a scalar, or name of a document or stream
  Verdict ours;
};

// Returns the row for `what`, or null.
template <size_t N>
const Difference* find(const Difference (&rows)[N], std::string_view what) {
  for (const Difference& row : rows)
    if (row.what == what) return &row;
  return nullptr;
}

// Tags that YAML 1.1 does not define are refused.
inline constexpr Difference kValueDifferences[] = {
    {"!a", Verdict::Refused},       {"!!python/object:os.system ls", Verdict::Refused}, {"!custom a", Verdict::Refused},
    {"!custom 1", Verdict::Refused}, {"!!unknown 1", Verdict::Refused},
};

inline constexpr Difference kKeyDifferences[] = {
    {"!a", Verdict::Refused},        {"!", Verdict::Refused},          {"!!", Verdict::Refused},     {"!!str", Verdict::Refused},
    {"!!python/object:os.system ls", Verdict::Refused},                {"!custom a", Verdict::Refused}, {"!custom 1", Verdict::Refused},
    {"!!unknown 1", Verdict::Refused},
    {"---a", Verdict::Refused},  // a separator to the splitter
    {"[]", Verdict::Refused},        {"{}", Verdict::Refused},  // upstream drops what follows the brackets
};

inline constexpr Difference kDocumentDifferences[] = {
    {"second document broken", Verdict::Refused},              // upstream looked at the first document only
    {"anchor across documents", Verdict::Refused},
    {"content after document end marker", Verdict::Refused},   // upstream drops it silently
    {"BOM in the middle", Verdict::Refused},
    {"directive TAG", Verdict::Refused},
    {"document start with content", Verdict::Refused},         // as the splitter
    {"document start with scalar", Verdict::Refused},
    {"JSON escaped slash and unicode", Verdict::Accepted},     // a text that starts with a brace is JSON first
};

inline constexpr Difference kStreamDifferences[] = {
    {"directive then documents", Verdict::Accepted},  // legal YAML 1.1
};

// yaml-cpp knows no other line ends than LF and CRLF.
inline constexpr Difference kYamlCppDifferences[] = {
    {"CR only", Verdict::Refused}, {"NEL line break", Verdict::Refused}, {"LS line break", Verdict::Refused},
};

// Scalars with such line ends inside.
inline constexpr std::string_view kOtherLineEnds[] = {"\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};

}  // namespace isvcc::test

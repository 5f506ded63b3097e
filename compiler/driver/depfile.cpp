#include "driver/depfile.h"

#include "base/text.h"

namespace isvcc {

// As GCC writes them, and as Make and Ninja read them: blanks, '#' and ':' behind a backslash, '$' twice, and the backslashes before a
// blank or '#' twice, too.
static std::string escaped(std::string_view name) {
  std::string out;
  size_t backslashes = 0;
  for (char c : name) {
    if (c == ' ' || c == '#') out.append(backslashes + 1, '\\');
    if (c == ':') out += '\\';
    if (c == '$') out += '$';
    backslashes = c == '\\' ? backslashes + 1 : 0;
    out += c;
  }
  return out;
}

static bool is_writable(std::string_view name) { return name.find_first_of("\n\r\t") == std::string_view::npos; }

std::string depfile(const std::vector<std::string>& targets, const std::vector<std::string>& files) {
  std::string out, empty_rules;
  for (const std::string& target : targets) out += cat(out.empty() ? "" : " ", escaped(target));
  out += ':';
  for (const std::string& file : files) {
    if (!is_writable(file)) continue;
    out += cat(" \\\n  ", escaped(file));
    empty_rules += cat(escaped(file), ":\n");
  }
  return cat(out, '\n', empty_rules);
}

}  // namespace isvcc

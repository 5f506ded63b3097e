#include "ops/gotemplate/escapers.h"

#include <algorithm>

#include "base/text.h"
#include "ops/go_text.h"

namespace isvcc::gotemplate {

static std::string_view html_entity(char c) {
  switch (c) {
    case '\0': return "\xEF\xBF\xBD";
    case '"': return "&#34;";
    case '\'': return "&#39;";
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '+': return "&#43;";
    default: return {};
  }
}

static std::string escape_entities(std::string_view text, bool plus) {
  std::string out;
  out.reserve(text.size());
  for (char c : text) {
    const std::string_view entity = html_entity(c);
    if (entity.empty() || (c == '+' && !plus)) out += c;
    else out += entity;
  }
  return out;
}

std::string escape_html(std::string_view text) { return escape_entities(text, false); }
std::string escape_html_strictly(std::string_view text) { return escape_entities(text, true); }

static void append_unicode(std::string& out, uint32_t code) {
  out += "\\u";
  for (int shift = code > 0xFFFFF ? 20 : code > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4) out += "0123456789ABCDEF"[(code >> shift) & 15];
}

std::string escape_js(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const Rune rune = first_rune(text);
    const bool of_html = rune.code == '<' || rune.code == '>' || rune.code == '&' || rune.code == '=';
    if (rune.code == '\\' || rune.code == '\'' || rune.code == '"') out += {'\\', static_cast<char>(rune.code)};
    else if (of_html || rune.code < ' ' || (rune.code >= 0x80 && !is_printable(rune.code))) append_unicode(out, rune.code);
    else out += text.substr(0, rune.length);
    text.remove_prefix(rune.length);
  }
  return out;
}

std::string escape_url_query(std::string_view text) {
  std::string out;
  for (char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
    const auto byte = static_cast<unsigned char>(c);
    if (plain) out += c;
    else if (c == ' ') out += '+';
    else out += {'%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]};
  }
  return out;
}

}  // namespace isvcc::gotemplate

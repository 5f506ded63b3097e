#include "driver/commands/mail_address.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

namespace {

constexpr size_t kLongestWord = 75;  // of an encoded word, RFC 2047
constexpr std::string_view kOpen = "=?utf-8?q?", kClose = "?=";
constexpr std::string_view kNoAtom = "()<>[]:;@\\,\"";
// In a name, these leave an encoded word to base64.
constexpr std::string_view kNotQuotedPrintable = "\"#$%&'(),.:;<>@[]^`{|}~";

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

size_t length_of_character(std::string_view text) {
  size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) ++size;
  return size;
}

std::string quoted_printable(std::string_view character) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  if (character == " ") return "_";
  if (character.size() == 1 && character[0] > ' ' && character[0] <= '~' && !contains("=?_", character)) return std::string(character);
  std::string out;
  for (const char c : character) {
    const auto byte = static_cast<unsigned char>(c);
    out += {'=', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return out;
}

// Words that are not too long, each of whole characters.
std::string encoded_name(std::string_view name) {
  std::string out(kOpen);
  size_t word = out.size();
  while (!name.empty()) {
    const size_t size = length_of_character(name);
    const std::string next = quoted_printable(name.substr(0, size));
    if (word + next.size() + kClose.size() > kLongestWord) {
      out += cat(kClose, ' ', kOpen);
      word = kOpen.size();
    }
    out += next;
    word += next.size();
    name.remove_prefix(size);
  }
  return out + std::string(kClose);
}

bool is_mailbox(std::string_view mail) {
  const size_t at = mail.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < mail.size() && mail.find_first_of(kNoAtom, at + 1) == std::string_view::npos &&
         mail.substr(0, at).find_first_of(kNoAtom) == std::string_view::npos && !contains(mail, " ") && !contains(cat('.', mail, '.'), "..") && !contains(mail, ".@") && !contains(mail, "@.");
}

// Without its quotes; nothing where it is no name of plain words.
bool read_name(std::string_view& name) {
  const bool quoted = name.size() >= 2 && name.front() == '"' && name.back() == '"';
  if (quoted) name = name.substr(1, name.size() - 2);
  return quoted ? name.find_first_of("\"\\") == std::string_view::npos : name.find_first_of(kNoAtom) == std::string_view::npos;
}

}  // namespace

std::optional<std::string> mail_address(std::string_view text) {
  text = trim(text);
  const size_t open = text.find('<');
  const bool named = open != std::string_view::npos && ends_with(text, ">");
  std::string_view name = named ? trim(text.substr(0, open)) : std::string_view();
  const std::string_view mail = named ? text.substr(open + 1, text.size() - open - 2) : text;
  if (has_control(text) || !is_utf8(text) || !is_mailbox(mail) || !read_name(name)) return std::nullopt;
  if (name.empty()) return cat('<', mail, '>');
  if (is_ascii(name)) return cat('"', name, "\" <", mail, '>');
  if (name.find_first_of(kNotQuotedPrintable) != std::string_view::npos) return std::nullopt;
  return cat(encoded_name(name), " <", mail, '>');
}

}  // namespace isvcc

#include "load/jsonnet/regex.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <vector>

#include "base/text.h"

namespace isvcc::jsonnet {

static RE2::Options options() {
  RE2::Options result;
  result.set_log_errors(false);
  result.set_max_mem(8 << 20);
  return result;
}

bool regex_matches(const std::string& pattern, const std::string& text, std::string& error) {
  const RE2 regex(pattern, options());
  if (!regex.ok()) {
    error = regex.error();
    return false;
  }
  return RE2::PartialMatch(text, regex);
}

static bool is_name(char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

namespace {

class Template {
 public:
  Template(std::string_view text, const std::map<std::string, int>& names) : text_(text), names_(names) {}

  void expand(const std::vector<re2::StringPiece>& groups, std::string& out) const {
    for (size_t at = 0; at < text_.size();) {
      if (text_[at] != '$') {
        out += text_[at++];
      } else if (text_.substr(at, 2) == "$$") {
        out += '$';
        at += 2;
      } else {
        at = reference(at, groups, out);
      }
    }
  }

 private:
  // What follows a dollar sign; one that begins no reference stands for itself.
  size_t reference(size_t dollar, const std::vector<re2::StringPiece>& groups, std::string& out) const {
    const bool braced = text_.substr(dollar + 1, 1) == "{";
    const size_t begin = dollar + (braced ? 2 : 1);
    size_t end = begin;
    while (end < text_.size() && is_name(text_[end])) ++end;
    if (end == begin || (braced && text_.substr(end, 1) != "}")) {
      out += '$';
      return dollar + 1;
    }
    const int group = number(text_.substr(begin, end - begin));
    if (group >= 0 && static_cast<size_t>(group) < groups.size()) out.append(groups[group].data() ? groups[group].data() : "", groups[group].size());
    return end + (braced ? 1 : 0);
  }
  int number(std::string_view name) const {
    if (const auto index = parse_int(name)) return *index <= 1000 ? static_cast<int>(*index) : -1;
    const auto found = names_.find(std::string(name));
    return found == names_.end() ? -1 : found->second;
  }

  std::string_view text_;
  const std::map<std::string, int>& names_;
};

}  // namespace

static size_t character_size(const std::string& text, size_t at) {
  size_t size = 1;
  while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0) == 0x80) ++size;
  return size;
}

std::string regex_replaced(const std::string& pattern, const std::string& text, const std::string& replacement, std::string& error) {
  const RE2 regex(pattern, options());
  error = regex.ok() ? "" : regex.error();
  if (!regex.ok()) return {};
  const Template expansion(replacement, regex.NamedCapturingGroups());
  std::vector<re2::StringPiece> groups(static_cast<size_t>(regex.NumberOfCapturingGroups()) + 1);
  std::string out;
  size_t copied = 0;  // up to here the text is in `out`
  for (size_t at = 0; at <= text.size();) {
    if (!regex.Match(text, at, text.size(), RE2::UNANCHORED, groups.data(), static_cast<int>(groups.size()))) break;
    const auto begin = static_cast<size_t>(groups[0].data() - text.data()), end = begin + groups[0].size();
    out.append(text, copied, begin - copied);
    if (end > copied || begin == 0) expansion.expand(groups, out);  // as Go: no empty match right after another match
    copied = end;
    at = std::max(end, at + (at < text.size() ? character_size(text, at) : 1));
  }
  return out.append(text, std::min(copied, text.size()), std::string::npos);
}

std::string regex_quoted(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (contains("\\.+*?()|[]{}^$", std::string_view(&c, 1))) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace isvcc::jsonnet

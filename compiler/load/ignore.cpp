#include "load/ignore.h"

#include <re2/re2.h>

#include <optional>
#include <utility>

#include "base/text.h"

namespace isvcc {

struct IgnoreRules::Rule {
  std::string folder;
  bool keep = false;         // `!pattern`
  bool folders_only = false;
  bool whole_path = false;   // matched against the path below `folder`, not against the name
  std::unique_ptr<re2::RE2> pattern;
};

IgnoreRules::IgnoreRules() = default;
IgnoreRules::IgnoreRules(IgnoreRules&&) noexcept = default;
IgnoreRules& IgnoreRules::operator=(IgnoreRules&&) noexcept = default;
IgnoreRules::~IgnoreRules() = default;

size_t IgnoreRules::count() const { return rules_.size(); }
void IgnoreRules::keep(size_t count) { rules_.resize(count); }

// ---- patterns

namespace {

constexpr size_t kMaxPattern = 1024;

// Translates one pattern into a regular expression.
class Translator {
 public:
  explicit Translator(std::string_view pattern) : in_(pattern) {}

  std::optional<std::string> run() {
    while (at_ < in_.size())
      if (!piece()) return std::nullopt;
    return out_;
  }

 private:
  bool piece();
  bool stars();
  bool bracket();
  void literal(char c);

  std::string_view in_;
  size_t at_ = 0;
  std::string out_;
};

void Translator::literal(char c) {
  static constexpr char kHex[] = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  out_ += {'\\', 'x', kHex[byte >> 4], kHex[byte & 0xF]};
}

bool Translator::piece() {
  const char c = in_[at_];
  if (c == '*') return stars();
  if (c == '[') return bracket();
  if (c == '?') out_ += "[^/]";
  else if (c == '\\' && ++at_ >= in_.size()) return false;
  else literal(in_[at_]);
  ++at_;
  return true;
}

// `**/` and `/**` stand for any number of folders when they are a whole component; other stars stay inside one.
bool Translator::stars() {
  const size_t begin = at_;
  while (at_ < in_.size() && in_[at_] == '*') ++at_;
  const bool component = at_ - begin == 2 && (begin == 0 || in_[begin - 1] == '/') && (at_ == in_.size() || in_[at_] == '/');
  if (!component) {
    out_ += "[^/]*";
  } else if (at_ == in_.size()) {
    out_ += ".+";
  } else {
    out_ += "(?:.*/)?";
    ++at_;
  }
  return true;
}

bool Translator::bracket() {
  size_t i = at_ + 1;
  std::string set = "[";
  if (i < in_.size() && (in_[i] == '!' || in_[i] == '^')) {
    set += "^/";
    ++i;
  }
  const size_t first = i;
  const auto add = [&](char c) {
    literal(c);
    set += out_.substr(out_.size() - 4);
    out_.resize(out_.size() - 4);
  };
  for (; i < in_.size() && (in_[i] != ']' || i == first); ++i) {
    if (in_[i] == '-' && i > first && i + 1 < in_.size() && in_[i + 1] != ']') {
      set += '-';
      continue;
    }
    if (in_[i] == '\\' && ++i >= in_.size()) return false;
    add(in_[i]);
  }
  if (i >= in_.size()) return false;
  out_ += set + "]";
  at_ = i + 1;
  return true;
}

// Blanks at the end do not count unless the last one is escaped.
std::string_view without_trailing_blanks(std::string_view line) {
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) {
    if (line.size() >= 2 && line[line.size() - 2] == '\\' && line.back() == ' ') break;
    line.remove_suffix(1);
  }
  return line;
}

}  // namespace

bool IgnoreRules::add(std::string_view folder, std::string_view line) {
  line = without_trailing_blanks(line);
  if (line.empty() || line[0] == '#') return true;
  auto rule = std::make_unique<Rule>();
  rule->folder = folder;
  if (line[0] == '!') {
    rule->keep = true;
    line.remove_prefix(1);
  }
  if (ends_with(line, "/")) {
    rule->folders_only = true;
    line.remove_suffix(1);
  }
  rule->whole_path = contains(line, "/");
  if (starts_with(line, "/")) line.remove_prefix(1);
  if (line.empty() || line.size() > kMaxPattern) return false;
  const std::optional<std::string> expression = Translator(line).run();
  if (!expression) return false;
  re2::RE2::Options options(re2::RE2::Latin1);
  options.set_log_errors(false);
  options.set_dot_nl(true);
  options.set_never_capture(true);
  options.set_max_mem(1 << 20);
  rule->pattern = std::make_unique<re2::RE2>(*expression, options);
  if (!rule->pattern->ok()) return false;
  rules_.push_back(std::move(rule));
  return true;
}

// The path from `folder` on; nothing when it is not below.
static std::optional<std::string_view> below(std::string_view path, std::string_view folder) {
  if (folder.empty()) return path;
  if (!starts_with(path, folder) || path.size() <= folder.size() || path[folder.size()] != '/') return std::nullopt;
  return path.substr(folder.size() + 1);
}

bool IgnoreRules::ignores(std::string_view path, bool is_folder) const {
  for (size_t i = rules_.size(); i-- > 0;) {
    const Rule& rule = *rules_[i];
    if (rule.folders_only && !is_folder) continue;
    const std::optional<std::string_view> rest = below(path, rule.folder);
    if (!rest) continue;
    const size_t slash = rest->rfind('/');
    const std::string_view text = rule.whole_path || slash == std::string_view::npos ? *rest : rest->substr(slash + 1);
    if (re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *rule.pattern)) return !rule.keep;
  }
  return false;
}

}  // namespace isvcc

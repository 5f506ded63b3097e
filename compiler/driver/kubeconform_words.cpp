#include "driver/kubeconform_words.h"

#include <algorithm>

#include "base/text.h"

namespace isvcc {
namespace {

constexpr std::string_view kSameName[] = {"strict", "skip", "reject", "ignore-missing-schemas", "summary", "schema-location", "kubernetes-version", "cache"};

struct OutputRow {
  std::string_view kubeconform, report;  // report: empty for what isvcc does anyway
};
constexpr OutputRow kOutputs[] = {{"json", "kubeconform=-"}, {"junit", "junit=-"}, {"tap", "tap=-"}, {"text", ""}, {"pretty", ""}};

// One word taken apart: "-output=json" → "output", "json".
struct Flag {
  std::string name, value;
  bool has_value = false;
};

Flag flag_of(const std::string& word) {
  if (word.size() < 2 || word[0] != '-') return {};
  const std::string bare = word.substr(word[1] == '-' ? 2 : 1);
  const size_t equals = bare.find('=');
  if (equals == std::string::npos) return {bare, {}, false};
  return {bare.substr(0, equals), bare.substr(equals + 1), true};
}

bool is_number(const std::string& text) { return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }); }

class Translation {
 public:
  explicit Translation(const std::vector<std::string>& words) : words_(words) {}

  std::vector<std::string> run() {
    for (; at_ < words_.size(); ++at_) word();
    return std::move(out_);
  }

 private:
  void word() {
    const std::string& written = words_[at_];
    const Flag flag = flag_of(written);
    const bool same = std::find(std::begin(kSameName), std::end(kSameName), flag.name) != std::end(kSameName);
    if (written == "--") out_.insert(out_.end(), words_.begin() + static_cast<std::ptrdiff_t>(at_), words_.end()), at_ = words_.size();
    else if (same && is_flag(flag)) flag_word(flag);
    else if (same) out_.push_back(cat("--", flag.name, flag.has_value ? cat("=", flag.value) : ""));
    else if (flag.name == "n" && written[1] != '-' && is_number(peek(flag))) out_.push_back(cat("--threads=", take(flag)));
    else if (flag.name == "output" && find_output(peek(flag))) output_word(take(flag));
    else out_.push_back(written);
  }

  static bool is_flag(const Flag& flag) { return flag.name == "strict" || flag.name == "summary" || flag.name == "ignore-missing-schemas"; }

  void flag_word(const Flag& flag) {
    if (flag.value != "false") out_.push_back(cat("--", flag.name));
    else if (flag.name == "strict") out_.push_back("--no-strict");
  }

  static const OutputRow* find_output(const std::string& name) {
    const auto at = std::find_if(std::begin(kOutputs), std::end(kOutputs), [&](const OutputRow& row) { return row.kubeconform == name; });
    return at == std::end(kOutputs) ? nullptr : at;
  }

  void output_word(const std::string& format) {
    if (const OutputRow* row = find_output(format); !row->report.empty()) out_.push_back(cat("--report=", row->report));
  }

  std::string peek(const Flag& flag) const { return flag.has_value ? flag.value : at_ + 1 < words_.size() ? words_[at_ + 1] : std::string(); }
  std::string take(const Flag& flag) {
    std::string value = peek(flag);
    at_ += !flag.has_value;
    return value;
  }

  const std::vector<std::string>& words_;
  std::vector<std::string> out_;
  size_t at_ = 0;
};

}  // namespace

std::vector<std::string> without_kubeconform_words(const std::vector<std::string>& words) { return Translation(words).run(); }

}  // namespace isvcc

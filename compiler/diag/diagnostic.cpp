#include "diag/diagnostic.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "base/text.h"

namespace isvcc {

static constexpr CodeInfo kCodes[] = {
#define CODE(id, name, severity, title, help) {#id, #name, Severity::severity, title, help},
#include "diag/codes/all.def"
#undef CODE
};

std::string_view stage_name(Stage stage) {
  static constexpr std::string_view kNames[] = {"load", "strict", "schema", "defaulting", "validation", "selection", "render", "reference", "output", "config"};
  return kNames[static_cast<size_t>(stage)];
}

std::string_view severity_name(Severity severity) {
  static constexpr std::string_view kNames[] = {"error", "warning", "note"};
  return kNames[static_cast<size_t>(severity)];
}

const CodeInfo& info(Code code) { return kCodes[static_cast<size_t>(code)]; }

std::vector<Code> all_codes() {
  std::vector<Code> codes;
  for (size_t i = 0; i < std::size(kCodes); ++i) codes.push_back(static_cast<Code>(i));
  return codes;
}

const CodeInfo* find_code(std::string_view id) {
  for (const CodeInfo& code : kCodes)
    if (to_lower(code.id) == to_lower(id)) return &code;
  return nullptr;
}

std::string_view api_group(std::string_view api_version) {
  const size_t slash = api_version.find('/');
  return slash == std::string_view::npos ? std::string_view() : api_version.substr(0, slash);
}

Span span_of(View value) {
  if (!value) return {};
  const Node& node = *value.node();
  if (node.origin.file == 0) return {};
  return {node.origin.file, node.origin.offset, node.origin.offset + node.length};
}

Span span_of_key(View map, const Field& field) {
  if (!map || map.node()->origin.file == 0) return {};
  return {map.node()->origin.file, field.key_offset, field.key_offset + field.key_size};
}

Diagnostic& Diagnostics::report(Code code, Stage stage, Span where, std::string message) {
  Diagnostic d{.code = code, .severity = info(code).severity, .stage = stage, .span = where, .path = {}, .message = std::move(message),
               .upstream = {}, .hint = {}, .labels = {}, .fixes = {}, .object = object_, .clusters = {}};
  all_.push_back(std::move(d));
  return all_.back();
}

size_t Diagnostics::errors() const {
  return static_cast<size_t>(std::count_if(all_.begin(), all_.end(), [](const Diagnostic& d) { return d.severity == Severity::Error; }));
}

void Diagnostics::append(Diagnostics&& other) {
  std::move(other.all_.begin(), other.all_.end(), std::back_inserter(all_));
  other.all_.clear();
}

namespace {

// A finding is large: each is moved once, and its place tells most of them apart.
struct Placed {
  std::string_view file;
  Diagnostic* finding;

  auto rest() const {
    const Diagnostic& d = *finding;
    return std::tuple<uint32_t, std::string_view, const ObjectRef&, const std::string&, const std::string&, const std::string&>(d.span.begin, info(d.code).id, d.object, d.path, d.message,
                                                                                                                              d.upstream);
  }
  bool operator<(const Placed& other) const {
    const bool same_file = finding->span.file == other.finding->span.file || file == other.file;
    return same_file ? rest() < other.rest() : file < other.file;
  }
  bool is_same(const Placed& other) const { return finding->severity == other.finding->severity && file == other.file && rest() == other.rest(); }
};

}  // namespace

void Diagnostics::sort(const Sources& sources) {
  std::vector<Placed> order;
  order.reserve(all_.size());
  for (Diagnostic& d : all_) order.push_back({sources.get(d.span.file).name, &d});
  std::stable_sort(order.begin(), order.end());
  std::deque<Diagnostic> once;
  std::string_view last;  // file of the last one
  for (Placed& next : order) {
    if (!once.empty() && Placed{last, &once.back()}.is_same(next)) {
      once.back().clusters.insert(once.back().clusters.end(), next.finding->clusters.begin(), next.finding->clusters.end());
    } else {
      once.push_back(std::move(*next.finding));
      last = next.file;
    }
  }
  all_ = std::move(once);
}

}  // namespace isvcc

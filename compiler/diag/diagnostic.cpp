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

// Its place tells a finding from most others.
struct Placed {
  std::string_view file;
  Diagnostic* finding;
  size_t index;

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

// Equal ones behind all others: how many others there are.
size_t tell_once(std::vector<Placed>& order) {
  std::vector<Placed> again;
  size_t once = 0;
  for (const Placed& next : order) {
    if (once > 0 && order[once - 1].is_same(next)) {
      std::vector<std::string>& clusters = order[once - 1].finding->clusters;
      clusters.insert(clusters.end(), next.finding->clusters.begin(), next.finding->clusters.end());
      again.push_back(next);
    } else {
      order[once++] = next;
    }
  }
  std::copy(again.begin(), again.end(), order.begin() + static_cast<ptrdiff_t>(once));
  return once;
}

// A finding is large: each that is out of its place is moved once, within the same memory.
void put_in_order(std::deque<Diagnostic>& all, std::vector<Placed>& order) {
  for (size_t start = 0; start < order.size(); ++start) {
    if (order[start].index == start) continue;
    Diagnostic first = std::move(all[start]);
    size_t at = start;
    for (size_t from = order[at].index; from != start; from = order[at].index) {
      all[at] = std::move(all[from]);
      order[at].index = at;
      at = from;
    }
    all[at] = std::move(first);
    order[at].index = at;
  }
}

}  // namespace

void Diagnostics::sort(const Sources& sources) {
  std::vector<Placed> order;
  order.reserve(all_.size());
  for (Diagnostic& d : all_) order.push_back({sources.get(d.span.file).name, &d, order.size()});
  // Many were in order before some were added.
  const auto added = std::is_sorted_until(order.begin(), order.end());
  std::stable_sort(added, order.end());
  std::inplace_merge(order.begin(), added, order.end());
  const size_t once = tell_once(order);
  put_in_order(all_, order);
  all_.erase(all_.begin() + static_cast<ptrdiff_t>(once), all_.end());
}

}  // namespace isvcc

#include "driver/waivers.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <map>

#include "base/text.h"

namespace isvcc {
namespace {

struct Waiver {
  std::string_view code, reason, until;
};

// "W0901 the reason (until 2027-01-31)"
Waiver parse_waiver(std::string_view line) {
  line = trim(line);
  const size_t blank = line.find(' ');
  Waiver waiver{line.substr(0, blank), blank == std::string_view::npos ? std::string_view() : trim(line.substr(blank)), {}};
  const size_t until = waiver.reason.rfind("(until ");
  if (until != std::string_view::npos && ends_with(waiver.reason, ")")) {
    waiver.until = waiver.reason.substr(until + 7, waiver.reason.size() - until - 8);
    waiver.reason = trim(waiver.reason.substr(0, until));
  }
  return waiver;
}

bool is_day(std::string_view text) {
  if (text.size() != 10) return false;
  for (size_t i = 0; i < 10; ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
  }
  return true;
}

std::string_view problem_of(const Waiver& waiver, std::string_view today) {
  const CodeInfo* code = find_code(waiver.code);
  if (!code) return "names no code";
  if (code->severity == Severity::Error) return "names an error, which cannot be waived";
  if (waiver.reason.empty()) return "gives no reason";
  if (!waiver.until.empty() && !is_day(waiver.until)) return "has a day that is not YYYY-MM-DD";
  if (!waiver.until.empty() && waiver.until < today) return "has expired";
  return {};
}

using Waived = std::map<ObjectRef, std::vector<std::string_view>>;

Waived read_waivers(Compilation& out, std::string_view today) {
  Waived waived;
  for (const Object* object : out.repository.everything()) {
    if (!object->speaks_to_isvcc) continue;
    const View text = annotations(object->written)[kAllowAnnotation];
    for (std::string_view line : split(text.text(), '\n')) {
      if (trim(line).empty()) continue;
      const Waiver waiver = parse_waiver(line);
      const std::string_view problem = problem_of(waiver, today);
      if (problem.empty()) waived[object->ref()].push_back(waiver.code);
      else out.diags.report(Code::BadWaiver, Stage::Reference, text, cat("waiver ", quote(trim(line)), ' ', problem)).in(object->ref());
    }
  }
  return waived;
}

}  // namespace

const Node* without_own_annotations(View object, bool (*drop)(std::string_view), Arena& arena) {
  const View all = annotations(object);
  auto is_dropped = [&](const Field& f) { return starts_with(f.key(), "isvcc.dev/") || (drop && drop(f.key())); };
  if (std::none_of(all.fields().begin(), all.fields().end(), is_dropped)) return object.node();
  const Make make = Make(arena).at(all);
  MapBuilder kept(make);
  for (const Field& f : all.fields())
    if (!is_dropped(f)) kept.set(f.key(), f.value);
  return make.with(object, "metadata", make.with(metadata(object), "annotations", kept.build_or_null()));
}

void apply_waivers(Compilation& out, std::string_view today) {
  const Waived waived = read_waivers(out, today);
  if (waived.empty()) return;
  auto is_waived = [&](const Diagnostic& d) {
    const auto found = waived.find(d.object);
    if (d.severity == Severity::Error || found == waived.end()) return false;
    for (std::string_view code : found->second)
      if (code == info(d.code).id) return true;
    return false;
  };
  std::erase_if(out.diags.all(), is_waived);
}

std::string today() {
  std::time_t now = std::time(nullptr);
  if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH"))
    if (const auto seconds = parse_int(epoch)) now = static_cast<std::time_t>(*seconds);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[16];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%d", &utc)};
}

}  // namespace isvcc

// JUnit XML as Jenkins, GitLab and Buildkite read it: a suite for each file, a test case for each object with findings.
#include "base/text.h"
#include "diag/report_parts.h"

namespace isvcc {

// printable() has taken out what XML 1.0 cannot hold.
static std::string escaped(std::string_view text) {
  std::string out;
  for (char c : printable(text)) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  return out;
}

namespace {

using Findings = std::vector<const Diagnostic*>;
using Cases = std::map<std::string, Findings>;    // object → its findings
using Suites = std::map<std::string, Cases>;      // file → its objects

class JunitRenderer {
 public:
  explicit JunitRenderer(const Sources& sources) : places_(sources) {}

  std::string render(const std::deque<Diagnostic>& diags) {
    Suites suites;
    for (const Diagnostic& d : diags) suites[file_of(d)][object_of(d)].push_back(&d);
    size_t cases = 0, failures = 0;
    for (const auto& [file, in_file] : suites) cases += in_file.size(), failures += count_failures(in_file);
    if (suites.empty()) cases = 1;
    out_ = cat("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"isvcc\" tests=\"", cases, "\" failures=\"", failures, "\" errors=\"0\" time=\"0\">\n");
    if (suites.empty())
      out_ += "  <testsuite name=\"isvcc\" tests=\"1\" failures=\"0\" errors=\"0\" time=\"0\">\n    <testcase name=\"no findings\" classname=\"isvcc\" time=\"0\"/>\n  </testsuite>\n";
    for (const auto& [file, in_file] : suites) suite(file, in_file);
    return out_ + "</testsuites>\n";
  }

 private:
  std::string file_of(const Diagnostic& d) {
    const Place place = places_.of(d.span);
    return place.file.empty() ? "isvcc" : std::string(place.file);
  }

  static std::string object_of(const Diagnostic& d) {
    const std::string object = object_words(d.object);
    return object.empty() ? std::string(stage_name(d.stage)) : object;
  }

  static size_t errors_in(const Findings& findings) {
    size_t errors = 0;
    for (const Diagnostic* d : findings) errors += d->severity == Severity::Error;
    return errors;
  }

  static size_t count_failures(const Cases& cases) {
    size_t failures = 0;
    for (const auto& [object, findings] : cases) failures += errors_in(findings) > 0;
    return failures;
  }

  void suite(const std::string& file, const Cases& cases) {
    out_ += cat("  <testsuite name=\"", escaped(file), "\" tests=\"", cases.size(), "\" failures=\"", count_failures(cases), "\" errors=\"0\" time=\"0\">\n");
    for (const auto& [object, findings] : cases) test_case(file, object, findings);
    out_ += "  </testsuite>\n";
  }

  // One failure element a case: readers disagree about several.
  void test_case(const std::string& file, const std::string& object, const Findings& findings) {
    out_ += cat("    <testcase name=\"", escaped(object), "\" classname=\"", escaped(file), "\" time=\"0\">\n");
    std::string failures, others;
    const Diagnostic* first = nullptr;
    for (const Diagnostic* d : findings) {
      const bool error = d->severity == Severity::Error;
      if (error && !first) first = d;
      (error ? failures : others) += line(*d);
    }
    if (first)
      out_ += cat("      <failure message=\"", escaped(first->message), "\" type=\"", info(first->code).id, "\">", escaped_lines(failures), "</failure>\n");
    if (!others.empty()) out_ += cat("      <system-out>", escaped_lines(others), "</system-out>\n");
    out_ += "    </testcase>\n";
  }

  std::string line(const Diagnostic& d) {
    const Place place = places_.of(d.span);
    const std::string at = place.has_lines() ? cat(place.file, ':', place.begin.line, ':', place.begin.column, ": ") : "";
    return cat(printable(at), severity_name(d.severity), ": ", all_words(d, "; "), " [", info(d.code).id, "]\n");
  }

  static std::string escaped_lines(const std::string& lines) {
    std::string out;
    for (std::string_view line : split(lines, '\n'))
      if (!line.empty()) out += cat(out.empty() ? "" : "\n", escaped(line));
    return out;
  }

  Places places_;
  std::string out_;
};

}  // namespace

std::string render_junit(const std::deque<Diagnostic>& diags, const Sources& sources, const RenderOptions&) { return JunitRenderer(sources).render(diags); }

}  // namespace isvcc

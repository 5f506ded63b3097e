#pragma once
// What isvcc tells people: a stable code, a place, a message in their words, and what to do.
// Phases report; renderers (diag/render_*.h) print; nobody else formats.
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "diag/source.h"
#include "tree/path.h"

namespace isvcc {

enum class Severity : uint8_t { Error, Warning, Note };

// Where in the pipeline a finding belongs: the JSON report's "stage".
enum class Stage : uint8_t { Load, Strict, Schema, Defaulting, Validation, Selection, Render, Reference, Output, Config };
std::string_view stage_name(Stage stage);
std::string_view severity_name(Severity severity);

// Stable codes, one row each in diag/codes/*.def: CODE(id, Name, severity, title, help).
enum class Code : uint16_t {
#define CODE(id, name, severity, title, help) name,
#include "diag/codes/all.def"
#undef CODE
};

struct CodeInfo {
  std::string_view id;     // "E0301"
  std::string_view name;   // "UnknownRuntime"
  Severity severity;
  std::string_view title;  // one line
  std::string_view help;   // why it matters and how to mend it, a few sentences
};
const CodeInfo& info(Code code);
std::vector<Code> all_codes();
// By id, ignoring case.
const CodeInfo* find_code(std::string_view id);

struct Span {
  FileId file = 0;
  uint32_t begin = 0, end = 0;  // bytes; begin == end: a point
};

// The token of a value in its source; empty for values that isvcc made.
Span span_of(View value);
Span span_of_key(View map, const Field& field);

struct Label {
  Span span;
  std::string text;  // "runtime declared here"
};

struct FixIt {
  Span span;  // begin == end inserts
  std::string replacement;
};

struct ObjectRef {
  std::string kind, namespace_, name;
  bool operator==(const ObjectRef&) const = default;
  auto operator<=>(const ObjectRef&) const = default;
};

// The group of "group/version", "" for the core group.
std::string_view api_group(std::string_view api_version);

struct Diagnostic {
  Code code;
  Severity severity;
  Stage stage;
  Span span;
  std::string path;      // JSON path inside the object, may be empty
  std::string message;   // lower case, no full stop
  std::string upstream;  // what KServe or the API server says, word for word; may be empty
  std::string hint;      // one line: what to do
  std::vector<Label> labels;
  std::vector<FixIt> fixes;
  ObjectRef object;
  std::vector<std::string> clusters = {};  // where it was found, in a run for several clusters

  // For chains: diags.report(…).at(path).upstream_says(…).hinting(…)
  Diagnostic& at(const Path& p) { path = p.text(); return *this; }
  Diagnostic& in(ObjectRef ref) { object = std::move(ref); return *this; }
  Diagnostic& upstream_says(std::string text) { upstream = std::move(text); return *this; }
  Diagnostic& hinting(std::string text) { hint = std::move(text); return *this; }
  Diagnostic& label(Span where, std::string text) { labels.push_back({where, std::move(text)}); return *this; }
  // A value that stands in no file gets none.
  Diagnostic& label(View where, std::string text) { return span_of(where).file == 0 ? *this : label(span_of(where), std::move(text)); }
  Diagnostic& fix(Span where, std::string text) { fixes.push_back({where, std::move(text)}); return *this; }
  Diagnostic& as(Severity s) { severity = s; return *this; }
};

// Collects findings. Belongs to one thread; the driver joins and sorts.
class Diagnostics {
 public:
  // The severity is the code's own unless changed with as(). The reference is valid until the next report.
  Diagnostic& report(Code code, Stage stage, Span where, std::string message);
  Diagnostic& report(Code code, Stage stage, View where, std::string message) { return report(code, stage, span_of(where), std::move(message)); }

  // Every later report is about this object until the next call.
  void about(ObjectRef object) { object_ = std::move(object); }
  const ObjectRef& object() const { return object_; }

  const std::deque<Diagnostic>& all() const { return all_; }
  std::deque<Diagnostic>& all() { return all_; }
  size_t errors() const;
  void append(Diagnostics&& other);
  // By file name, offset, code, object, message; equal ones are given once, with the clusters of all of them.
  void sort(const Sources& sources);

 private:
  std::deque<Diagnostic> all_;
  ObjectRef object_;
};

}  // namespace isvcc

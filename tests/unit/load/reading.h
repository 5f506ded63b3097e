#pragma once
// Texts read in tests: the documents, the findings, and how parsers are named.
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "load/reader.h"
#include "load/yaml_reader.h"

namespace isvcc::test {

inline std::string_view name_of(YamlParser parser) {
  return parser == YamlParser::Fast ? "fast" : parser == YamlParser::LibYaml ? "libyaml" : "yaml-cpp";
}

struct Reading {
  Arena arena;
  Diagnostics diags;
  std::vector<const Node*> documents;
  std::string text;

  View first() const { return documents.empty() ? View() : View(documents.front()); }
  size_t errors() const { return diags.errors(); }
  bool has(Code code) const {
    for (const Diagnostic& d : diags.all())
      if (d.code == code) return true;
    return false;
  }
  const Diagnostic& the(Code code) const {
    for (const Diagnostic& d : diags.all())
      if (d.code == code) return d;
    throw std::runtime_error(cat("no finding ", info(code).id, " in: ", summary()));
  }
  size_t strict() const {
    size_t n = 0;
    for (const Diagnostic& d : diags.all()) n += d.stage == Stage::Strict;
    return n;
  }
  // Errors of the reading itself; keys given twice do not count.
  size_t refusals() const {
    size_t n = 0;
    for (const Diagnostic& d : diags.all()) n += d.severity == Severity::Error && d.stage != Stage::Strict;
    return n;
  }
  std::string summary() const {
    std::string out;
    for (const Node* document : documents) out += brief(document, 200) + " ";
    for (const Diagnostic& d : diags.all()) out += cat(info(d.code).id, "@", d.span.begin, " ", d.message, "; ");
    return out;
  }
};

// `file` 1 is the text itself: offsets in nodes and findings are bytes of it.
inline Reading read(std::string_view text, YamlParser parser = YamlParser::Fast, const Limits& limits = {}) {
  Reading r;
  r.text = text;
  Scratch scratch{r.arena, r.diags};
  r.documents = read_yaml(r.text, 1, parser, limits, scratch);
  return r;
}

inline Reading read_json_text(std::string_view text, const Limits& limits = {}) {
  Reading r;
  r.text = text;
  Scratch scratch{r.arena, r.diags};
  r.documents = read_json(r.text, 1, limits, scratch);
  return r;
}

inline const std::vector<YamlParser>& all_parsers() {
  static const std::vector<YamlParser> kParsers = {YamlParser::Fast, YamlParser::LibYaml, YamlParser::YamlCpp};
  return kParsers;
}

}  // namespace isvcc::test

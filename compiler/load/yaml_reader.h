#pragma once
// One document of a YAML file, through a chosen parser: what read_yaml() is made of, open to tests that compare parsers.
#include "load/reader.h"
#include "load/split.h"
#include "load/yaml_builder.h"

namespace isvcc {

// The parsers that read_yaml() may put to work. Fast falls back on LibYaml for what it does not know.
enum class YamlParser { Fast, LibYaml, YamlCpp };

// Reads documents of one text. Reports to `diags`; nodes go to `arena`.
class YamlReader {
 public:
  YamlReader(std::string_view text, FileId file, YamlParser parser, const Limits& limits, Scratch& scratch);
  // Null for a document that is empty, null or broken.
  const Node* read(const Piece& piece);
  size_t failures() const { return failures_; }

 private:
  bool parse(const Piece& piece, bool ascii);
  bool check_text(const Piece& piece, bool& ascii);
  bool check_directives(const Piece& piece);
  const Node* give_up(const Piece& piece);
  void report_findings();

  FileId file_;
  YamlParser parser_;
  Scratch& scratch_;
  YamlBuilder builder_;
  size_t failures_ = 0, duplicates_ = 0, remarks_ = 0;  // reported so far
};

// As read_yaml(), with the parser named.
std::vector<const Node*> read_yaml(std::string_view text, FileId file, YamlParser parser, const Limits& limits, Scratch& scratch);

}  // namespace isvcc

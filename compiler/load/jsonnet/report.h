#pragma once
// What went wrong in Jsonnet, as diagnostics: at the place in the file where it happened, with the way there as labels.
#include <map>
#include <string>

#include "load/jsonnet/evaluator.h"

namespace isvcc::jsonnet {

class Reporter {
 public:
  Reporter(const Files& files, const Limits& limits, Sources& sources, Diagnostics& diags);

  // The source text of a file is already known under this number.
  void know(const File& file, FileId id) { ids_[&file] = id; }

  void problem(const EntryState& entry);
  void too_many_imports(const EntryState& entry);
  void traces(const std::vector<Trace>& traces);
  void yaml_parser(const File& file, uint32_t offset);
  void not_text(const File& file, const std::string& what);

 private:
  Diagnostic& start(Code code, const EntryState& entry, const std::string& what);
  void evaluation_failed(const EntryState& entry);
  const File* file_of(const Place& place) const;
  Span span_of(const Place& place);
  FileId id_of(const File& file);

  const Limits& limits_;
  Sources& sources_;
  Diagnostics& diags_;
  std::map<std::string, const File*> by_name_;
  std::map<const File*, FileId> ids_;
};

}  // namespace isvcc::jsonnet

#pragma once
// A project in memory, loaded through real workers.
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "load/jsonnet.h"

namespace isvcc::test {

using Files = std::map<std::string, std::string>;

class Run {
 public:
  explicit Run(Files files) : files_(std::move(files)) {
    input.read = [this](const std::string& root, const std::string& path) { return read(root, path); };
    input.worker = ISVCC_JSONNET_WORKER;
    input.threads = 2;
  }

  // Every .jsonnet file is an entry.
  Run& go() {
    for (const auto& [name, text] : files_)
      if (ends_with(name, ".jsonnet") && !starts_with(name, "/")) input.entries.push_back({name, text, sources.add({name, text, false})});
    loaded = load_jsonnet(input, sources, diags);
    return *this;
  }

  // The documents of an entry as JSON, each with its path: "$.a {…}".
  std::vector<std::string> documents(const std::string& entry) const {
    std::vector<std::string> out;
    for (const Document& document : loaded.documents[number(entry)]) out.push_back(cat(document.json_path, " ", brief(document.root, 100000)));
    return out;
  }
  const std::vector<std::string>& imports(const std::string& entry) const { return loaded.imports[number(entry)]; }

  // Every finding on one line: "E0150 a.jsonnet:1:4 message".
  std::vector<std::string> findings() const {
    std::vector<std::string> out;
    for (const Diagnostic& diag : diags.all()) {
      std::string place = "-";
      if (diag.span.file) {
        const LineColumn at = sources.position(diag.span.file, diag.span.begin);
        place = cat(sources.get(diag.span.file).name, ":", at.line, ":", at.column);
      }
      out.push_back(cat(info(diag.code).id, " ", place, " ", diag.message));
    }
    return out;
  }
  std::string all_findings() const { return join(findings(), "\n"); }
  size_t asked_for(const std::string& path) const {
    const auto found = asked_.find(path);
    return found == asked_.end() ? 0 : found->second;
  }

  JsonnetInput input;
  Sources sources;
  Diagnostics diags;
  JsonnetLoad loaded;

 private:
  size_t number(const std::string& entry) const {
    for (size_t i = 0; i < input.entries.size(); ++i)
      if (input.entries[i].name == entry) return i;
    return SIZE_MAX;
  }
  ImportAnswer read(const std::string& root, const std::string& path) {
    ImportAnswer answer;
    const std::string name = root.empty() ? path : root + "/" + path;
    ++asked_[name];
    if (const auto file = files_.find(name); file != files_.end()) {
      answer.status = ImportAnswer::Status::Found;
      answer.text = file->second;
    }
    return answer;
  }

  Files files_;
  std::map<std::string, size_t> asked_;
};

// An object that isvcc takes, with a name.
inline std::string object(const std::string& name) { return "{apiVersion:'v1',kind:'ConfigMap',metadata:{name:'" + name + "'}}"; }

}  // namespace isvcc::test

#include "driver/incremental/surroundings.h"

#include <algorithm>
#include <map>

#include "driver/incremental/bytes.h"
#include "emit/yaml_writer.h"

namespace isvcc {

Surroundings::Surroundings(const Compilation& out) {
  for (const Document& d : out.documents.all) {
    const std::string_view kind = View(d.root)["kind"].text();
    File& file = files_[d.file];
    ++file.documents;
    file.kinds |= kind == "InferenceService" ? kServices : kind == "ServingRuntime" || kind == "ClusterServingRuntime" ? kRuntimes : kOthers;
  }
  for (const FileFacts& f : out.documents.facts)
    if (const auto own = files_.find(f.file); own != files_.end() && f.content) own->second.content = *f.content;
  std::map<std::string_view, const File*> relevant;
  for (auto& [id, file] : files_) {
    // A result of Jsonnet has no facts: its text is what counts.
    if (file.content == Digest()) file.content = sha256(out.sources.get(id).text);
    if (file.kinds != kServices && file.kinds != kRuntimes) relevant.emplace(out.sources.get(id).name, &file);
  }
  Sha256 hash;
  for (const auto& [name, file] : relevant) {
    hash.add(sha256(name).view());
    hash.add(file->content.view());
  }
  environment_ = hash.digest();
}

Digest Surroundings::content(FileId file) const {
  const auto found = files_.find(file);
  return found == files_.end() ? Digest() : found->second.content;
}

unsigned Surroundings::kinds_of(FileId file) const {
  const auto found = files_.find(file);
  return found == files_.end() ? 0 : found->second.kinds;
}

size_t Surroundings::documents(FileId file) const {
  const auto found = files_.find(file);
  return found == files_.end() ? 0 : found->second.documents;
}

// ---- runtimes

// Scopes in a fixed order, runtimes in KServe's.
template <class Visit>
static void each_runtime(const RuntimeIndex& runtimes, Visit visit) {
  std::map<std::string_view, const RuntimeScope*> scopes;
  for (const auto& [namespace_, scope] : runtimes.namespaces) scopes.emplace(namespace_, &scope);
  for (const Runtime& r : runtimes.cluster.runtimes) visit(r);
  for (const auto& [namespace_, scope] : scopes)
    for (const Runtime& r : scope->runtimes) visit(r);
}

Digest Surroundings::selection(const RuntimeIndex& runtimes) {
  ByteWriter all;
  each_runtime(runtimes, [&](const Runtime& r) {
    all.text(r.object->kind).text(r.object->namespace_).text(r.object->name).number(r.protocol_class);
    for (bool flag : {r.cluster, r.disabled, r.multi_model, r.multi_node}) all.number(uint8_t{flag});
    for (std::string_view part : {"protocolVersions", "supportedModelFormats"}) {
      std::string text;
      write_json(text, View(r.spec)[part]);
      all.text(text);
    }
  });
  return sha256(all.bytes());
}

Digest Surroundings::every_runtime(const RuntimeIndex& runtimes) const {
  ByteWriter all;
  each_runtime(runtimes, [&](const Runtime& r) { all.text(r.object->kind).text(r.object->namespace_).text(r.object->name).digest(content(r.object->file)); });
  return sha256(all.bytes());
}

}  // namespace isvcc

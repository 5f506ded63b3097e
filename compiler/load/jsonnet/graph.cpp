#include "load/jsonnet/graph.h"

#include <unordered_set>

namespace isvcc::jsonnet {

const Scan& Graph::scan_of(const File& file) {
  auto& kept = scans_[&file];
  if (!kept) kept = std::make_unique<Scan>(scan(file.text));
  return *kept;
}

const Scan& Graph::known_scan(const File& file) const {
  static const Scan kEmpty;
  const auto found = scans_.find(&file);
  return found == scans_.end() ? kEmpty : *found->second;
}

std::vector<Edge> Graph::edges(const File& file, const Project& project) {
  if (const auto known = fixed_.find(&file); known != fixed_.end()) return known->second;
  std::vector<Edge> edges;
  bool fixed = true;  // the same for every entry
  for (const ImportToken& token : scan_of(file).imports) {
    edges.push_back({token.kind, files_.resolve(folder_of(file.name), token.path, project)});
    fixed = fixed && (edges.back().target.fixed || !project.found);
  }
  if (fixed && file.where.root != kBuiltIn) fixed_.emplace(&file, edges);
  return edges;
}

Closure Graph::closure(const File& entry, const Project& project) {
  Closure closure;
  std::unordered_set<const File*> seen = {&entry}, seen_texts;
  closure.code.push_back(&entry);
  for (size_t i = 0; i < closure.code.size() && !closure.too_many; ++i) {
    for (const Edge& edge : edges(*closure.code[i], project)) {
      closure.own = closure.own || edge.target.own;
      if (!edge.target.file) {
        closure.missing.push_back(edge.target.problem);
      } else if (edge.kind == ImportKind::Code) {
        if (seen.insert(edge.target.file).second) closure.code.push_back(edge.target.file);
      } else if (seen_texts.insert(edge.target.file).second) {
        closure.texts.push_back(edge.target.file);
      }
    }
    closure.too_many = closure.code.size() + closure.texts.size() + closure.missing.size() > most_imports_;
  }
  return closure;
}

const Failure* Graph::broken(const File& file) const {
  const auto found = broken_.find(&file);
  return found == broken_.end() ? nullptr : &found->second;
}

const Failure* Graph::broken(std::string_view name) const {
  for (const auto& [file, failure] : broken_)
    if (file->name == name) return &failure;
  return nullptr;
}

}  // namespace isvcc::jsonnet

#include "driver/pipes/results.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "diag/report_parts.h"

namespace isvcc {
namespace {

std::string_view severity_word(Severity severity) {
  return severity == Severity::Error ? "error" : severity == Severity::Warning ? "warning" : "info";
}

View either_annotation(View object, std::string_view name) {
  const View own = annotation(object, cat("internal.config.kubernetes.io/", name));
  return own ? own : annotation(object, cat("config.kubernetes.io/", name));
}

// The items of the list, by identity and by place.
class Items {
 public:
  Items(const Session& session, FileId file) : file_(file) {
    const std::string& otherwise = session.request.project.default_namespace;
    for (const Document& d : session.result.documents.all) {
      if (d.file != file) continue;
      const View root = d.root, meta = metadata(root);
      const std::string kind(root["kind"].text()), name(meta["name"].text());
      by_name_.try_emplace({kind, std::string(meta["namespace"].text(otherwise)), name}, d.root);
      if (!meta["namespace"]) by_name_.try_emplace({kind, "", name}, d.root);
      by_place_[root.node()->origin.offset] = d.root;
    }
  }

  View of(const Diagnostic& d) const {
    if (const auto found = by_name_.find(d.object); found != by_name_.end()) return found->second;
    if (d.span.file != file_ || !d.object.kind.empty()) return {};
    const auto after = by_place_.upper_bound(d.span.begin);
    return after == by_place_.begin() ? View() : View(std::prev(after)->second);
  }

 private:
  FileId file_;
  std::map<ObjectRef, const Node*> by_name_;
  std::map<uint32_t, const Node*> by_place_;
};

const Node* reference_to(View object, Make make) {
  if (!object) return nullptr;
  const View meta = metadata(object);
  return make.map({{"apiVersion", object["apiVersion"].node()}, {"kind", object["kind"].node()}, {"name", meta["name"].node()}, {"namespace", meta["namespace"].node()}});
}

const Node* file_of(View object, Make make) {
  const View path = either_annotation(object, "path");
  if (!path.is_text()) return nullptr;
  const auto index = parse_int(either_annotation(object, "index").text());
  return make.map({{"path", path.node()}, {"index", index ? make.integer(*index) : nullptr}});
}

}  // namespace

const Node* function_results(const Session& session, FileId file, Arena& arena) {
  const Make make(arena);
  const Items items(session, file);
  std::vector<const Node*> results;
  for (const Diagnostic& d : session.result.diags.all()) {
    const View object = items.of(d);
    results.push_back(make.map({{"message", make.text(all_words(d, "; "))},
                                {"severity", make.borrowed(severity_word(d.severity))},
                                {"resourceRef", reference_to(object, make)},
                                {"field", d.path.empty() ? nullptr : make.map({{"path", make.text(d.path)}})},
                                {"file", file_of(object, make)},
                                {"tags", make.map({{"code", make.borrowed(info(d.code).id)}})}}));
  }
  return results.empty() ? nullptr : make.list(results);
}

}  // namespace isvcc

#include "driver/commands/findings.h"

#include <map>

#include "diag/spans.h"

namespace isvcc {
namespace {

// Files of one session under the numbers that they have in all of them together.
class FileNumbers {
 public:
  FileNumbers(const Sources& from, Sources& to) {
    std::multimap<std::string_view, FileId> known;
    for (FileId id = 1; id <= to.count(); ++id) known.emplace(to.get(id).name, id);
    for (FileId id = 1; id <= from.count(); ++id) numbers_.push_back(number_of(from.get(id), known, to));
  }

  Span operator()(Span span) const {
    if (span.file >= 1 && span.file <= numbers_.size()) span.file = numbers_[span.file - 1];
    return span;
  }

 private:
  // What a Jsonnet file evaluates to differs from cluster to cluster.
  static FileId number_of(const Source& source, const std::multimap<std::string_view, FileId>& known, Sources& to) {
    const auto [first, last] = known.equal_range(source.name);
    for (auto at = first; at != last; ++at)
      if (const Source& other = to.get(at->second); other.generated == source.generated && other.text == source.text) return at->second;
    return to.add(source);
  }

  std::vector<FileId> numbers_;
};

}  // namespace

void Findings::add(const Session& session) {
  const FileNumbers number(session.result.sources, sources_);
  for (Diagnostic d : session.result.diags.all()) {
    each_span(d, [&](Span& span) { span = number(span); });
    d.clusters = {session.request.project.cluster};
    diags_.all().push_back(std::move(d));
  }
}

Findings::Findings(const std::deque<Session>& sessions) {
  for (const Session& session : sessions) sessions_.push_back(&session);
  if (sessions.size() == 1) return;
  for (const Session& session : sessions) add(session);
  diags_.sort(sources_);
}

}  // namespace isvcc

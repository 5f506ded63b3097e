#include "driver/pipes/stream.h"

#include <algorithm>

#include "base/text.h"
#include "driver/pipes/replacement.h"
#include "driver/pipes/units.h"
#include "emit/yaml_writer.h"

namespace isvcc {
namespace {

class Stream {
 public:
  void text(std::string_view document) {
    separate();
    out_ += document;
    if (!ends_with(out_, "\n")) out_ += '\n';
  }
  void object(const Node* node) {
    separate();
    write_yaml(out_, node);
  }
  std::string take() { return std::move(out_); }

 private:
  // As Helm and kustomize do: before each document, so that text of any kind may stand around the stream.
  void separate() { out_ += "---\n"; }
  std::string out_;
};

}  // namespace

PipedStream piped_stream(Session& session) {
  Replacement replacement(session);
  Stream out;
  const FileId file = input_file(session.result.sources);
  for (const PipeUnit& unit : stream_units(session.result.sources.get(file).text, file, session.result.documents)) {
    const bool replaced = std::any_of(unit.documents.begin(), unit.documents.end(), [&](const Document* d) { return replacement.replaces(*d); });
    if (!replaced) out.text(unit.text);
    else
      for (const Document* d : unit.documents)
        for (const Node* node : replacement.objects(*d)) out.object(node);
  }
  for (const Node* node : replacement.others()) out.object(node);
  return {out.take(), replacement.left_out()};
}

}  // namespace isvcc

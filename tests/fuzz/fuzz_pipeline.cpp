// Any bytes as a small repository: the files are parted by zero bytes; the first byte of each says whether it is YAML or JSON.
// No crash, and with one thread or two the same manifests.
#include <map>

#include "driver/pipeline.h"
#include "emit/yaml_writer.h"
#include "input.h"
#include "load/file_system.h"

using namespace isvcc;
using namespace isvcc::fuzz;

namespace {

class Table : public FileSystem {
 public:
  explicit Table(std::string_view text) {
    for (size_t i = 0; !text.empty() && i < 8; ++i) {
      const std::string_view file = text.substr(0, text.find('\0'));
      text.remove_prefix(std::min(text.size(), file.size() + 1));
      if (!file.empty()) files_["f" + std::to_string(i) + (file[0] % 2 ? ".yaml" : ".json")] = file.substr(1);
    }
  }
  FileText read(std::string_view path, uint64_t) const override {
    const auto found = files_.find(std::string(path));
    return found == files_.end() ? FileText{FileStatus::Missing, {}, {}} : FileText{FileStatus::Good, found->second, {}};
  }
  FolderList list(std::string_view) const override {
    FolderList out;
    for (const auto& [name, text] : files_) out.entries.push_back({name, FileKind::File});
    return out;
  }
  FilePlace locate(std::string_view path) const override { return {FileStatus::Good, path.empty() ? FileKind::Folder : FileKind::File, std::string(path), {}}; }
  FileText read_input(uint64_t) const override { return {}; }

 private:
  std::map<std::string, std::string> files_;
};

std::string manifests_of(std::string_view text, size_t threads) {
  CompileRequest request;
  request.project.bundled_runtimes = false;
  request.load.files = std::make_shared<Table>(text);
  request.load.sources = {"."};
  request.load.threads = threads;
  Compilation result;
  compile(request, result);
  std::string out;
  for (const Manifest& m : result.manifests) write_yaml(out, m.node);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text = text_of(data, size);
  promise(manifests_of(text, 1) == manifests_of(text, 2), "the number of threads does not show");
  return 0;
}

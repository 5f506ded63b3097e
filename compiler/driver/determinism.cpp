#include "driver/determinism.h"

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <ctime>

#include "base/text.h"
#include "diag/render.h"
#include "driver/commands/layout_files.h"
#include "driver/passthrough.h"
#include "load/given_input.h"

namespace isvcc {
namespace {

// A file system whose folders are listed from the end.
class Backwards : public FileSystem {
 public:
  explicit Backwards(std::shared_ptr<const FileSystem> files) : files_(std::move(files)) {}
  FileText read(std::string_view path, uint64_t max_bytes) const override { return files_->read(path, max_bytes); }
  FolderList list(std::string_view folder) const override {
    FolderList out = files_->list(folder);
    std::reverse(out.entries.begin(), out.entries.end());
    return out;
  }
  FilePlace locate(std::string_view path) const override { return files_->locate(path); }
  FileText read_input(uint64_t max_bytes) const override { return files_->read_input(max_bytes); }

 private:
  std::shared_ptr<const FileSystem> files_;
};

// Another locale and time zone for as long as it lives; no other thread runs when it is made or gone.
class Abroad {
 public:
  Abroad() {
    if (const char* zone = std::getenv("TZ")) zone_ = zone;
    if (const char* locale = std::setlocale(LC_ALL, nullptr)) locale_ = locale;
    for (const char* name : {"tr_TR.UTF-8", "de_DE.UTF-8", "C.UTF-8"})
      if (std::setlocale(LC_ALL, name)) {
        name_ = name;
        break;
      }
    setenv("TZ", "Pacific/Chatham", 1);
    tzset();
  }
  ~Abroad() {
    (void)std::setlocale(LC_ALL, locale_.c_str());
    zone_.empty() ? unsetenv("TZ") : setenv("TZ", zone_.c_str(), 1);
    tzset();
  }
  Abroad(const Abroad&) = delete;
  Abroad& operator=(const Abroad&) = delete;
  const std::string& locale() const { return name_; }

 private:
  std::string zone_, locale_ = "C", name_ = "C";
};

struct Result {
  std::vector<std::pair<std::string, std::string>> files;  // path and digest
  size_t objects = 0, findings = 0;
};

Result run_once(const Options& options, Session& session) {
  session.request.keep = Keep::Texts;
  session.request.load.cache_dir.clear();  // nothing may be remembered from one run to the next
  run_pipeline(options, session);
  add_passthrough(session.request.project, session.result, session.request.only);
  Result out;
  for (const OutputFile& file : layout_files(session)) out.files.emplace_back(file.path, file.text.digest().hex());
  out.files.emplace_back("the findings", sha256_hex(render_json(session.result.diags.all(), session.result.sources, {.limit = SIZE_MAX})));
  out.objects = session.result.manifests.size();
  out.findings = session.result.diags.all().size();
  return out;
}

std::string digest_of(const Result& result) {
  std::string all;
  for (const auto& [path, digest] : result.files) all += cat(path, '\n', digest, '\n');
  return sha256_hex(all);
}

std::string first_difference(const Result& a, const Result& b) {
  for (size_t i = 0; i < std::min(a.files.size(), b.files.size()); ++i)
    if (a.files[i] != b.files[i]) return a.files[i].first == b.files[i].first ? a.files[i].first : cat(a.files[i].first, " or ", b.files[i].first);
  return a.files.size() == b.files.size() ? "" : "the number of files";
}

bool turn_folders(Session& session) {
  LoadOptions& load = session.request.load;
  std::string error;
  if (!load.files) load.files = open_folder(load.project_root, error);
  if (load.files) load.files = std::make_shared<Backwards>(load.files);
  return load.files != nullptr;
}

class Checker {
 public:
  explicit Checker(const Options& options) : options_(options) {}

  bool run(size_t threads, bool backwards, const std::string& more) {
    Session session;
    if (const auto stop = prepare(options_, session)) {
      exit_code_ = *stop;
      return false;
    }
    if (threads) session.request.load.threads = threads;
    keep_input(session.request.load);
    std::string words = cat(session.request.load.threads, session.request.load.threads == 1 ? " thread" : " threads");
    if (backwards && turn_folders(session)) words += ", folders listed backwards";
    keep(run_once(options_, session), words + more);
    return true;
  }

  int exit_code() const { return exit_code_; }
  Determinism take() { return std::move(out_); }

 private:
  // Standard input can be read only once.
  void keep_input(LoadOptions& load) {
    if (std::find(load.sources.begin(), load.sources.end(), "-") == load.sources.end()) return;
    std::string error;
    if (!load.files) load.files = open_folder(load.project_root, error);
    if (!load.files) return;
    if (!input_) input_ = load.files->read_input(load.limits.file_bytes).text;
    load.files = std::make_shared<GivenInput>(load.files, *input_);
  }

  void keep(const Result& result, std::string words) {
    if (out_.runs.empty()) {
      first_ = result;
      out_.files = result.files.size() - 1;
      out_.objects = result.objects;
      out_.findings = result.findings;
    }
    out_.runs.push_back({std::move(words), digest_of(result), first_difference(first_, result)});
  }

  const Options& options_;
  std::optional<std::string> input_;
  Result first_;
  Determinism out_;
  int exit_code_ = 0;
};

}  // namespace

bool Determinism::equal() const {
  return std::all_of(runs.begin(), runs.end(), [](const DeterminismRun& r) { return r.difference.empty(); });
}

std::optional<Determinism> check_determinism(const Options& options, int& exit_code) {
  Checker checker(options);
  const bool fine = checker.run(0, false, "") && checker.run(1, false, "") && checker.run(5, true, "") && [&] {
    const Abroad abroad;
    return checker.run(3, true, cat(", locale ", abroad.locale(), ", time zone Pacific/Chatham"));
  }();
  exit_code = checker.exit_code();
  return fine ? std::optional(checker.take()) : std::nullopt;
}

}  // namespace isvcc

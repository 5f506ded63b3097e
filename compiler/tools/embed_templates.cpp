// Build time: turns templates/lib into C++ data. Two uses:
//   embed_templates library OUT.cpp DIR   the files themselves, for imports of isvcc/…
//   embed_templates releases OUT.cpp DIR  what each KServe release installs, evaluated to JSON
extern "C" {
#include <libjsonnet.h>
}

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

// Replaced by the image tag when the program runs. Must stay the same as in kserve/bundled.cpp.
constexpr const char* kTagMarker = "@IMAGE_TAG@";

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string literal(const std::string& text) { return "R\"isvcc(" + text + ")isvcc\""; }

std::vector<fs::path> library_files(const fs::path& dir) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(dir))
    if (entry.path().extension() == ".libsonnet") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

// The text that a snippet evaluates to; imports are looked up in `dir`.
std::string evaluate(const std::string& snippet, const fs::path& dir) {
  JsonnetVm* vm = jsonnet_make();
  jsonnet_jpath_add(vm, (dir.string() + "/").c_str());
  jsonnet_string_output(vm, 1);
  int error = 0;
  char* result = jsonnet_evaluate_snippet(vm, "embed_templates", snippet.c_str(), &error);
  std::string text = result;
  jsonnet_realloc(vm, result, 0);
  jsonnet_destroy(vm);
  if (error) throw std::runtime_error(text);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> result;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    result.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return result;
}

std::string library_source(const fs::path& dir) {
  std::string out = "#include \"load/embedded_library.h\"\n\nnamespace isvcc {\n\nstatic constexpr EmbeddedFile kFiles[] = {\n";
  for (const fs::path& file : library_files(dir))
    out += "{\"isvcc/" + file.filename().string() + "\", " + literal(read(file)) + "},\n";
  return out + "};\n\nstd::span<const EmbeddedFile> embedded_library() { return kFiles; }\n\n}  // namespace isvcc\n";
}

std::string release_row(const std::string& release, const fs::path& dir) {
  const std::string arguments = "('" + release + "', '" + kTagMarker + "')";
  const std::string objects = evaluate(
      "local all(file) = local m = file.release" + arguments + "; [m[name] for name in std.objectFields(m)];\n"
      "std.manifestJsonMinified({apiVersion: 'v1', kind: 'List', items: all(import 'runtimes.libsonnet') + all(import 'storagecontainers.libsonnet')})", dir);
  const std::string config = evaluate("std.manifestJsonMinified((import 'config.libsonnet').release" + arguments + ")", dir);
  return "{\"" + release + "\", " + literal(objects) + ", " + literal(config) + "},\n";
}

std::string releases_source(const fs::path& dir) {
  std::string out = "#include \"kserve/bundled_releases.h\"\n\nnamespace isvcc {\n\nstatic constexpr BundledRelease kReleases[] = {\n";
  for (const std::string& release : words(evaluate("std.join(' ', (import 'releases.libsonnet').known)", dir))) out += release_row(release, dir);
  return out + "};\n\nstd::span<const BundledRelease> bundled_releases() { return kReleases; }\n\n}  // namespace isvcc\n";
}

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 4) throw std::runtime_error("usage: embed_templates library|releases OUT.cpp DIR");
  const std::string what = argv[1];
  write(argv[2], what == "library" ? library_source(argv[3]) : releases_source(argv[3]));
  return 0;
} catch (const std::exception& failure) {
  (void)std::fprintf(stderr, "embed_templates: %s\n", failure.what());
  return 1;
}

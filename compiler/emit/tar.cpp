#include "emit/tar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "base/text.h"

namespace isvcc {
namespace {

constexpr size_t kBlock = 512;

// One header; fields by their places in the ustar format.
class Header {
 public:
  Header() { bytes_.fill('\0'); }

  void text(size_t at, std::string_view value) { std::copy(value.begin(), value.end(), bytes_.begin() + at); }
  // Octal digits up to a final zero byte.
  void number(size_t at, size_t width, uint64_t value) {
    for (size_t i = width - 1; i-- > 0; value >>= 3) bytes_[at + i] = static_cast<char>('0' + (value & 7));
  }
  // The sum of all bytes, the field itself counted as blanks: six digits, a zero byte, a blank.
  std::string_view finished() {
    text(148, "        ");
    uint64_t sum = 0;
    for (char c : bytes_) sum += static_cast<unsigned char>(c);
    number(148, 7, sum);
    bytes_[154] = '\0';
    return {bytes_.data(), bytes_.size()};
  }

 private:
  std::array<char, kBlock> bytes_;
};

struct Name {
  std::string_view prefix, name;
};

// Up to 100 bytes, or up to 155 more in front of a slash.
std::optional<Name> split_name(std::string_view path) {
  if (path.size() <= 100) return Name{{}, path};
  const size_t slash = path.rfind('/', 155);
  if (slash == std::string_view::npos || slash == 0 || path.size() - slash - 1 > 100 || path.size() == slash + 1) return std::nullopt;
  return Name{path.substr(0, slash), path.substr(slash + 1)};
}

class Archive {
 public:
  void folder(const std::string& path) { entry(path + '/', '5', 0755, {}); }
  void file(const OutputFile& file) { entry(file.path, '0', 0644, file.text.text()); }
  // Two empty blocks end an archive.
  std::string take() {
    out_.append(2 * kBlock, '\0');
    return std::move(out_);
  }

 private:
  void entry(std::string_view path, char type, uint64_t mode, std::string_view text) {
    std::optional<Name> name = split_name(path);
    if (!name) {
      block({{}, "pax"}, 'x', 0644, pax_path(path));
      name = Name{{}, path.substr(path.size() - 100)};
    }
    block(*name, type, mode, text);
  }

  void block(Name name, char type, uint64_t mode, std::string_view text) {
    Header header;
    header.text(0, name.name);
    header.number(100, 8, mode);
    header.number(108, 8, 0);
    header.number(116, 8, 0);
    header.number(124, 12, text.size());
    header.number(136, 12, 0);
    header.text(156, std::string_view(&type, 1));
    header.text(257, std::string_view("ustar\00000", 8));
    header.text(345, name.prefix);
    out_ += header.finished();
    out_ += text;
    out_.append((kBlock - text.size() % kBlock) % kBlock, '\0');
  }

  // "LENGTH path=…\n", where LENGTH counts itself.
  static std::string pax_path(std::string_view path) {
    const size_t rest = path.size() + 7;
    size_t length = rest + 1;
    while (cat(length).size() + rest != length) length = cat(length).size() + rest;
    return cat(length, " path=", path, '\n');
  }

  std::string out_;
};

}  // namespace

std::string tar_of(std::vector<OutputFile> files) {
  std::sort(files.begin(), files.end(), [](const OutputFile& a, const OutputFile& b) { return a.path < b.path; });
  Archive archive;
  std::set<std::string> folders;
  for (const OutputFile& file : files) {
    for (size_t slash = file.path.find('/'); slash != std::string::npos; slash = file.path.find('/', slash + 1))
      if (folders.insert(file.path.substr(0, slash)).second) archive.folder(file.path.substr(0, slash));
    archive.file(file);
  }
  return archive.take();
}

}  // namespace isvcc

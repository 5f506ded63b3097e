#pragma once
// Files whose objects the caller knows from an earlier run: they are listed, but neither parsed nor, when their place on the disk
// tells that they are the same, read. Decides nothing about what was known of them.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_stamp.h"
#include "base/sha256.h"
#include "diag/source.h"

namespace isvcc {

// Asked by several threads at once. `place`: where the file stands among those of the walk; it is likely to have stood there in earlier ones.
class KnownFiles {
 public:
  virtual ~KnownFiles() = default;
  // The content of a file that surely is what it was; null when that is not sure.
  virtual const Digest* content_of(std::string_view name, size_t place, const FileStamp& stamp) const = 0;
  // Whether the objects of a file with this name and content are known.
  virtual bool knows(std::string_view name, size_t place, const Digest& content) const = 0;
};

// One file of a run with a KnownFiles.
struct FileFacts {
  std::string_view name;            // as `path`: of a file in Documents.walk
  FileId file = 0;
  std::optional<FileStamp> stamp;   // taken before it was read
  std::optional<Digest> content;    // none: it could not be read
  bool left_out = false;            // known: it has no documents in this run
  std::string_view path;            // for reading it after all
  bool json = false, named = false;
};

}  // namespace isvcc

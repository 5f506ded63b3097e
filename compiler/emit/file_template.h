#pragma once
// Names of output files from a pattern: "{namespace}/{service}/{kind}-{name}.yaml". Makes names only; never touches the disk.
//
// {namespace}  "_cluster" for objects without one          {kind} {Kind}   in lower case, as it is
// {service}    "_shared" for shared and copied objects      {name}
// {group} {version} {apiVersion}                            {word?text}     the word and the text, or nothing when the word is empty
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emit/layouts.h"

namespace isvcc {

class FileTemplate {
 public:
  // The pattern, or the word for one: "kustomize" (as `kustomize build -o DIR`), "kargo", "tanka". Nothing, and `error`, when it is not valid.
  static std::optional<FileTemplate> parse(std::string_view text, std::string& error);

  std::string path(const LayoutObject& object) const;

 private:
  struct Piece {
    std::string text;        // kept as it is; of a word what follows it when it is not empty
    std::string word = {};   // empty: only the text
    bool optional = false;
  };
  std::vector<Piece> pieces_;
};

}  // namespace isvcc

#pragma once
// Rendered objects by the identity that a printed document shows.
#include <map>

#include "finish/finish.h"
#include "review/printed_lines.h"

namespace isvcc {

class PrintedObjects {
 public:
  explicit PrintedObjects(const std::vector<Manifest>& manifests);

  std::vector<PrintedLine> lines(std::string_view text, Arena& arena) const;

 private:
  std::map<std::string, View, std::less<>> objects_;
};

}  // namespace isvcc

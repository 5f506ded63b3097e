#pragma once
// Many entries and all that they import as one Jsonnet text, because libjsonnet reads its own standard library anew for every file
// (14 ms and 4 MB each). Each file becomes a local name bound to its text, lines kept, so that messages can be led back.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "load/jsonnet/error.h"
#include "load/jsonnet/graph.h"

namespace isvcc::jsonnet {

inline constexpr std::string_view kBundleName = "isvcc-bundle";

struct TopLevelArguments {
  std::map<std::string, std::string> texts;
  std::map<std::string, const File*> codes;
  std::vector<std::string> names() const;
};

struct Bundle {
  struct Piece {
    uint32_t first_line, lines;
    const File* file;
  };
  std::string snippet;
  std::vector<Piece> pieces;
  std::map<std::string, const File*> names;  // of the bundle's locals, for "thunk <zz1>"

  // The file and place that a place of the bundle stands for; no file for what the bundle itself adds.
  const File* original(Place& place) const;
};

// What a failed import or a broken file throws in a bundle: a text that no Jsonnet file can contain.
std::string marked(std::string_view problem);
// The problem inside a message, nothing for other messages.
std::optional<std::string> unmarked(std::string_view message);

// All code of the entries' closures must be sound or marked as broken. Nothing when the files leave no names free.
std::optional<Bundle> make_bundle(Graph& graph, const std::vector<const File*>& entries, const Project& project, const TopLevelArguments& arguments,
                                  std::string_view begin);

}  // namespace isvcc::jsonnet

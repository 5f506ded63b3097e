#pragma once
// Formats × runtimes × protocols: which runtime answers which question of a service, who uses it, and which never win.
// What KServe's automatic selection would do, asked for every format, version and protocol that the runtimes list.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "review/facts.h"

namespace isvcc {

// A protocol that no runtime of the format lists: only those without a list answer.
inline constexpr std::string_view kOtherProtocol = "others";

struct RuntimeUse {
  const Runtime* runtime = nullptr;
  std::vector<const ServiceFacts*> users;      // their predictors run on it
  size_t automatic_users = 0;                  // of these, those that did not name it
  const Runtime* hides = nullptr;              // the cluster runtime of the same name
  const Runtime* outranked_by = nullptr;       // it wins no question; this one wins its first
  bool bundled() const { return runtime->object->file == 0; }
};

// What services of a namespace (empty: of every namespace without a candidate of its own) get when they ask for a format.
struct MatrixRow {
  std::string_view namespace_;
  std::string format;
  std::vector<std::optional<std::string>> versions;  // nothing: the service asks for no version
  std::vector<std::string> protocols;
  bool multi_node = false;
  std::vector<const Runtime*> order;           // the first wins
  size_t services = 0;                         // that ask one of these questions
};

// Two runtimes that only creation time and name tell apart.
struct RuntimeClash {
  const Runtime* first = nullptr;
  const Runtime* second = nullptr;
  const MatrixRow* row = nullptr;
  bool decides = false;                        // the first of the two wins the question
};

struct RuntimeMatrix {
  std::vector<RuntimeUse> runtimes;            // cluster scope first, by namespace and name
  std::vector<MatrixRow> rows;                 // by format, namespace, protocol
  std::vector<RuntimeClash> clashes;
};

RuntimeMatrix runtime_matrix(const Facts& facts);

std::string matrix_text(const RuntimeMatrix& matrix, const Facts& facts);
// Schema isvcc.dev/runtimes/v1 (docs/runtimes.md).
std::string matrix_json(const RuntimeMatrix& matrix, const Facts& facts);
// One page that needs nothing else.
std::string matrix_html(const RuntimeMatrix& matrix, const Facts& facts);

}  // namespace isvcc

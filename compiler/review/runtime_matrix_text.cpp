#include "base/text.h"
#include "review/runtime_words.h"
#include "review/text_table.h"

namespace isvcc {
namespace {

constexpr size_t kShownRuntimes = 4;  // of one row

std::string order_words(const MatrixRow& row) {
  std::string out;
  for (size_t i = 0; i < row.order.size() && i < kShownRuntimes; ++i) out += cat(out.empty() ? "" : " > ", ranked_words(*row.order[i], row.format));
  return row.order.size() > kShownRuntimes ? cat(out, " > ", row.order.size() - kShownRuntimes, " more") : out;
}

std::string scope_words(const MatrixRow& row) {
  return cat(row.namespace_.empty() ? "everywhere" : printable(row.namespace_), row.multi_node ? ", multi-node" : "");
}

std::string rows_text(const RuntimeMatrix& matrix) {
  std::string out;
  TextTable table;
  const std::string* format = nullptr;
  auto finish = [&] {
    if (format) out += cat('\n', printable(*format), '\n', table.text());
    table = TextTable();
  };
  for (const MatrixRow& row : matrix.rows) {
    if (!format || *format != row.format) {
      finish();
      format = &row.format;
    }
    table.row({versions_words(row), protocols_words(row), scope_words(row), order_words(row), row.services ? count_words(row.services, "service", "services") : ""});
  }
  finish();
  return out;
}

std::string runtimes_text(const RuntimeMatrix& matrix, const Facts& facts) {
  TextTable table;
  for (const RuntimeUse& use : matrix.runtimes) {
    const size_t named = use.users.size() - use.automatic_users;
    table.row({short_name(*use.runtime->object), use.users.empty() ? "unused" : cat(use.automatic_users, " selected, ", named, " named"),
               protocols_words(View(use.runtime->spec)["protocolVersions"]), place_of(*use.runtime->object, facts.sources), join(remarks_of(use), "; ")});
  }
  return cat("\nruntimes: users, protocols, source\n", table.text());
}

std::string unused_text(const RuntimeMatrix& matrix) {
  std::vector<std::string> names;
  for (const RuntimeUse& use : matrix.runtimes)
    if (use.users.empty() && !use.bundled()) names.push_back(short_name(*use.runtime->object));
  return names.empty() ? "" : cat("\nused by no service: ", join(names, ", "), '\n');
}

size_t bundled_count(const RuntimeMatrix& matrix) {
  size_t n = 0;
  for (const RuntimeUse& use : matrix.runtimes) n += use.bundled();
  return n;
}

}  // namespace

std::string matrix_text(const RuntimeMatrix& matrix, const Facts& facts) {
  std::string out = cat(count_words(matrix.runtimes.size(), "runtime", "runtimes"), " (", bundled_count(matrix), " bundled), ",
                        count_words(facts.services.size(), "service", "services"), "\n\nwho is selected: versions asked for, protocols, where, order (priority)\n");
  out += rows_text(matrix) + runtimes_text(matrix, facts);
  if (!matrix.clashes.empty()) out += "\nclashes\n";
  for (const RuntimeClash& clash : matrix.clashes) out += cat("  ", clash_words(clash), '\n');
  return out + unused_text(matrix);
}

}  // namespace isvcc

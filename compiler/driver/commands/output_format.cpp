#include "base/text.h"
#include "driver/commands/facts.h"

namespace isvcc {

std::optional<std::string> output_format(const Options& options, const std::vector<std::string_view>& known) {
  const std::string wanted = options.value("format").value_or(std::string(known[0]));
  for (std::string_view name : known)
    if (wanted == name) return wanted;
  print_error(cat("--format must be one of ", join(known, ", "), ", got ", quote(wanted)));
  return std::nullopt;
}

}  // namespace isvcc

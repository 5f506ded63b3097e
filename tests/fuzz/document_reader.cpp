// What go_reader/main.go is for Kubernetes, for isvcc: a document a line in base64 in, "ok JSON" or "CODE message" a line out. Documents of one text
// are answered as a JSON array when there are several.
#include <iostream>

#include "emit/yaml_writer.h"
#include "load/base64.h"
#include "load/reader.h"

using namespace isvcc;

static std::string encoded(std::string_view text) {
  static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (size_t i = 0; i < text.size(); i += 3) {
    uint32_t bits = 0;
    const size_t count = std::min<size_t>(3, text.size() - i);
    for (size_t k = 0; k < 3; ++k) bits = bits << 8 | (k < count ? static_cast<unsigned char>(text[i + k]) : 0);
    for (size_t k = 0; k < 4; ++k) out += k <= count ? kDigits[bits >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

static std::string answer(std::string_view text) {
  Arena arena;
  Diagnostics diags;
  Scratch scratch{arena, diags};
  const std::vector<const Node*> documents = read_yaml(text, 1, YamlEngine::LibYaml, Limits(), scratch);
  for (const Diagnostic& d : diags.all())
    if (d.severity == Severity::Error) return std::string(info(d.code).id) + ' ' + encoded(d.message);
  std::string json;
  if (documents.empty()) json = "null";
  else if (documents.size() == 1) write_json(json, documents.front());
  else write_json(json, Make(arena).list(documents));
  return "ok " + encoded(json);
}

int main() {
  for (std::string line; std::getline(std::cin, line);) std::cout << answer(decode_base64(line).value_or("")) << '\n';
}

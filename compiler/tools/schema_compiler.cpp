// schema_compiler OUT.cpp FILE.schema…: turns the schema notation into the tables linked into isvcc.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "tools/tables.h"

namespace isvcc::notation {

static bool read(const std::string& name, std::string& text) {
  std::ifstream in(name, std::ios::binary);
  if (!in) return false;
  text.assign(std::istreambuf_iterator<char>(in), {});
  return true;
}

static int complain(const std::string& error) {
  (void)std::fprintf(stderr, "%s\n", error.c_str());
  return 1;
}

static int run(const std::string& output, std::vector<std::string> inputs) {
  std::sort(inputs.begin(), inputs.end());
  File file;
  std::string error, text;
  for (const std::string& name : inputs) {
    if (!read(name, text)) return complain("cannot read " + name);
    if (!parse(text, name, file, error)) return complain(error);
  }
  Tables tables;
  if (!make_tables(file, tables, error)) return complain(error);
  std::ofstream out(output, std::ios::binary);
  out << source_of(tables);
  return out.flush() ? 0 : complain("cannot write " + output);
}

}  // namespace isvcc::notation

int main(int argc, char** argv) {
  if (argc < 3) return isvcc::notation::complain("usage: schema_compiler OUT.cpp FILE.schema…");
  return isvcc::notation::run(argv[1], {argv + 2, argv + argc});
}

// Seals a file of the cache after a test changed it: seal_cache_file FILE
#include <fstream>
#include <iterator>

#include "driver/incremental/sealed_file.h"

int main(int, char** arguments) {
  std::ifstream in(arguments[1], std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const std::string body = text.substr(0, text.size() - sizeof(isvcc::Checksum));
  isvcc::write_sealed(arguments[1], {body});
}

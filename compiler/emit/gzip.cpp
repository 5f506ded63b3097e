#include "emit/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <climits>

namespace isvcc {
namespace {

class Deflater {
 public:
  Deflater() {
    ready_ = deflateInit2(&stream_, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) == Z_OK;
    header_.os = 255;  // unknown: the same on every system
    ready_ = ready_ && deflateSetHeader(&stream_, &header_) == Z_OK;
  }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;
  ~Deflater() { deflateEnd(&stream_); }

  std::string run(std::string_view bytes) {
    std::string out;
    bool fine = ready_;
    do {
      const size_t piece = std::min<size_t>(bytes.size(), UINT_MAX / 2);
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
      stream_.avail_in = static_cast<uInt>(piece);
      bytes.remove_prefix(piece);
      fine = fine && drain(out, bytes.empty() ? Z_FINISH : Z_NO_FLUSH);
    } while (!bytes.empty() && fine);
    return fine ? out : std::string();
  }

 private:
  bool drain(std::string& out, int flush) {
    char buffer[64 * 1024];
    int state = Z_OK;
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(buffer);
      stream_.avail_out = sizeof buffer;
      state = deflate(&stream_, flush);
      if (state == Z_STREAM_ERROR) return false;
      out.append(buffer, sizeof buffer - stream_.avail_out);
    } while (stream_.avail_out == 0);
    return flush != Z_FINISH || state == Z_STREAM_END;
  }

  z_stream stream_{};
  gz_header header_{};
  bool ready_ = false;
};

}  // namespace

std::string gzip_of(std::string_view bytes) { return Deflater().run(bytes); }

}  // namespace isvcc

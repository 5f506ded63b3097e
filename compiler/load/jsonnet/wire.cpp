#include "load/jsonnet/wire.h"

#include <algorithm>
#include <cstring>

namespace isvcc::jsonnet {

static constexpr size_t kHeader = 1 + sizeof(uint32_t);

BodyWriter& BodyWriter::number(uint32_t value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);  // both ends are the same machine
  body_.append(bytes, sizeof value);
  return *this;
}

BodyWriter& BodyWriter::text(std::string_view value) {
  number(static_cast<uint32_t>(value.size()));
  body_.append(value);
  return *this;
}

BodyWriter& BodyWriter::table(const std::map<std::string, std::string>& entries) {
  number(static_cast<uint32_t>(entries.size()));
  for (const auto& [key, value] : entries) text(key).text(value);
  return *this;
}

std::string_view BodyReader::take(size_t size) {
  if (size > body_.size()) {
    good_ = false;
    return {};
  }
  const std::string_view taken = body_.substr(0, size);
  body_.remove_prefix(size);
  return taken;
}

uint32_t BodyReader::number() {
  uint32_t value = 0;
  const std::string_view bytes = take(sizeof value);
  if (good_) std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

std::string BodyReader::text() { return std::string(take(number())); }

std::map<std::string, std::string> BodyReader::table() {
  std::map<std::string, std::string> entries;
  for (uint32_t left = number(); left > 0 && good_; --left) {
    std::string key = text();
    entries[std::move(key)] = text();
  }
  return entries;
}

std::string encode(const Job& job) {
  BodyWriter out;
  out.text(job.name).text(job.snippet).number(job.entries).text(job.begin);
  out.table(job.ext_vars).table(job.ext_codes).table(job.tla_vars).table(job.tla_codes);
  out.number(job.cpu_seconds).number(static_cast<uint32_t>(std::min<uint64_t>(job.output_bytes, 1u << 30)));
  return out.body();
}

std::optional<Job> decode_job(std::string_view body) {
  BodyReader in(body);
  Job job;
  job.name = in.text();
  job.snippet = in.text();
  job.entries = in.number();
  job.begin = in.text();
  job.ext_vars = in.table();
  job.ext_codes = in.table();
  job.tla_vars = in.table();
  job.tla_codes = in.table();
  job.cpu_seconds = in.number();
  job.output_bytes = in.number();
  return in.good() ? std::optional(std::move(job)) : std::nullopt;
}

std::string packed(FrameKind kind, std::string_view body) {
  const auto size = static_cast<uint32_t>(body.size());
  std::string out(kHeader, '\0');
  out[0] = static_cast<char>(kind);
  std::memcpy(&out[1], &size, sizeof size);
  return out.append(body);
}

std::optional<Frame> take_frame(std::string& buffer, size_t limit, bool& good) {
  if (buffer.size() < kHeader) return std::nullopt;
  uint32_t size = 0;
  std::memcpy(&size, &buffer[1], sizeof size);
  good = size <= limit;
  if (!good || buffer.size() - kHeader < size) return std::nullopt;
  Frame frame{static_cast<FrameKind>(buffer[0]), buffer.substr(kHeader, size)};
  buffer.erase(0, kHeader + size);
  return frame;
}

}  // namespace isvcc::jsonnet

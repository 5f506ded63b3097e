#pragma once
// What isvcc and a Jsonnet worker say to each other over their socket: frames of one kind byte, a length and a body.
// Nothing that the other side sends is trusted: lengths are bounded, a body that ends early is an error.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace isvcc::jsonnet {

enum class FrameKind : uint8_t {
  Job = 1,      // to the worker: evaluate this
  Answer,       // to the worker: an imported file
  Import,       // from the worker: wants a file
  Begun,        // from the worker: evaluation of entry i begins
  Results,      // from the worker: one JSON text for each entry
  Error,        // from the worker: libjsonnet's message
  OutOfMemory,  // from the worker: its last word
  TooLarge,     // from the worker: the result of entry i is larger than allowed
};

struct Frame {
  FrameKind kind;
  std::string body;
};

class BodyWriter {
 public:
  BodyWriter& number(uint32_t value);
  BodyWriter& text(std::string_view value);
  BodyWriter& table(const std::map<std::string, std::string>& entries);
  const std::string& body() const { return body_; }

 private:
  std::string body_;
};

class BodyReader {
 public:
  explicit BodyReader(std::string_view body) : body_(body) {}
  uint32_t number();
  std::string text();
  std::map<std::string, std::string> table();
  // False when something was missing: what was read since is empty.
  bool good() const { return good_; }

 private:
  std::string_view take(size_t size);
  std::string_view body_;
  bool good_ = true;
};

// One evaluation.
struct Job {
  std::string name;     // of the snippet, in messages
  std::string snippet;
  // A bundle: an object with one field for each of `entries` entries, which call std.native(begin)(i) first. 0: one value.
  uint32_t entries = 0;
  std::string begin;
  std::map<std::string, std::string> ext_vars, ext_codes, tla_vars, tla_codes;
  uint32_t cpu_seconds = 10;        // for each entry
  uint64_t output_bytes = 64u << 20;  // of each entry
};

std::string encode(const Job& job);
std::optional<Job> decode_job(std::string_view body);

// The frame as it goes over the socket.
std::string packed(FrameKind kind, std::string_view body);

// Takes the first whole frame off `buffer`. Nothing when it is not complete; `good` becomes false for one longer than `limit`.
std::optional<Frame> take_frame(std::string& buffer, size_t limit, bool& good);

}  // namespace isvcc::jsonnet

// The child's side: libjsonnet with our importer and native functions. Its input is hostile; whatever goes wrong here ends this process only.
extern "C" {
#include <libjsonnet.h>
}

#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

#include "load/jsonnet.h"
#include "load/jsonnet/natives.h"
#include "load/jsonnet/sandbox.h"
#include "load/jsonnet/wire.h"

namespace isvcc {

using namespace jsonnet;

static constexpr size_t kLargestFrame = 1u << 31;
// Some 100 MB of values: most evaluations end before that, and collecting garbage costs them a fifth of their time.
static constexpr unsigned kObjectsBeforeCollection = 1'000'000;

namespace {

class Channel {
 public:
  explicit Channel(int fd) : fd_(fd) {}

  // Ends the process when the other side is gone.
  Frame receive() {
    bool good = true;
    for (;;) {
      if (auto frame = take_frame(buffer_, kLargestFrame, good)) return std::move(*frame);
      char bytes[65536];
      const ssize_t size = recv(fd_, bytes, sizeof bytes, 0);
      if (size < 0 && errno == EINTR) continue;
      if (size <= 0 || !good) _exit(1);
      buffer_.append(bytes, static_cast<size_t>(size));
    }
  }

  void send(FrameKind kind, std::string_view body) const {
    const std::string bytes = packed(kind, body);
    for (size_t at = 0; at < bytes.size();) {
      const ssize_t sent = ::send(fd_, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) _exit(1);
      at += static_cast<size_t>(sent);
    }
  }

 private:
  int fd_;
  std::string buffer_;
};

// What the callbacks of libjsonnet reach through their context pointer.
struct Session {
  Channel& channel;
  JsonnetVm* vm;
  const Job& job;
  int begun = -1;
};

char* copied(JsonnetVm* vm, std::string_view text) {
  char* out = jsonnet_realloc(vm, nullptr, text.size() + 1);
  std::memcpy(out, text.data(), text.size());
  out[text.size()] = '\0';
  return out;
}

struct Imported {
  bool found;
  std::string name, text;
};

Imported ask_for(Session& session, const char* directory, const char* path) {
  session.channel.send(FrameKind::Import, BodyWriter().text(directory).text(path).body());
  const Frame frame = session.channel.receive();
  BodyReader body(frame.body);
  const bool found = body.number() != 0;
  std::string name = body.text();
  return {found, std::move(name), body.text()};
}

// libjsonnet up to 0.18: text without a length.
[[maybe_unused]] char* import_text(void* context, const char* directory, const char* path, char** found_here, int* success) {
  auto& session = *static_cast<Session*>(context);
  const Imported file = ask_for(session, directory, path);
  *success = file.found;
  if (file.found) *found_here = copied(session.vm, file.name);
  return copied(session.vm, file.text);
}

// libjsonnet from 0.19 on.
[[maybe_unused]] int import_bytes(void* context, const char* directory, const char* path, char** found_here, char** buffer, size_t* size) {
  auto& session = *static_cast<Session*>(context);
  const Imported file = ask_for(session, directory, path);
  if (file.found) *found_here = copied(session.vm, file.name);
  *buffer = copied(session.vm, file.text);
  *size = file.text.size();
  return file.found ? 0 : 1;
}

// The overload that fits the type of the installed library's callback is the one that is used.
[[maybe_unused]] void set_importer(void (*install)(JsonnetVm*, char* (*)(void*, const char*, const char*, char**, int*), void*), Session& session) {
  install(session.vm, import_text, &session);
}
[[maybe_unused]] void set_importer(void (*install)(JsonnetVm*, int (*)(void*, const char*, const char*, char**, char**, size_t*), void*), Session& session) {
  install(session.vm, import_bytes, &session);
}

// CPU time is given anew to each entry of a bundle; the parent does the same with wall time.
void extend_cpu_time(uint32_t seconds) {
  rusage used{};
  rlimit bounds{};
  if (getrusage(RUSAGE_SELF, &used) != 0 || getrlimit(RLIMIT_CPU, &bounds) != 0) return;
  const auto spent = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1'000'000);
  bounds.rlim_cur = std::min<rlim_t>(spent + 1 + seconds, bounds.rlim_max);  // the second that has begun is not counted
  setrlimit(RLIMIT_CPU, &bounds);
}

// std.native(job.begin)(i): entry i is evaluated next. Entries are evaluated in order, so a second call for one is not ours.
JsonnetJsonValue* begin(void* context, const JsonnetJsonValue* const* arguments, int* success) {
  auto& session = *static_cast<Session*>(context);
  double index = -1;
  jsonnet_json_extract_number(session.vm, arguments[0], &index);
  *success = index == session.begun + 1;
  if (*success) {
    ++session.begun;
    extend_cpu_time(session.job.cpu_seconds);
    session.channel.send(FrameKind::Begun, BodyWriter().number(static_cast<uint32_t>(session.begun)).body());
  }
  return jsonnet_json_make_bool(session.vm, 1);
}

void configure(Session& session) {
  JsonnetVm* vm = session.vm;
  set_importer(jsonnet_import_callback, session);
  jsonnet_gc_min_objects(vm, kObjectsBeforeCollection);
  for (const auto& [name, value] : session.job.ext_vars) jsonnet_ext_var(vm, name.c_str(), value.c_str());
  for (const auto& [name, value] : session.job.ext_codes) jsonnet_ext_code(vm, name.c_str(), value.c_str());
  for (const auto& [name, value] : session.job.tla_vars) jsonnet_tla_var(vm, name.c_str(), value.c_str());
  for (const auto& [name, value] : session.job.tla_codes) jsonnet_tla_code(vm, name.c_str(), value.c_str());
  static const char* const kParameters[] = {"entry", nullptr};
  if (session.job.entries) jsonnet_native_callback(vm, session.job.begin.c_str(), begin, &session, kParameters);
}

// Adds a result; false when it is larger than allowed.
bool add(std::vector<std::string_view>& results, const char* text, const Job& job) {
  results.emplace_back(text);
  return results.back().size() <= job.output_bytes;
}

void send_results(Session& session, const char* output) {
  std::vector<std::string_view> results;
  bool fits = true;
  if (session.job.entries == 0) {
    fits = add(results, output, session.job);
  } else {  // name, value, name, value, …, an empty name
    for (const char* at = output; *at && fits;) {
      at += std::strlen(at) + 1;
      fits = add(results, at, session.job);
      at += std::strlen(at) + 1;
    }
  }
  if (!fits) return session.channel.send(FrameKind::TooLarge, BodyWriter().number(static_cast<uint32_t>(results.size() - 1)).body());
  BodyWriter body;
  body.number(static_cast<uint32_t>(results.size()));
  for (const std::string_view result : results) body.text(result);
  session.channel.send(FrameKind::Results, body.body());
}

void serve(Channel& channel, const Job& job, YamlPrinter print_yaml) {
  Session session{channel, jsonnet_make(), job, -1};
  configure(session);
  const Natives natives(session.vm, print_yaml);
  int failed = 0;
  const auto run = job.entries ? jsonnet_evaluate_snippet_multi : jsonnet_evaluate_snippet;
  char* output = run(session.vm, job.name.c_str(), job.snippet.c_str(), &failed);
  if (failed)
    channel.send(FrameKind::Error, BodyWriter().text(output).body());
  else
    send_results(session, output);
  _exit(0);  // nothing is worth taking down
}

[[noreturn]] void out_of_memory() {
  static constexpr char kFrame[] = {static_cast<char>(FrameKind::OutOfMemory), 0, 0, 0, 0};
  _exit(send(kJsonnetWorkerFd, kFrame, sizeof kFrame, MSG_NOSIGNAL) < 0 ? 2 : 0);
}

}  // namespace

int jsonnet_worker_main(int fd, YamlPrinter print_yaml) {
  std::set_new_handler(out_of_memory);
  Channel channel(fd);
  if (!give_up_rights()) return 1;
  const Frame frame = channel.receive();
  const auto job = frame.kind == FrameKind::Job ? decode_job(frame.body) : std::nullopt;
  if (!job) return 1;
  serve(channel, *job, print_yaml);
  return 0;
}

}  // namespace isvcc

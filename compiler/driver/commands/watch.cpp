// watch: build, and build again whenever a source changes. Each build is a process of its own: it starts afresh, and its end gives everything back.
// It is made while nothing happens, reads what the builds before it left, and waits for its turn.
#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <utility>

#include "base/text.h"
#include "driver/commands/build.h"
#include "driver/commands/command.h"
#include "driver/commands/session.h"
#include "driver/watch/folder_watch.h"
#include "driver/watch/watched.h"
#include "emit/stop_signals.h"

namespace isvcc {
namespace {

constexpr int kSettleMilliseconds = 5;  // a save is over when nothing happened for so long
constexpr int kMostSettlements = 100;   // but a build is not put off for ever
constexpr size_t kMostNamed = 5;

// ---- one build

struct Built {
  int code = kBug;
  std::optional<Watched> watched;  // absent when it did not come so far
};

void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno != EINTR) return;
    text.remove_prefix(static_cast<size_t>(std::max<ssize_t>(written, 0)));
  }
}

// Whether it is to go on: not when the parent is gone, or needs it no more.
bool is_called(int parent) {
  char called = 0;
  ssize_t got = 0;
  while ((got = ::read(parent, &called, 1)) < 0 && errno == EINTR) {
  }
  return got == 1;
}

// `before`: of the build before this one.
[[noreturn]] void build_in_child(const Options& options, const Watched& before, int parent) {
  BuildHooks hooks;
  hooks.compiled = [&](std::deque<Session>& sessions) {
    write_all(parent, watched_text(watched(sessions)));
    for (Session& session : sessions) session.told_before = [&](const Diagnostic& d) { return d.severity != Severity::Error && before.findings.contains(finding_name(d)); };
  };
  hooks.wait = [&] {
    if (!is_called(parent)) ::_exit(kFine);
  };
  const int code = build_and_tell(options, hooks);
  (void)std::fflush(nullptr);
  ::_exit(code);
}

std::string read_all(int descriptor) {
  std::string text;
  char buffer[64 * 1024];
  for (ssize_t size; (size = ::read(descriptor, buffer, sizeof buffer)) != 0;)
    if (size > 0) text.append(buffer, static_cast<size_t>(size));
    else if (errno != EINTR) break;
  return text;
}

// Begins when run() is called; never, when that does not happen.
class WaitingBuild {
 public:
  WaitingBuild(const Options& options, const Watched& before) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return;
    (void)std::fflush(nullptr);
    child_ = ::fork();
    socket_ = ends[0];
    if (child_ == 0) {
      ::close(ends[0]);  // or it would never see the parent's end close
      build_in_child(options, before, ends[1]);
    }
    ::close(ends[1]);
  }
  ~WaitingBuild() { (void)end(); }
  WaitingBuild(const WaitingBuild&) = delete;
  WaitingBuild& operator=(const WaitingBuild&) = delete;

  // False when it ended before its turn.
  bool waits() const { return child_ > 0 && ::waitpid(child_, nullptr, WNOHANG) == 0; }

  Built run() {
    (void)::send(socket_, "", 1, MSG_NOSIGNAL);  // one that is gone has told why
    const std::string text = read_all(socket_);
    Built built;
    built.code = end();
    if (!text.empty()) built.watched = read_watched(text);
    return built;
  }

 private:
  // Its exit code.
  int end() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    int status = 0;
    const pid_t child = std::exchange(child_, -1);
    while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : kBug;
  }

  pid_t child_ = -1;
  int socket_ = -1;
};

// ---- the cache

// Of a watch that was given none: a folder of its own, which goes when the watch ends.
class OwnCache {
 public:
  explicit OwnCache(const Options& options) {
    std::error_code error;
    std::string name = (std::filesystem::temp_directory_path(error) / "isvcc-watch-XXXXXX").string();
    if (!options.value("cache") && !error && ::mkdtemp(name.data())) folder_ = name;
  }
  ~OwnCache() {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  }
  OwnCache(const OwnCache&) = delete;
  OwnCache& operator=(const OwnCache&) = delete;

  Options options(const Options& given) const { return folder_.empty() ? given : given.with("cache", folder_); }

 private:
  std::string folder_;
};

// ---- waiting

class Watcher {
 public:
  explicit Watcher(const Options& options) : options_(options) {
    const sigset_t set = stopping_signals();
    sigprocmask(SIG_BLOCK, &set, nullptr);
    signals_ = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  }
  ~Watcher() { ::close(signals_); }

  int run() {
    for (;;) {
      const auto began = std::filesystem::file_time_type::clock::now();
      if (!next_ || !next_->waits()) next_.emplace(options_, watched_);
      const Built built = next_->run();
      next_.reset();
      if (const int number = signal_received()) return 128 + number;
      if (built.watched) watched_ = *built.watched;
      else if (watched_.folders.empty()) return built.code;
      if (changed_before_watching(watch_.watch(watched_.folders), began)) continue;
      tell();
      // One that could not begin says why: once is enough.
      if (built.watched) next_.emplace(options_, watched_);
      if (const int number = wait_for_change()) return 128 + number;
    }
  }

 private:
  void tell() {
    if (!watch_.problem().empty()) print_error(watch_.problem());
    if (!options_.flag("quiet"))
      print_error(cat("watching ", watched_.files.size(), " files in ", watched_.folders.size(), " folders", std::exchange(told_, true) ? "" : "; stop with Ctrl-C"));
  }

  int signal_received() {
    signalfd_siginfo info{};
    return ::read(signals_, &info, sizeof info) == sizeof info ? static_cast<int>(info.ssi_signo) : 0;
  }

  // Whatever changed while nobody watched.
  bool changed_before_watching(const std::vector<std::string>& folders, std::filesystem::file_time_type began) const {
    for (const std::string& folder : folders) {
      std::error_code error;
      for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        std::error_code gone;
        const auto time = entry.last_write_time(gone);
        if (!gone && !entry.is_directory(gone) && time > began && watched_.concern(entry.path().string())) return true;
      }
    }
    return false;
  }

  // 0, or the signal that ends it all.
  int wait_for_change() {
    std::set<std::string> changed;
    bool lost = false;
    while (changed.empty() && !lost) {
      pollfd events[] = {{watch_.descriptor(), POLLIN, 0}, {signals_, POLLIN, 0}};
      if (::poll(events, 2, -1) < 0) continue;
      if (const int number = signal_received()) return number;
      collect(changed, lost);
    }
    for (int i = 0; i < kMostSettlements; ++i) {
      pollfd event{watch_.descriptor(), POLLIN, 0};
      if (::poll(&event, 1, kSettleMilliseconds) <= 0) break;
      collect(changed, lost);
    }
    tell_changes(changed);
    if (lost || !std::all_of(changed.begin(), changed.end(), [&](const std::string& path) { return watched_.is_source(path); })) next_.reset();
    return 0;
  }

  void collect(std::set<std::string>& changed, bool& lost) {
    for (const std::string& path : watch_.changes(lost))
      if (watched_.concern(path)) changed.insert(path);
  }

  void tell_changes(const std::set<std::string>& changed) const {
    if (options_.flag("quiet")) return;
    std::string names;
    size_t count = 0;
    for (const std::string& path : changed)
      if (++count <= kMostNamed) names += cat(names.empty() ? "" : ", ", printable(relative_to(absolute_path("."), path).value_or(path)));
    if (count > kMostNamed) names += cat(" and ", count - kMostNamed, " more");
    print_error(cat("changed: ", names.empty() ? "too much to name" : names));
  }

  const Options& options_;
  FolderWatch watch_;
  Watched watched_;
  std::optional<WaitingBuild> next_;
  int signals_ = -1;
  bool told_ = false;
};

}  // namespace

int run_watch(const Options& options) {
  if (std::find(options.arguments.begin(), options.arguments.end(), "-") != options.arguments.end()) {
    print_error("watch follows files and folders: standard input is read once");
    return kUsage;
  }
  const OwnCache cache(options);
  const Options own = cache.options(options);
  return Watcher(own).run();
}

}  // namespace isvcc

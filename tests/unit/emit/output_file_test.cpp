// Single files and streams.
#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "base/text.h"
#include "emit/output_file.h"
#include "support/temporary_folder.h"

using namespace isvcc;
using test::TemporaryFolder;
namespace fs = std::filesystem;

static OutputResult write(const std::string& path, std::string_view text, std::string* message = nullptr) {
  Diagnostics diags;
  const OutputResult result = write_file(path, text, {}, diags);
  if (message && !diags.all().empty()) *message = diags.all().front().message;
  return result;
}

BOOST_AUTO_TEST_SUITE(output_file)

BOOST_AUTO_TEST_CASE(a_file_is_written_whole_and_nothing_stays_beside_it) {
  TemporaryFolder t;
  BOOST_TEST(write(t.path("reports/junit.xml"), "one\n").ok);
  BOOST_TEST(write(t.path("reports/junit.xml"), "two\n").written == 1u);
  BOOST_TEST((t.tree() == std::map<std::string, std::string>{{"reports/junit.xml", "two\n"}}));
}

BOOST_AUTO_TEST_CASE(an_equal_file_is_not_touched) {
  TemporaryFolder t;
  write(t.path("a"), "x");
  const auto time = fs::last_write_time(t.path("a"));
  BOOST_TEST(write(t.path("a"), "x").unchanged == 1u);
  BOOST_TEST((fs::last_write_time(t.path("a")) == time));
}

BOOST_AUTO_TEST_CASE(links_and_folders_are_refused) {
  TemporaryFolder t;
  t.write("target", "keep");
  fs::create_symlink("target", t.path("link"));
  BOOST_TEST((write(t.path("link"), "x").failure == OutputFailure::Refused));
  BOOST_TEST((write(t.path(), "x").failure == OutputFailure::Refused));
  BOOST_TEST(t.read("target") == "keep");
}

BOOST_AUTO_TEST_CASE(a_hard_link_is_replaced_not_written_through) {
  TemporaryFolder t;
  t.write("target", "keep");
  fs::create_hard_link(t.path("target"), t.path("a"));
  BOOST_TEST(write(t.path("a"), "x").ok);
  BOOST_TEST(t.read("target") == "keep");
}

BOOST_AUTO_TEST_CASE(an_edit_keeps_the_mode_and_wants_the_text_that_it_was_made_for) {
  TemporaryFolder t;
  t.write("source", "old");
  ::chmod(t.path("source").c_str(), 0640);
  Diagnostics diags;
  BOOST_TEST((write_file(t.path("source"), "new", {.edits = "other"}, diags).failure == OutputFailure::Refused));
  BOOST_TEST(contains(diags.all().front().message, "has changed meanwhile"));
  BOOST_TEST(t.read("source") == "old");
  BOOST_TEST(write_file(t.path("source"), "new", {.edits = "old"}, diags).ok);
  struct stat info {};
  BOOST_TEST(::stat(t.path("source").c_str(), &info) == 0);
  BOOST_TEST((info.st_mode & 07777) == 0640u);
}

BOOST_AUTO_TEST_CASE(devices_are_written_to) { BOOST_TEST(write("/dev/null", "x").ok); }

BOOST_AUTO_TEST_CASE(a_full_device_is_an_error_with_its_reason) {
  if (!fs::exists("/dev/full")) return;
  std::string message;
  BOOST_TEST((write("/dev/full", "x", &message).failure == OutputFailure::Io));
  BOOST_TEST(contains(message, "ENOSPC"), message);
}

BOOST_AUTO_TEST_CASE(a_closed_pipe_ends_the_stream_without_a_signal) {
  int ends[2];
  BOOST_REQUIRE(::pipe(ends) == 0);
  ::close(ends[0]);
  Diagnostics diags;
  BOOST_TEST((write_stream(ends[1], "x", diags) == Streaming::Closed));
  BOOST_TEST(diags.all().empty());
  ::close(ends[1]);
}

BOOST_AUTO_TEST_CASE(a_small_pipe_that_does_not_block_gets_everything) {
  int ends[2];
  BOOST_REQUIRE(::pipe2(ends, O_NONBLOCK) == 0);
  ::fcntl(ends[0], F_SETFL, 0);
  const std::string text(1 << 20, 'x');
  std::string got;
  std::thread reader([&] {
    char buffer[4096];
    for (ssize_t n; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;) got.append(buffer, static_cast<size_t>(n));
  });
  Diagnostics diags;
  BOOST_TEST((write_stream(ends[1], text, diags) == Streaming::Done));
  ::close(ends[1]);
  reader.join();
  ::close(ends[0]);
  BOOST_TEST((got == text));
}

BOOST_AUTO_TEST_SUITE_END()

// What a project may read, and what it may not: once with the kernel's confinement and once with the walk by hand.
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

#include "load/file_system.h"
#include "load/virtual_file_system.h"
#include "unit/load/temporary_folder.h"

using namespace isvcc;
using namespace isvcc::test;

namespace isvcc {
static std::ostream& operator<<(std::ostream& out, FileStatus status) { return out << static_cast<int>(status); }
static std::ostream& operator<<(std::ostream& out, FileKind kind) { return out << static_cast<int>(kind); }
}  // namespace isvcc

namespace {

// The same project on the disk, opened in both ways.
struct Project {
  TemporaryFolder disk;
  std::vector<std::pair<std::string, std::unique_ptr<FileSystem>>> open() const {
    std::string error;
    std::vector<std::pair<std::string, std::unique_ptr<FileSystem>>> all;
    all.emplace_back("walk", open_folder(disk.path("project"), error, Confinement::Walk));
    all.emplace_back("auto", open_folder(disk.path("project"), error, Confinement::Auto));
    std::unique_ptr<FileSystem> kernel = open_folder(disk.path("project"), error, Confinement::Kernel);
    // Sandboxes without openat2 leave only the walk.
    if (kernel->list("").status == FileStatus::Good) all.emplace_back("kernel", std::move(kernel));
    return all;
  }
  Project() {
    disk.file("secret", "secret");
    disk.file("project/a.yaml", "a: 1\n");
    disk.file("project/sub/b.yaml", "b: 2\n");
  }
};

constexpr uint64_t kMax = 1 << 20;

}  // namespace

#define FOR_BOTH(project, name, files) \
  for (const auto& [name, files] : (project).open()) BOOST_TEST_CONTEXT(name)

BOOST_AUTO_TEST_SUITE(file_system)

BOOST_AUTO_TEST_CASE(files_are_read_whole) {
  Project project;
  project.disk.file("project/empty", "");
  project.disk.file("project/large", std::string(300'000, 'x'));
  FOR_BOTH(project, name, files) {
    BOOST_CHECK_EQUAL(files->read("a.yaml", kMax).text, "a: 1\n");
    BOOST_CHECK_EQUAL(files->read("sub/b.yaml", kMax).text, "b: 2\n");
    BOOST_CHECK_EQUAL(files->read("empty", kMax).status, FileStatus::Good);
    BOOST_CHECK_EQUAL(files->read("large", kMax).text.size(), 300'000);
    BOOST_CHECK_EQUAL(files->read("none", kMax).status, FileStatus::Missing);
    BOOST_CHECK_EQUAL(files->read("a.yaml/x", kMax).status, FileStatus::Missing);
    BOOST_CHECK_EQUAL(files->read(std::string("a.yaml\0x", 8), kMax).status, FileStatus::Missing);
  }
}

BOOST_AUTO_TEST_CASE(nothing_outside_is_opened) {
  Project project;
  project.disk.link("project/relative", "../secret");
  project.disk.link("project/absolute", project.disk.path("secret"));
  project.disk.link("project/inside-by-absolute", project.disk.path("project/a.yaml"));
  project.disk.link("project/up", "..");
  project.disk.link("project/sub/far", "../../../../../../../../etc/passwd");
  project.disk.link("project/process", "/proc/self/environ");
  FOR_BOTH(project, name, files) {
    for (const char* path : {"relative", "absolute", "inside-by-absolute", "up/secret", "sub/far", "process", "../secret", "sub/../../secret"})
      BOOST_TEST_CONTEXT(path) {
        BOOST_CHECK_EQUAL(files->read(path, kMax).status, FileStatus::Outside);
        BOOST_CHECK_EQUAL(files->locate(path).status, FileStatus::Outside);
      }
    BOOST_CHECK_EQUAL(files->list("up").status, FileStatus::Outside);
  }
}

BOOST_AUTO_TEST_CASE(links_inside_are_followed) {
  Project project;
  project.disk.link("project/file", "sub/b.yaml");
  project.disk.link("project/sub/back", "../a.yaml");
  project.disk.link("project/folder", "sub");
  project.disk.link("project/chain", "file");
  FOR_BOTH(project, name, files) {
    BOOST_CHECK_EQUAL(files->read("file", kMax).text, "b: 2\n");
    BOOST_CHECK_EQUAL(files->read("sub/back", kMax).text, "a: 1\n");
    BOOST_CHECK_EQUAL(files->read("folder/back", kMax).text, "a: 1\n");
    BOOST_CHECK_EQUAL(files->read("chain", kMax).text, "b: 2\n");
    BOOST_CHECK_EQUAL(files->locate("folder/back").path, "a.yaml");
    BOOST_CHECK_EQUAL(files->locate("folder").path, "sub");
    BOOST_CHECK_EQUAL(files->locate("folder").kind, FileKind::Folder);
    BOOST_CHECK_EQUAL(files->locate("").path, "");
  }
}

BOOST_AUTO_TEST_CASE(links_that_lead_nowhere_end) {
  Project project;
  project.disk.link("project/self", "self");
  project.disk.link("project/ping", "pong");
  project.disk.link("project/pong", "ping");
  project.disk.link("project/dangling", "none");
  FOR_BOTH(project, name, files) {
    BOOST_CHECK_EQUAL(files->read("self", kMax).status, FileStatus::Loop);
    BOOST_CHECK_EQUAL(files->read("ping", kMax).status, FileStatus::Loop);
    BOOST_CHECK_EQUAL(files->locate("ping").status, FileStatus::Loop);
    BOOST_CHECK_EQUAL(files->read("dangling", kMax).status, FileStatus::Missing);
  }
}

BOOST_AUTO_TEST_CASE(only_regular_files_are_read_and_nothing_waits) {
  Project project;
  project.disk.pipe("project/pipe");
  FOR_BOTH(project, name, files) {
    BOOST_CHECK_EQUAL(files->read("pipe", kMax).status, FileStatus::NotAFile);
    BOOST_CHECK_EQUAL(files->read("sub", kMax).status, FileStatus::NotAFile);
    BOOST_CHECK_EQUAL(files->read("", kMax).status, FileStatus::NotAFile);
    BOOST_CHECK_EQUAL(files->locate("pipe").kind, FileKind::Other);
    BOOST_CHECK_EQUAL(files->list("a.yaml").status, FileStatus::Missing);
  }
}

BOOST_AUTO_TEST_CASE(sizes_are_checked_before_reading) {
  Project project;
  project.disk.file("project/sparse", "x");
  std::filesystem::resize_file(project.disk.path("project/sparse"), uint64_t{1} << 40);
  FOR_BOTH(project, name, files) {
    BOOST_CHECK_EQUAL(files->read("sparse", kMax).status, FileStatus::TooLarge);
    BOOST_CHECK_EQUAL(files->read("a.yaml", 5).status, FileStatus::Good);
    BOOST_CHECK_EQUAL(files->read("a.yaml", 4).status, FileStatus::TooLarge);
  }
}

BOOST_AUTO_TEST_CASE(folders_are_listed_by_the_bytes_of_their_names) {
  Project project;
  for (const char* name : {"b", "a", "B", "é", "-rf", "a b", "line\nend", "::set-output"}) project.disk.file(std::string("project/names/") + name, "");
  project.disk.folder("project/names/c");
  project.disk.link("project/names/d", "a");
  project.disk.pipe("project/names/e");
  FOR_BOTH(project, name, files) {
    const FolderList list = files->list("names");
    BOOST_CHECK(std::is_sorted(list.entries.begin(), list.entries.end(), [](const auto& a, const auto& b) { return a.name < b.name; }));
    BOOST_REQUIRE_EQUAL(list.entries.size(), 11);
    for (const FolderEntry& e : list.entries)
      BOOST_CHECK_EQUAL(e.kind, e.name == "c" ? FileKind::Folder : e.name == "d" ? FileKind::Link : e.name == "e" ? FileKind::Other : FileKind::File);
  }
}

BOOST_AUTO_TEST_CASE(a_file_that_is_written_meanwhile_never_gives_mixed_content) {
  Project project;
  const std::string a(50'000, 'a'), b(80'000, 'b');
  project.disk.file("project/busy", a);
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    for (int i = 0; !stop; ++i) project.disk.file("project/busy", i % 2 ? a : b);
  });
  std::string error;
  const std::unique_ptr<FileSystem> files = open_folder(project.disk.path("project"), error);
  size_t mixed = 0;
  for (int i = 0; i < 200; ++i) {
    const FileText text = files->read("busy", kMax);
    // The writer truncates first: an empty or half-written file is what stands there, not a mixture.
    if (text.status == FileStatus::Good && text.text.find_first_not_of('a') != std::string::npos && text.text.find_first_not_of('b') != std::string::npos) ++mixed;
  }
  stop = true;
  writer.join();
  BOOST_CHECK_EQUAL(mixed, 0);
}

BOOST_AUTO_TEST_CASE(a_missing_project_is_an_error_not_a_crash) {
  std::string error;
  BOOST_CHECK(!open_folder("/nonexistent/folder", error));
  BOOST_CHECK(!error.empty());
}

BOOST_AUTO_TEST_CASE(paths_are_made_normal) {
  BOOST_CHECK_EQUAL(normal_path("a//b/./c/../d").value(), "a/b/d");
  BOOST_CHECK_EQUAL(normal_path(".").value(), "");
  BOOST_CHECK_EQUAL(normal_path("./a/").value(), "a");
  BOOST_CHECK(!normal_path("../a"));
  BOOST_CHECK(!normal_path("a/../../b"));
  BOOST_CHECK(!normal_path("/a"));
}

BOOST_AUTO_TEST_CASE(the_table_in_memory_behaves_like_a_folder) {
  VirtualFileSystem files;
  files.file("a/b.yaml", "x").link("a/c", "b.yaml").link("up", "a/../a").link("out", "../x").link("loop", "loop").link("abs", "/etc").special("pipe");
  BOOST_CHECK_EQUAL(files.read("a/c", 10).text, "x");
  BOOST_CHECK_EQUAL(files.locate("up/c").path, "a/b.yaml");
  BOOST_CHECK_EQUAL(files.read("out", 10).status, FileStatus::Outside);
  BOOST_CHECK_EQUAL(files.read("abs", 10).status, FileStatus::Outside);
  BOOST_CHECK_EQUAL(files.read("loop", 10).status, FileStatus::Loop);
  BOOST_CHECK_EQUAL(files.read("pipe", 10).status, FileStatus::NotAFile);
  BOOST_CHECK_EQUAL(files.read("a", 10).status, FileStatus::NotAFile);
  BOOST_CHECK_EQUAL(files.list("a").entries.size(), 2);
  BOOST_CHECK_EQUAL(files.list("").entries.size(), 6);
}

BOOST_AUTO_TEST_SUITE_END()

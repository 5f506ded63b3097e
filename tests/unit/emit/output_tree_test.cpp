// The output folder: one transaction, only our own files, never outside.
#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "emit/output_tree.h"
#include "support/temporary_folder.h"

using namespace isvcc;
using test::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

using Tree = std::map<std::string, std::string>;

struct Run {
  OutputResult result;
  std::string codes;  // "E0802 E0804"
  std::string message, hint;
};

Run write(const std::string& folder, const std::vector<OutputFile>& files, OutputOptions options = {}) {
  Run run;
  Diagnostics diags;
  options.directory = folder;
  run.result = write_tree(files, options, diags);
  for (const Diagnostic& d : diags.all()) {
    run.codes += cat(run.codes.empty() ? "" : " ", info(d.code).id);
    run.message = d.message;
    run.hint = d.hint;
  }
  return run;
}

Tree without_index(Tree tree) {
  tree.erase(std::string(kIndexPath));
  return tree;
}

// Like std::map ==, with both sides shown.
void expect(const Tree& found, const Tree& wanted) {
  for (const auto& [path, text] : wanted) BOOST_TEST((found.contains(path) ? found.at(path) : "(missing)") == text, path);
  for (const auto& [path, text] : found) BOOST_TEST(wanted.contains(path), "not expected: " << path);
}

ino_t inode(const std::string& path) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0 ? info.st_ino : 0;
}

mode_t mode(const std::string& path) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0 ? info.st_mode & 07777 : 0;
}

// Nothing beside the output but what was there.
void expect_clean(const TemporaryFolder& folder) {
  for (const auto& entry : fs::directory_iterator(folder.path())) BOOST_TEST(!contains(entry.path().filename().string(), "isvcc-"), entry.path().string());
}

const std::vector<OutputFile> kTwo = {{"a/x.yaml", "x: 1\n"}, {"b.yaml", "b: 1\n"}};

}  // namespace

BOOST_AUTO_TEST_SUITE(output_tree)

BOOST_AUTO_TEST_CASE(a_new_folder_is_made_with_the_folders_above_it) {
  TemporaryFolder t;
  const Run run = write(t.path("deep/er/out"), kTwo);
  BOOST_TEST(run.result.ok, run.message);
  BOOST_TEST(run.result.written == 3u);
  expect(without_index(t.tree("deep/er/out")), {{"a/x.yaml", "x: 1\n"}, {"b.yaml", "b: 1\n"}});
  expect_clean(t);
}

BOOST_AUTO_TEST_CASE(modes_do_not_depend_on_the_umask) {
  TemporaryFolder t;
  const mode_t before = ::umask(077);
  const Run run = write(t.path("out"), kTwo);
  ::umask(before);
  BOOST_TEST(run.result.ok);
  BOOST_TEST(mode(t.path("out")) == 0755u);
  BOOST_TEST(mode(t.path("out/a")) == 0755u);
  BOOST_TEST(mode(t.path("out/a/x.yaml")) == 0644u);
  BOOST_TEST(mode(t.path("out/.isvcc/index.json")) == 0644u);
}

BOOST_AUTO_TEST_CASE(an_unchanged_folder_is_not_touched) {
  TemporaryFolder t;
  write(t.path("out"), kTwo);
  const ino_t folder = inode(t.path("out")), file = inode(t.path("out/b.yaml"));
  const auto time = fs::last_write_time(t.path());
  const Run run = write(t.path("out"), kTwo);
  BOOST_TEST(run.result.ok);
  BOOST_TEST(run.result.unchanged == 3u);
  BOOST_TEST(run.result.written == 0u);
  BOOST_TEST(inode(t.path("out")) == folder);
  BOOST_TEST(inode(t.path("out/b.yaml")) == file);
  BOOST_TEST((fs::last_write_time(t.path()) == time));
}

BOOST_AUTO_TEST_CASE(unchanged_files_keep_their_inode_when_others_change) {
  TemporaryFolder t;
  write(t.path("out"), kTwo);
  const ino_t file = inode(t.path("out/a/x.yaml"));
  const Run run = write(t.path("out"), {{"a/x.yaml", "x: 1\n"}, {"b.yaml", "b: 2\n"}});
  BOOST_TEST(run.result.ok);
  BOOST_TEST(run.result.written == 2u);  // and the list of files
  BOOST_TEST(inode(t.path("out/a/x.yaml")) == file);
  BOOST_TEST(t.read("out/b.yaml") == "b: 2\n");
  expect_clean(t);
}

BOOST_AUTO_TEST_CASE(files_that_are_no_longer_made_are_removed_with_their_folders) {
  TemporaryFolder t;
  write(t.path("out"), kTwo);
  const Run run = write(t.path("out"), {{"b.yaml", "b: 1\n"}});
  BOOST_TEST(run.result.ok);
  BOOST_TEST(run.result.removed == 1u);
  expect(without_index(t.tree("out")), {{"b.yaml", "b: 1\n"}});
  BOOST_TEST(!t.has("out/a"));
}

BOOST_AUTO_TEST_CASE(files_of_others_are_kept) {
  TemporaryFolder t;
  write(t.path("out"), kTwo);
  t.write("out/README.md", "mine\n");
  t.write("out/own/deep/x.txt", "mine\n");
  fs::create_directory(t.path("out/empty"));
  fs::create_symlink("README.md", t.path("out/link"));
  const ino_t readme = inode(t.path("out/README.md"));
  const Run run = write(t.path("out"), {{"c.yaml", "c: 1\n"}});
  BOOST_TEST(run.result.ok, run.message);
  expect(without_index(t.tree("out")), {{"README.md", "mine\n"}, {"own/deep/x.txt", "mine\n"}, {"empty", "/"}, {"link", "-> README.md"}, {"c.yaml", "c: 1\n"}});
  BOOST_TEST(inode(t.path("out/README.md")) == readme);
}

BOOST_AUTO_TEST_CASE(a_file_becomes_a_folder_and_back) {
  TemporaryFolder t;
  write(t.path("out"), {{"a", "1\n"}});
  BOOST_TEST(write(t.path("out"), {{"a/b", "2\n"}}).result.ok);
  expect(without_index(t.tree("out")), {{"a/b", "2\n"}});
  BOOST_TEST(write(t.path("out"), {{"a", "3\n"}}).result.ok);
  expect(without_index(t.tree("out")), {{"a", "3\n"}});
}

BOOST_AUTO_TEST_CASE(an_edited_file_is_not_overwritten) {
  TemporaryFolder t;
  write(t.path("out"), kTwo);
  t.write("out/b.yaml", "b: edited\n");
  const Run run = write(t.path("out"), {{"a/x.yaml", "x: 2\n"}, {"b.yaml", "b: 2\n"}});
  BOOST_TEST(!run.result.ok);
  BOOST_TEST((run.result.failure == OutputFailure::Refused));
  BOOST_TEST(run.codes == "E0804");
  expect(without_index(t.tree("out")), {{"a/x.yaml", "x: 1\n"}, {"b.yaml", "b: edited\n"}});
  BOOST_TEST(write(t.path("out"), {{"b.yaml", "b: 2\n"}}, {.force = true}).result.ok);
  expect(without_index(t.tree("out")), {{"b.yaml", "b: 2\n"}});
  expect_clean(t);
}

BOOST_AUTO_TEST_CASE(an_edited_file_is_not_removed) {
  TemporaryFolder t;
  write(t.path("out"), kTwo);
  t.write("out/b.yaml", "b: edited\n");
  BOOST_TEST(write(t.path("out"), {{"a/x.yaml", "x: 1\n"}}).codes == "E0804");
  BOOST_TEST(t.read("out/b.yaml") == "b: edited\n");
}

BOOST_AUTO_TEST_CASE(an_edit_that_says_what_we_say_is_fine) {
  TemporaryFolder t;
  write(t.path("out"), kTwo);
  t.write("out/b.yaml", "b: 2\n");
  BOOST_TEST(write(t.path("out"), {{"b.yaml", "b: 2\n"}}).result.ok);
}

BOOST_AUTO_TEST_CASE(a_file_of_others_in_the_way_is_not_overwritten) {
  TemporaryFolder t;
  t.write("out/b.yaml", "mine\n");
  fs::create_directories(t.path("out/dir/b.yaml/sub"));
  BOOST_TEST(write(t.path("out"), kTwo).codes == "E0805");
  BOOST_TEST(write(t.path("out"), {{"b.yaml/x", "1\n"}}).codes == "E0805");
  BOOST_TEST(t.read("out/b.yaml") == "mine\n");
  BOOST_TEST(write(t.path("out"), kTwo, {.force = true}).result.ok);
  BOOST_TEST(t.read("out/b.yaml") == "b: 1\n");
}

BOOST_AUTO_TEST_CASE(a_link_in_the_output_is_never_followed) {
  TemporaryFolder t;
  t.write("secret/x.yaml", "x: 0\n");
  fs::create_directory(t.path("out"));
  fs::create_symlink("../secret", t.path("out/a"));
  fs::create_symlink("../secret/x.yaml", t.path("out/b.yaml"));
  BOOST_TEST(write(t.path("out"), kTwo).codes == "E0805 E0805");
  BOOST_TEST(write(t.path("out"), kTwo, {.force = true}).result.ok);
  BOOST_TEST(t.read("secret/x.yaml") == "x: 0\n");
  expect(without_index(t.tree("out")), {{"a/x.yaml", "x: 1\n"}, {"b.yaml", "b: 1\n"}});
}

BOOST_AUTO_TEST_CASE(a_hard_link_to_a_file_outside_is_replaced_not_written_through) {
  TemporaryFolder t;
  write(t.path("out"), {{"b.yaml", "b: 1\n"}});
  fs::create_hard_link(t.path("out/b.yaml"), t.path("outside"));
  BOOST_TEST(write(t.path("out"), {{"b.yaml", "b: 2\n"}}).result.ok);
  BOOST_TEST(t.read("outside") == "b: 1\n");
}

BOOST_AUTO_TEST_CASE(a_linked_output_is_refused) {
  TemporaryFolder t;
  fs::create_directory(t.path("real"));
  fs::create_symlink("real", t.path("out"));
  BOOST_TEST(write(t.path("out"), kTwo).codes == "E0802");
  BOOST_TEST(fs::is_empty(t.path("real")));
}

BOOST_AUTO_TEST_CASE(a_link_of_the_project_above_the_output_is_refused) {
  TemporaryFolder t;
  fs::create_directories(t.path("repo/real"));
  fs::create_directory_symlink("repo", t.path("alias"));
  fs::create_directory_symlink("real", t.path("repo/linked"));
  const OutputOptions options{.trusted_root = t.path("repo")};
  BOOST_TEST(write(t.path("repo/linked/out"), kTwo, options).codes == "E0802");
  BOOST_TEST(fs::is_empty(t.path("repo/real")));
  // Above the root links are the user's own business.
  BOOST_TEST(write(t.path("alias/real/out"), kTwo, {.trusted_root = t.path("alias")}).result.ok);
}

BOOST_AUTO_TEST_CASE(folders_that_are_never_an_output) {
  TemporaryFolder t;
  for (const char* folder : {"/", "", ".", "..", "a/..", "/..", "out/.git", ".git/hooks", "x/.GIT/y"}) BOOST_TEST(write(folder, kTwo).codes == "E0802", folder);
  fs::create_directories(t.path("tree/.git"));
  BOOST_TEST(write(t.path("tree"), kTwo).codes == "E0802");
  t.write("file", "x");
  BOOST_TEST(write(t.path("file"), kTwo).codes == "E0802");
}

BOOST_AUTO_TEST_CASE(an_output_that_holds_sources_is_refused_but_may_lie_among_them) {
  TemporaryFolder t;
  t.write("project/input/a.yaml", "x");
  const OutputOptions options{.keep_out = {t.path("project/input"), t.path("project/input/a.yaml"), t.path("gone")}};
  for (const char* folder : {"project", "project/input", "project/input/"}) BOOST_TEST(write(t.path(folder), kTwo, options).codes == "E0802", folder);
  BOOST_TEST(write(t.path("project/input/out"), kTwo, options).result.ok);
}

BOOST_AUTO_TEST_CASE(unsafe_and_clashing_paths_are_refused_before_anything_is_written) {
  TemporaryFolder t;
  for (const char* path : {"../x", "/x", "a//b", ".git/config", ".isvcc/index.json", ".ISVCC/x", "a\nb"}) BOOST_TEST(write(t.path("out"), {{path, ""}}).codes == "E0801", path);
  BOOST_TEST(write(t.path("out"), {{"a.yaml", ""}, {"A.yaml", ""}}).codes == "E0801");
  BOOST_TEST(write(t.path("out"), {{"a", ""}, {"a", ""}}).codes == "E0801");
  BOOST_TEST(write(t.path("out"), {{"a", ""}, {"a/b/c", ""}}).codes == "E0801");
  BOOST_TEST(!t.has("out"));
}

BOOST_AUTO_TEST_CASE(a_forged_list_of_files_deletes_nothing) {
  TemporaryFolder t;
  t.write("ci.yml", "keep\n");
  t.write("out/.isvcc/index.json", cat("{\"version\":1,\"files\":{\"../ci.yml\":\"", sha256_hex("keep\n"), "\"}}"));
  BOOST_TEST(write(t.path("out"), kTwo).codes == "E0807");
  BOOST_TEST(!t.has("out/b.yaml"));
  BOOST_TEST(write(t.path("out"), kTwo, {.force = true}).result.ok);
  BOOST_TEST(t.read("ci.yml") == "keep\n");
}

BOOST_AUTO_TEST_CASE(a_lost_list_of_files_makes_equal_files_ours_again) {
  TemporaryFolder t;
  write(t.path("out"), kTwo);
  fs::remove_all(t.path("out/.isvcc"));
  BOOST_TEST(write(t.path("out"), kTwo).result.ok);
  BOOST_TEST(write(t.path("out"), {{"b.yaml", "b: 2\n"}}).result.ok);
  expect(without_index(t.tree("out")), {{"b.yaml", "b: 2\n"}});
}

BOOST_AUTO_TEST_CASE(what_a_killed_run_left_is_cleaned_up) {
  TemporaryFolder t;
  write(t.path("out"), kTwo);
  t.write(".out.isvcc-new/a/x.yaml", "half");
  t.write(".out.isvcc-lock", "");
  const Run run = write(t.path("out"), kTwo);
  BOOST_TEST(run.result.ok);
  BOOST_TEST(run.result.unchanged == 3u);
  expect_clean(t);
}

BOOST_AUTO_TEST_CASE(a_planted_stage_that_is_a_link_is_removed_not_followed) {
  TemporaryFolder t;
  t.write("outside/file", "keep\n");
  fs::create_directory_symlink("outside", t.path(".out.isvcc-new"));
  BOOST_TEST(write(t.path("out"), kTwo).result.ok);
  BOOST_TEST(t.read("outside/file") == "keep\n");
  expect_clean(t);
}

BOOST_AUTO_TEST_CASE(an_unfinished_journal_is_finished) {
  TemporaryFolder t;
  write(t.path("out"), {{"a.yaml", "1\n"}, {"b.yaml", "1\n"}});
  t.write("out/.isvcc/new/0", "2\n");
  t.write("out/.isvcc/journal", cat("isvcc journal 1\nremove ", sha256_hex("1\n"), " b.yaml\nput 0 a.yaml\nput 1 done-before.yaml\nend\n"));
  const Run run = write(t.path("out"), {{"a.yaml", "2\n"}});
  BOOST_TEST(run.result.ok, run.message);
  expect(without_index(t.tree("out")), {{"a.yaml", "2\n"}});
}

BOOST_AUTO_TEST_CASE(a_forged_journal_changes_nothing) {
  TemporaryFolder t;
  write(t.path("out"), kTwo);
  t.write("ci.yml", "keep\n");
  for (const std::string& line : {cat("remove ", sha256_hex("keep\n"), " ../ci.yml"), std::string("put 0 ../ci.yml"), std::string("put ../../x a"), std::string("rm -rf /")}) {
    t.write("out/.isvcc/new/0", "evil\n");
    t.write("out/.isvcc/journal", cat("isvcc journal 1\n", line, "\nend\n"));
    BOOST_TEST(write(t.path("out"), kTwo).codes == "E0803", line);
  }
  BOOST_TEST(t.read("ci.yml") == "keep\n");
}

BOOST_AUTO_TEST_CASE(a_cut_journal_changes_nothing) {
  TemporaryFolder t;
  write(t.path("out"), kTwo);
  t.write("out/.isvcc/journal", cat("isvcc journal 1\nremove ", sha256_hex("b: 1\n"), " b.yaml\n"));
  BOOST_TEST(!write(t.path("out"), kTwo).result.ok);
  BOOST_TEST(t.read("out/b.yaml") == "b: 1\n");
}

BOOST_AUTO_TEST_CASE(no_files_are_an_output_too) {
  TemporaryFolder t;
  write(t.path("out"), kTwo);
  BOOST_TEST(write(t.path("out"), {}).result.ok);
  expect(without_index(t.tree("out")), {});
  BOOST_TEST(t.has("out/.isvcc/index.json"));
}

BOOST_AUTO_TEST_CASE(failures_name_the_path_and_the_reason) {
  TemporaryFolder t;
  t.write("file", "x");
  const Run run = write(t.path("file/out"), kTwo);
  BOOST_TEST((run.result.failure == OutputFailure::Io));
  BOOST_TEST(contains(run.message, "Not a directory (ENOTDIR)"), run.message);
}

BOOST_AUTO_TEST_SUITE_END()

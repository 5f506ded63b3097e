// From sources to objects: what is read, in which order, and what people are told about the rest.
#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "load/load.h"
#include "load/virtual_file_system.h"
#include "load/walk.h"
#include "unit/load/temporary_folder.h"

using namespace isvcc;
using namespace isvcc::test;

namespace {

constexpr std::string_view kObject = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n";

std::string object(std::string_view name) { return cat("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"", name, "\"}\n"); }

struct Run {
  Sources sources;
  Diagnostics diags;
  Documents documents;

  bool has(Code code) const {
    for (const Diagnostic& d : diags.all())
      if (d.code == code) return true;
    return false;
  }
  const Diagnostic& the(Code code) const {
    for (const Diagnostic& d : diags.all())
      if (d.code == code) return d;
    throw std::runtime_error(cat("no finding ", info(code).id, " in: ", summary()));
  }
  // "file:name file:name …"
  std::string objects() const {
    std::string out;
    for (const Document& d : documents.all) {
      if (!out.empty()) out += ' ';
      out += cat(sources.get(d.file).name, ":", View(d.root).at("metadata.name").text());
    }
    return out;
  }
  std::string summary() const {
    std::string out;
    for (const Diagnostic& d : diags.all()) out += cat(info(d.code).id, " ", sources.get(d.span.file).name, " ", d.message, "; ");
    return out;
  }
};

Run load_with(const std::shared_ptr<VirtualFileSystem>& files, LoadOptions options) {
  options.files = files;
  Run run;
  run.documents = load(options, run.sources, run.diags);
  return run;
}

Run load_from(const std::shared_ptr<VirtualFileSystem>& files, std::vector<std::string> sources = {""}) {
  LoadOptions options;
  options.sources = std::move(sources);
  return load_with(files, options);
}

std::shared_ptr<VirtualFileSystem> table() { return std::make_shared<VirtualFileSystem>(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(loading)

BOOST_AUTO_TEST_CASE(objects_come_by_file_name_and_place) {
  const auto files = table();
  files->file("b/x.yml", object("3") + "---\n" + object("4")).file("a.yaml", object("1")).file("b.json", R"({"apiVersion":"v1","kind":"C","metadata":{"name":"2"}})");
  files->file("a-b/x.yaml", object("0"));
  const Run run = load_from(files);
  BOOST_CHECK_EQUAL(run.objects(), "a-b/x.yaml:0 a.yaml:1 b.json:2 b/x.yml:3 b/x.yml:4");
  BOOST_CHECK_EQUAL(run.summary(), "");
  BOOST_CHECK_EQUAL(run.documents.files, 4);
  BOOST_CHECK_EQUAL(join(run.documents.read_files, " "), "a-b/x.yaml a.yaml b.json b/x.yml");
}

BOOST_AUTO_TEST_CASE(a_project_file_is_no_object_and_a_folder_with_one_is_another_project) {
  const auto files = table();
  files->file("isvcc.yaml", "apiVersion: isvcc.dev/v1\nkind: Project\n").file("a.yaml", object("1"));
  files->file("other/isvcc.yaml", "kind: Project\n").file("other/x.yaml", object("2")).file("other/deep/y.yaml", object("3"));
  const Run run = load_from(files);
  BOOST_CHECK_EQUAL(run.objects(), "a.yaml:1");
  BOOST_CHECK_EQUAL(run.the(Code::NestedProject).message, "'other' has an isvcc.yaml of its own and was left out");
  BOOST_CHECK_EQUAL(load_from(files, {"", "other"}).objects(), "a.yaml:1 other/deep/y.yaml:3 other/x.yaml:2");
  BOOST_CHECK_EQUAL(load_from(files, {"other/deep"}).objects(), "other/deep/y.yaml:3");
}

BOOST_AUTO_TEST_CASE(the_number_of_threads_does_not_show) {
  const auto files = table();
  for (int i = 0; i < 300; ++i) files->file(cat("f", i, ".yaml"), i % 7 == 0 ? "a: [\n" : object(cat("n", i)));
  LoadOptions options;
  options.sources = {""};
  const Run one = load_with(files, options);
  options.threads = 8;
  const Run many = load_with(files, options);
  BOOST_CHECK_EQUAL(one.objects(), many.objects());
  BOOST_CHECK_EQUAL(one.summary(), many.summary());
}

BOOST_AUTO_TEST_CASE(hidden_and_foreign_folders_are_not_read) {
  const auto files = table();
  for (const char* name : {".hidden.yaml", ".git/x.yaml", ".github/workflows/ci.yaml", "vendor/x.yaml", "a/node_modules/x.yaml", "jsonnetfile.json", "a/jsonnetfile.lock.json", "tkrc.yaml", "README.md", "x.libsonnet", "x.txt"}) files->file(name, "]");
  files->file("a/x.yaml", object("x"));
  BOOST_CHECK_EQUAL(load_from(files).objects(), "a/x.yaml:x");
}

BOOST_AUTO_TEST_CASE(a_named_file_is_read_whatever_its_name) {
  const auto files = table();
  files->file(".hidden/x.txt", object("x")).file("vendor/y.yaml", object("y"));
  BOOST_CHECK_EQUAL(load_from(files, {".hidden/x.txt", "vendor"}).objects(), ".hidden/x.txt:x vendor/y.yaml:y");
}

BOOST_AUTO_TEST_CASE(sources_may_overlap) {
  const auto files = table();
  files->file("a/x.yaml", object("x")).file("a/b/y.yaml", object("y"));
  BOOST_CHECK_EQUAL(load_from(files, {"a/b", "a", "a/x.yaml", "./a//b/"}).objects(), "a/b/y.yaml:y a/x.yaml:x");
}

BOOST_AUTO_TEST_CASE(standard_input_is_a_source) {
  const auto files = table();
  files->input(object("in")).file("a.yaml", object("a"));
  BOOST_CHECK_EQUAL(load_from(files, {"-", "a.yaml"}).objects(), "<stdin>:in a.yaml:a");
}

BOOST_AUTO_TEST_CASE(ignore_files_and_patterns_leave_files_out) {
  const auto files = table();
  files->file(".isvccignore", "/drafts/\n*.tmp.yaml\n").file("drafts/x.yaml", "]").file("a.tmp.yaml", "]");
  files->file("a/.isvccignore", "!keep.tmp.yaml\n# comment\nold.yaml\n").file("a/keep.tmp.yaml", object("keep")).file("a/old.yaml", "]").file("old.yaml", object("old"));
  LoadOptions options;
  options.sources = {""};
  options.ignore = {"gen/**"};
  files->file("gen/deep/x.yaml", "]");
  BOOST_CHECK_EQUAL(load_with(files, options).objects(), "a/keep.tmp.yaml:keep old.yaml:old");
}

BOOST_AUTO_TEST_CASE(ignore_files_above_a_source_count) {
  const auto files = table();
  files->file(".isvccignore", "b/skip.yaml\n").file("b/skip.yaml", "]").file("b/x.yaml", object("x"));
  BOOST_CHECK_EQUAL(load_from(files, {"b"}).objects(), "b/x.yaml:x");
  // Naming a file is stronger than ignoring it.
  BOOST_CHECK(load_from(files, {"b/skip.yaml"}).has(Code::InvalidYaml));
}

BOOST_AUTO_TEST_CASE(a_broken_pattern_is_an_error) {
  const auto files = table();
  files->file(".isvccignore", "[a\n");
  BOOST_CHECK(contains(load_from(files).the(Code::BadIgnorePattern).message, "'[a'"));
}

BOOST_AUTO_TEST_CASE(our_own_output_is_never_input) {
  const auto files = table();
  files->file("out/x.yaml", "]").file("a/x.yaml", object("x")).link("a/again", "../out");
  LoadOptions options;
  options.sources = {""};
  options.exclude_dirs = {"./out/"};
  const Run run = load_with(files, options);
  BOOST_CHECK_EQUAL(run.objects(), "a/x.yaml:x");
  BOOST_CHECK_EQUAL(run.summary(), "");
}

BOOST_AUTO_TEST_CASE(a_file_with_several_names_is_read_once) {
  const auto files = table();
  files->file("base/x.yaml", object("x")).link("a-link.yaml", "base/x.yaml").link("z", "base").link("base/self.yaml", "x.yaml");
  BOOST_CHECK_EQUAL(load_from(files).objects(), "base/x.yaml:x");
  // Only the link is a source: its name is what people know.
  BOOST_CHECK_EQUAL(load_from(files, {"z"}).objects(), "z/x.yaml:x");
}

BOOST_AUTO_TEST_CASE(links_to_folders_are_followed_and_end) {
  const auto files = table();
  files->file("src/a/x.yaml", object("x")).file("shared/y.yaml", object("y")).link("src/more", "../shared").link("src/a/up", "..").link("shared/back", "../src/a");
  const Run run = load_from(files, {"src"});
  BOOST_CHECK_EQUAL(run.objects(), "src/a/x.yaml:x src/more/y.yaml:y");
  BOOST_CHECK(run.has(Code::LinkLoop));
  BOOST_CHECK_EQUAL(run.diags.errors(), 0);
}

BOOST_AUTO_TEST_CASE(links_out_of_the_project_are_refused) {
  const auto files = table();
  files->file("a/x.yaml", object("x")).link("a/out.yaml", "../../etc/passwd").link("a/abs", "/etc");
  const Run run = load_from(files);
  BOOST_CHECK_EQUAL(run.diags.errors(), 2);
  BOOST_CHECK(run.the(Code::OutsideProject).message == "'a/abs' leads out of the project");
  BOOST_CHECK(load_from(files, {"../x"}).has(Code::OutsideProject));
  BOOST_CHECK(load_from(files, {"/etc/passwd"}).has(Code::OutsideProject));
  BOOST_CHECK(load_from(files, {"a/out.yaml"}).has(Code::OutsideProject));
}

BOOST_AUTO_TEST_CASE(what_is_no_file_is_a_warning_in_folders_and_an_error_by_name) {
  const auto files = table();
  files->special("a/pipe.yaml").special("a/socket").link("a/gone.yaml", "none").link("a/loop.yaml", "loop.yaml").folder("a/folder.yaml");
  const Run run = load_from(files);
  BOOST_CHECK_EQUAL(run.diags.errors(), 0);
  BOOST_CHECK(run.has(Code::SpecialFile) && run.has(Code::DanglingLink) && run.has(Code::LinkLoop));
  BOOST_CHECK(load_from(files, {"a/pipe.yaml"}).has(Code::NotARegularFile));
  BOOST_CHECK(load_from(files, {"none"}).has(Code::SourceNotFound));
}

BOOST_AUTO_TEST_CASE(unreadable_files_and_folders_are_named) {
  const auto files = table();
  files->file("a.yaml", object("a")).file("b.yaml", object("b")).file("c.yaml", "").file("d/x.yaml", "]");
  files->fail("b.yaml", FileStatus::Denied, "Permission denied").fail("c.yaml", FileStatus::Changed).fail("d", FileStatus::Denied, "Permission denied");
  const Run run = load_from(files);
  BOOST_CHECK_EQUAL(run.objects(), "a.yaml:a");
  BOOST_CHECK_EQUAL(run.diags.errors(), 3);
  BOOST_CHECK(contains(run.summary(), "E0119 b.yaml 'b.yaml' cannot be read: Permission denied"));
  BOOST_CHECK(contains(run.summary(), "E0121 c.yaml 'c.yaml' changed while it was read"));
  BOOST_CHECK(contains(run.summary(), "E0119  'd' cannot be read: Permission denied"));
}

BOOST_AUTO_TEST_CASE(names_of_files_cannot_fake_output) {
  const auto files = table();
  files->file("a\n::set-output name=x.yaml", "a: [");
  files->fail("a\n::set-output name=x.yaml", FileStatus::Denied, "no");
  BOOST_CHECK(!contains(load_from(files).the(Code::CannotRead).message, "\n"));
}

BOOST_AUTO_TEST_CASE(limits_on_all_input_hold) {
  const auto files = table();
  for (int i = 0; i < 20; ++i) files->file(cat("f", i, ".yaml"), object("x") + "---\n" + object("y"));
  const auto limited = [&](auto member, uint64_t value) {
    LoadOptions options;
    options.sources = {""};
    options.limits.*member = value;
    return load_with(files, options);
  };
  BOOST_CHECK(limited(&Limits::files, 19).the(Code::LimitExceeded).hint == "--max-files raises this limit");
  BOOST_CHECK(limited(&Limits::files, 20).diags.all().empty());
  BOOST_CHECK(limited(&Limits::documents, 39).the(Code::LimitExceeded).hint == "--max-documents raises this limit");
  BOOST_CHECK(limited(&Limits::documents, 40).diags.all().empty());
  BOOST_CHECK(limited(&Limits::input_bytes, 2000).the(Code::LimitExceeded).hint == "--max-input-size raises this limit");
  BOOST_CHECK(limited(&Limits::file_bytes, 50).the(Code::LimitExceeded).hint == "--max-file-size raises this limit");
  BOOST_CHECK_EQUAL(limited(&Limits::file_bytes, 50).diags.errors(), 20);
}

BOOST_AUTO_TEST_CASE(deep_folders_are_refused) {
  const auto files = table();
  std::string path;
  for (int i = 0; i < 100; ++i) path += "d/";
  files->file(path + "x.yaml", object("x"));
  BOOST_CHECK(load_from(files).the(Code::LimitExceeded).hint == "--max-directory-depth raises this limit");
}

BOOST_AUTO_TEST_CASE(utf_16_files_have_offsets_in_their_text) {
  const auto files = table();
  std::string utf16 = "\xFF\xFE";
  for (char c : kObject) utf16 += {c, '\0'};
  files->file("a.yaml", utf16);
  const Run run = load_from(files);
  BOOST_REQUIRE_EQUAL(run.documents.all.size(), 1);
  const Node* kind = View(run.documents.all[0].root)["kind"].node();
  BOOST_CHECK_EQUAL(run.sources.get(1).text.substr(kind->origin.offset, kind->length), "ConfigMap");
}

// ---- objects

BOOST_AUTO_TEST_CASE(lists_are_taken_apart) {
  const auto files = table();
  files->file("l.yaml", "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: A, metadata: {name: a}}\n- apiVersion: v1\n  kind: List\n  items:\n  - {apiVersion: v1, kind: B, metadata: {name: b}}\n");
  const Run run = load_from(files);
  BOOST_CHECK_EQUAL(run.objects(), "l.yaml:a l.yaml:b");
  BOOST_CHECK_EQUAL(run.documents.all[0].json_path, "items[0]");
  BOOST_CHECK_EQUAL(run.documents.all[1].json_path, "items[1].items[0]");
}

BOOST_AUTO_TEST_CASE(members_of_typed_lists_get_their_type) {
  const auto files = table();
  files->file("l.yaml", "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceServiceList\nmetadata: {resourceVersion: \"1\"}\nitems:\n- metadata: {name: a}\n");
  const Run run = load_from(files);
  BOOST_REQUIRE_EQUAL(run.documents.all.size(), 1);
  BOOST_CHECK_EQUAL(View(run.documents.all[0].root)["kind"].text(), "InferenceService");
  BOOST_CHECK_EQUAL(View(run.documents.all[0].root)["apiVersion"].text(), "serving.kserve.io/v1beta1");
}

BOOST_AUTO_TEST_CASE(an_object_whose_kind_ends_in_list_stays_whole) {
  const auto files = table();
  files->file("l.yaml", "apiVersion: x/v1\nkind: AllowList\nmetadata: {name: a}\nitems: [1, 2]\n");
  BOOST_CHECK_EQUAL(load_from(files).objects(), "l.yaml:a");
}

BOOST_AUTO_TEST_CASE(broken_members_of_a_list_are_told_with_their_place) {
  const auto files = table();
  files->file("l.yaml", "apiVersion: v1\nkind: List\nitems:\n- metadata: {name: a}\n- 1\n");
  const Run run = load_from(files);
  BOOST_CHECK_EQUAL(run.diags.errors(), 2);
  BOOST_CHECK(contains(run.summary(), "items[0]: not a Kubernetes object: apiVersion and kind are missing"));
  BOOST_CHECK(contains(run.summary(), "items[1]: an integer is not a Kubernetes object"));
}

BOOST_AUTO_TEST_CASE(a_mapping_that_is_no_object_is_refused_by_name_and_left_out_of_folders) {
  const auto files = table();
  files->file("values.yaml", "replicas: 1\n").file("Chart.yaml", "apiVersion: v2\nname: x\n").file("kustomization.yaml", "resources: [a.yaml]\n").file("package.json", R"({"name":"x"})");
  const Run walked = load_from(files);
  BOOST_CHECK_EQUAL(walked.diags.errors(), 0);
  BOOST_CHECK(walked.the(Code::SkippedDocument).severity == Severity::Note);
  BOOST_CHECK_EQUAL(walked.documents.all.size(), 0);
  BOOST_CHECK_EQUAL(load_from(files, {"values.yaml"}).the(Code::NotAnObject).message, "not a Kubernetes object: apiVersion and kind are missing");
}

BOOST_AUTO_TEST_CASE(a_manifest_that_lacks_a_line_is_refused_everywhere) {
  const auto files = table();
  files->file("a.yaml", "kind: ConfigMap\nmetadata: {name: a}\n").file("b.yaml", "apiVersion: v1\nspec: {}\n").file("c.yaml", "apiVersion: 1\nkind: ConfigMap\nmetadata: {}\n");
  const Run run = load_from(files);
  BOOST_CHECK_EQUAL(run.diags.errors(), 3);
  BOOST_CHECK(contains(run.summary(), "a.yaml not a Kubernetes object: apiVersion is missing"));
  BOOST_CHECK(contains(run.summary(), "b.yaml not a Kubernetes object: kind is missing"));
  BOOST_CHECK(contains(run.summary(), "c.yaml not a Kubernetes object: apiVersion is no text"));
}

BOOST_AUTO_TEST_CASE(documents_that_are_no_mappings_are_refused) {
  const auto files = table();
  files->file("a.yaml", "hello\n").file("b.yaml", "- 1\n").file("c.json", "[1]");
  BOOST_CHECK_EQUAL(load_from(files).diags.errors(), 3);
}

BOOST_AUTO_TEST_CASE(many_documents_that_are_no_objects_are_told_a_few_times) {
  const auto files = table();
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "a: 1\n---\n";
  files->file("a.yaml", text);
  BOOST_CHECK_EQUAL(load_from(files).diags.all().size(), 20);
  BOOST_CHECK_EQUAL(load_from(files, {"a.yaml"}).diags.all().size(), 100);
}

BOOST_AUTO_TEST_CASE(too_many_patterns_are_refused) {
  const auto files = table();
  std::string patterns;
  for (int i = 0; i < 5000; ++i) patterns += cat("x", i, "\n");
  files->file(".isvccignore", patterns);
  BOOST_CHECK(contains(load_from(files).the(Code::BadIgnorePattern).message, "more than 1000 patterns"));
}

BOOST_AUTO_TEST_CASE(lfs_pointers_are_recognised) {
  const auto files = table();
  files->file("a.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n");
  BOOST_CHECK(contains(load_from(files).the(Code::LfsPointer).hint, "git lfs pull"));
}

BOOST_AUTO_TEST_CASE(json_files_are_json_and_other_files_are_either) {
  const auto files = table();
  files->file("a.json", "kind: ConfigMap\n").file("b.yaml", R"({"apiVersion": "v1", "kind": "C", "metadata": {"name": "b", "annotations": {"x": "\/"}}})");
  const Run run = load_from(files);
  BOOST_CHECK_EQUAL(run.objects(), "b.yaml:b");
  BOOST_CHECK(run.has(Code::InvalidJson));
}

BOOST_AUTO_TEST_CASE(a_folder_on_the_disk_is_a_project) {
  TemporaryFolder disk;
  disk.file("src/a.yaml", object("a"));
  disk.link("src/out.yaml", "/etc/hostname");
  disk.pipe("src/p.yaml");
  LoadOptions options;
  options.project_root = disk.path();
  options.sources = {"src", disk.path("src/a.yaml")};
  Run run;
  run.documents = load(options, run.sources, run.diags);
  BOOST_CHECK_EQUAL(run.objects(), "src/a.yaml:a");
  BOOST_CHECK(run.has(Code::OutsideProject) && run.has(Code::SpecialFile));
  options.project_root = "/nonexistent";
  BOOST_CHECK_EQUAL(load(options, run.sources, run.diags).all.size(), 0);
  BOOST_CHECK(run.has(Code::CannotRead));
}

BOOST_AUTO_TEST_SUITE_END()

// An output that is as an earlier run left it: few of its files are replaced without looking at what the others are to hold.
#include <boost/test/unit_test.hpp>

#include "emit/output_tree.h"
#include "support/temporary_folder.h"

using namespace isvcc;
using test::TemporaryFolder;

namespace {

const std::vector<OutputFile> kThree = {{"a/x.yaml", "x: 1\n"}, {"a/y.yaml", "y: 1\n"}, {"b.yaml", "b: 1\n"}};

// An output of three files, and what is remembered of it.
struct Remembered {
  TemporaryFolder folder;
  OutputMemory memory;
  Diagnostics diags;

  Remembered() { write_tree(kThree, options(), diags); }
  OutputOptions options() { return {.directory = folder.path("out"), .memory = &memory}; }
  OutputResult replace(const std::vector<OutputFile>& files) { return replace_files(files, options(), diags); }
  std::map<std::string, std::string> tree() { return folder.tree("out"); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(output_memory)

BOOST_FIXTURE_TEST_CASE(only_what_is_named_changes, Remembered) {
  const OutputResult result = replace({{"a/y.yaml", "y: 2\n"}});
  BOOST_TEST(result.ok);
  BOOST_TEST(result.written == 2u);  // and the list of files
  BOOST_TEST(result.unchanged == 2u);
  BOOST_TEST(tree().at("a/y.yaml") == "y: 2\n");
  BOOST_TEST(tree().at("a/x.yaml") == "x: 1\n");
  BOOST_TEST(tree().size() == 4u);
}

BOOST_FIXTURE_TEST_CASE(the_list_of_files_is_that_of_a_whole_run, Remembered) {
  replace({{"a/y.yaml", "y: 2\n"}});
  TemporaryFolder whole;
  write_tree({{"a/x.yaml", "x: 1\n"}, {"a/y.yaml", "y: 2\n"}, {"b.yaml", "b: 1\n"}}, {.directory = whole.path("out")}, diags);
  BOOST_TEST(tree().at(std::string(kIndexPath)) == whole.tree("out").at(std::string(kIndexPath)));
}

BOOST_FIXTURE_TEST_CASE(one_after_the_other, Remembered) {
  for (const char* text : {"y: 2\n", "y: 3\n", "y: 1\n"}) {
    BOOST_TEST(replace({{"a/y.yaml", text}}).ok);
    BOOST_TEST(tree().at("a/y.yaml") == text);
  }
}

BOOST_FIXTURE_TEST_CASE(nothing_is_touched_where_the_texts_are_there_already, Remembered) {
  const OutputResult result = replace({{"a/y.yaml", "y: 1\n"}});
  BOOST_TEST(result.ok);
  BOOST_TEST(result.written == 0u);
  BOOST_TEST(result.unchanged == 4u);
}

// They were written a moment ago: their times would tell nothing.
BOOST_FIXTURE_TEST_CASE(an_edit_is_seen_right_after_the_file_was_written, Remembered) {
  folder.write("out/a/x.yaml", "x: 7\n");
  BOOST_TEST(!is_as_left(options()));
  BOOST_TEST((replace({{"a/y.yaml", "y: 2\n"}}).failure == OutputFailure::Unsound));
  BOOST_TEST(tree().at("a/y.yaml") == "y: 1\n");
  BOOST_TEST(tree().at("a/x.yaml") == "x: 7\n");
}

BOOST_FIXTURE_TEST_CASE(a_file_that_is_gone_is_seen, Remembered) {
  std::filesystem::remove(folder.path("out/b.yaml"));
  BOOST_TEST(!is_as_left(options()));
  BOOST_TEST((replace({{"a/y.yaml", "y: 2\n"}}).failure == OutputFailure::Unsound));
}

BOOST_FIXTURE_TEST_CASE(a_file_of_nobody_is_not_replaced, Remembered) {
  BOOST_TEST((replace({{"a/z.yaml", "z: 1\n"}}).failure == OutputFailure::Unsound));
  BOOST_TEST(!tree().contains("a/z.yaml"));
  BOOST_TEST(diags.all().empty());
}

BOOST_AUTO_TEST_SUITE_END()

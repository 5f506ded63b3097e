// Patches of edited texts: what a reviewer and `git apply` see.
#include <boost/test/unit_test.hpp>

#include "driver/pins/text_edit.h"

using namespace isvcc;

BOOST_AUTO_TEST_SUITE(text_edit)

BOOST_AUTO_TEST_CASE(an_inserted_line_is_one_plus) {
  BOOST_TEST(patch_of("f", "a\nb\nc\n", {{2, 2, "new\n"}}) == "--- a/f\n+++ b/f\n@@ -1,3 +1,4 @@\n a\n+new\n b\n c\n");
}

BOOST_AUTO_TEST_CASE(a_change_inside_a_line_is_minus_and_plus) {
  BOOST_TEST(patch_of("f", "a: {}\nb\n", {{4, 4, "x: 1"}}) == "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n-a: {}\n+a: {x: 1}\n b\n");
}

BOOST_AUTO_TEST_CASE(two_changes_of_one_line_are_one) {
  BOOST_TEST(patch_of("f", "old: {}\n", {{0, 3, "new"}, {6, 6, "x: 1"}}) == "--- a/f\n+++ b/f\n@@ -1,1 +1,1 @@\n-old: {}\n+new: {x: 1}\n");
}

BOOST_AUTO_TEST_CASE(a_last_line_without_an_end_says_so) {
  BOOST_TEST(patch_of("f", "a", {{1, 1, "b"}}) == "--- a/f\n+++ b/f\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+ab\n\\ No newline at end of file\n");
}

BOOST_AUTO_TEST_CASE(changes_far_apart_have_hunks_of_their_own) {
  std::string text;
  for (char c = 'a'; c <= 'p'; ++c) text += {c, '\n'};
  BOOST_TEST(patch_of("f", text, {{0, 0, "x\n"}, {30, 30, "y\n"}}) == "--- a/f\n+++ b/f\n@@ -1,3 +1,4 @@\n+x\n a\n b\n c\n@@ -13,4 +14,5 @@\n m\n n\n o\n+y\n p\n");
}

BOOST_AUTO_TEST_SUITE_END()

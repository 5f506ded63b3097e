// What is kept of memory that is about to be used again: all of the value, and nothing that was somewhere safe already.
#include <boost/test/unit_test.hpp>
#include <cstring>

#include "tree/keep.h"
#include "tree/make.h"

using namespace isvcc;

// Writes over all that the arena has held.
static void use_again(Arena& arena) {
  arena.reset();
  for (int i = 0; i < 64; ++i) std::memset(arena.allocate(1024, 1), 0xEE, 1024);
}

BOOST_AUTO_TEST_SUITE(keep)

BOOST_AUTO_TEST_CASE(a_value_survives_the_memory_it_was_made_in) {
  Arena passing(64 * 1024), kept;
  const Make make(passing);
  const Node* made = make.map({{passing.copy("a key"), make.texts({"one", "two"})}, {"number", make.integer(7)}, {"none", make.null()}, {"empty", make.list({})}});
  const Node* value = kept_from(passing, made, kept);
  use_again(passing);
  BOOST_TEST(brief(value) == R"({"a key":["one","two"],"number":7,"none":null,"empty":[]})");
}

BOOST_AUTO_TEST_CASE(what_lies_elsewhere_is_shared) {
  Arena passing, kept, source;
  const Node* written = Make(source).map({{"name", Make(source).text("iris")}});
  const Node* value = kept_from(passing, Make(passing).map({{"metadata", written}}), kept);
  BOOST_TEST(View(value)["metadata"].node() == written);
  BOOST_TEST(kept_from(passing, written, kept) == written);
}

BOOST_AUTO_TEST_CASE(places_in_the_source_are_kept) {
  Arena passing, kept;
  const Node* value = kept_from(passing, Make(passing, {3, 14}).text("x"), kept);
  BOOST_TEST(value->origin.file == 3U);
  BOOST_TEST(value->origin.offset == 14U);
}

BOOST_AUTO_TEST_CASE(nothing_stays_nothing) {
  Arena passing, kept;
  BOOST_TEST(kept_from(passing, nullptr, kept) == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()

// Any name becomes one safe path component, and no two names become the same one.
#include <boost/test/unit_test.hpp>
#include <random>
#include <unordered_map>

#include "base/text.h"
#include "emit/file_name.h"

using namespace isvcc;

BOOST_AUTO_TEST_SUITE(file_name)

BOOST_AUTO_TEST_CASE(kubernetes_names_stay_as_they_are) {
  for (const char* name : {"iris", "iris-predictor", "a.b-c", "0", "iris_2"}) BOOST_TEST(file_name_for(name) == name);
}

BOOST_AUTO_TEST_CASE(what_means_something_to_a_file_system_is_escaped) {
  BOOST_TEST(file_name_for("") == "%");
  BOOST_TEST(file_name_for(".") == "%2e");
  BOOST_TEST(file_name_for("..") == "%2e%2e");
  BOOST_TEST(file_name_for("../x") == "%2e.%2fx");
  BOOST_TEST(file_name_for("a/b") == "a%2fb");
  BOOST_TEST(file_name_for("system:x") == "system%3ax");
  BOOST_TEST(file_name_for("-rf") == "%2drf");
  BOOST_TEST(file_name_for("_shared") == "%5fshared");
  BOOST_TEST(file_name_for("a.") == "a%2e");
  BOOST_TEST(file_name_for("50%") == "50%25");
}

BOOST_AUTO_TEST_CASE(device_names_of_windows_are_escaped) {
  for (const char* name : {"con", "nul", "com1", "lpt9", "aux.b"}) BOOST_TEST(file_name_for(name)[0] == '%', name);
  for (const char* name : {"con-a", "com", "com10", "console"}) BOOST_TEST(file_name_for(name) == name);
}

BOOST_AUTO_TEST_CASE(names_that_differ_only_by_case_stay_apart) { BOOST_TEST(to_lower(file_name_for("Iris")) != to_lower(file_name_for("iris"))); }

BOOST_AUTO_TEST_CASE(long_names_are_cut_and_stay_apart) {
  const std::string a(253, 'a'), b = a + "b";
  BOOST_TEST(file_name_for(a).size() <= 200u);
  BOOST_TEST(file_name_for(a) != file_name_for(b));
  BOOST_TEST(file_name_for(std::string(1000, ':')).size() <= 200u);
}

// Bytes that matter are frequent, so that collisions would show.
static std::string random_name(std::mt19937& random) {
  static constexpr std::string_view kBytes = "aAbBcCoOnN019-_.%2e/\\: \n\x01\x7f\xc3\xa9\xff\0"
                                             "ku";
  std::string name;
  const size_t size = random() % 20 == 0 ? 190 + random() % 80 : random() % 6;
  while (name.size() < size) name += kBytes[random() % kBytes.size()];
  return name;
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_random_names_are_injective_and_safe) {
  std::mt19937 random(7);
  std::unordered_map<std::string, std::string> by_file;
  for (int i = 0; i < 100000; ++i) {
    const std::string name = random_name(random), file = file_name_for(name);
    BOOST_REQUIRE_MESSAGE(is_safe_path(file) && !contains(file, "/") && file.size() <= 200, printable(name));
    const auto [other, is_new] = by_file.emplace(to_lower(file), name);
    BOOST_REQUIRE_MESSAGE(is_new || other->second == name, printable(name) << " and " << printable(other->second) << " are both " << file);
  }
}

BOOST_AUTO_TEST_CASE(paths_that_lead_elsewhere_are_not_safe) {
  for (const char* path : {"", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", ".git/hooks/x", "a/.GIT/x", "a\nb", "a\\b", "a\"b", "a\xff"}) BOOST_TEST(!is_safe_path(path), path);
  for (const char* path : {"a", "a/b.yaml", ".gitattributes", "..a", "é"}) BOOST_TEST(is_safe_path(path), path);
}

BOOST_AUTO_TEST_SUITE_END()

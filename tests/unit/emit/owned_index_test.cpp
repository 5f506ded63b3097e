// The list of owned files: what is written is read, and nothing that leads out of the folder is believed.
#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "emit/owned_index.h"

using namespace isvcc;

static const std::string kHash(64, 'a');

static std::string index_with(const std::string& path) { return cat("{\"version\":1,\"files\":{\"", path, "\":\"", kHash, "\"}}"); }

BOOST_AUTO_TEST_SUITE(owned_index)

BOOST_AUTO_TEST_CASE(what_is_written_is_read) {
  const OwnedFiles files = {{"a/b.yaml", kHash}, {"é.yaml", kHash}};
  BOOST_TEST((parse_index(print_index(files)) == files));
  BOOST_TEST((parse_index(print_index({})) == OwnedFiles{}));
}

BOOST_AUTO_TEST_CASE(argo_cd_is_told_not_to_read_it) { BOOST_TEST(contains(print_index({}), "+argocd:skip-file-rendering")); }

BOOST_AUTO_TEST_CASE(another_json_layout_is_read_too) {
  BOOST_TEST((parse_index(cat("{ \"files\" : { \"a\" : \"", kHash, "\" } ,\n\"note\":\"x\", \"version\": 1 }")) == OwnedFiles{{"a", kHash}}));
}

BOOST_AUTO_TEST_CASE(a_path_that_leads_out_spoils_the_list) {
  BOOST_TEST(parse_index(index_with("a.yaml")).has_value());
  for (const char* path : {"../../.github/workflows/ci.yml", "/etc/passwd", "", "a/../../b", ".git/config"}) BOOST_TEST(!parse_index(index_with(path)).has_value(), path);
}

BOOST_AUTO_TEST_CASE(anything_else_is_no_list) {
  for (const char* text : {"", "{", "[]", "null", "{}", "{\"version\":2,\"files\":{}}", "{\"version\":1}", "{\"version\":1,\"files\":{}}x", "{\"version\":1,\"files\":{\"a\":\"b\"}}",
                           "{\"version\":1,\"files\":{},\"files\":{}}", "{\"version\":1,\"files\":{},}"})
    BOOST_TEST(!parse_index(text).has_value(), text);
  BOOST_TEST(!parse_index(cat("{\"version\":1,\"files\":{\"a\":\"", kHash, "\",\"a\":\"", kHash, "\"}}")).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

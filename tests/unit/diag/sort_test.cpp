// Findings come in the order of files and places, each once, whatever order they were found in.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>

#include "base/text.h"
#include "diag/diagnostic.h"

using namespace isvcc;

namespace {

struct Found {
  Sources sources;
  FileId b = sources.add({.name = "b.yaml", .text = ""}), a = sources.add({.name = "a.yaml", .text = ""});

  Diagnostic at(FileId file, uint32_t begin, std::string message = "wrong") const {
    return {.code = Code::BadProject, .severity = Severity::Error, .stage = Stage::Load, .span = {file, begin, begin}, .path = {}, .message = std::move(message),
            .upstream = {}, .hint = {}, .labels = {}, .fixes = {}, .object = {}};
  }

  std::string sorted(std::vector<Diagnostic> all) const {
    Diagnostics diags;
    diags.all().assign(all.begin(), all.end());
    diags.sort(sources);
    std::vector<std::string> places;
    for (const Diagnostic& d : diags.all()) places.push_back(cat(sources.get(d.span.file).name, ':', d.span.begin, d.message == "wrong" ? "" : cat(' ', d.message), join(d.clusters, "+")));
    return join(places, ", ");
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(sorting)

BOOST_AUTO_TEST_CASE(files_come_by_name_and_findings_by_place) {
  const Found f;
  BOOST_TEST(f.sorted({f.at(f.b, 1), f.at(f.a, 20), f.at(f.a, 3)}) == "a.yaml:3, a.yaml:20, b.yaml:1");
}

BOOST_AUTO_TEST_CASE(what_is_added_to_findings_in_order_goes_to_its_place) {
  const Found f;
  BOOST_TEST(f.sorted({f.at(f.a, 1), f.at(f.a, 5), f.at(f.b, 2), f.at(f.a, 3), f.at(f.b, 1)}) == "a.yaml:1, a.yaml:3, a.yaml:5, b.yaml:1, b.yaml:2");
}

BOOST_AUTO_TEST_CASE(equal_findings_are_told_once_with_the_clusters_of_all) {
  const Found f;
  Diagnostic staging = f.at(f.a, 1), production = f.at(f.a, 1);
  staging.clusters = {"staging"};
  production.clusters = {"production"};
  BOOST_TEST(f.sorted({staging, f.at(f.a, 1, "else"), production}) == "a.yaml:1 else, a.yaml:1staging+production");
}

BOOST_AUTO_TEST_CASE(the_order_in_which_they_were_found_does_not_show) {
  const Found f;
  std::vector<Diagnostic> all;
  for (uint32_t i = 0; i < 40; ++i) all.push_back(f.at(i % 3 ? f.a : f.b, i * 7 % 13, cat(' ', i % 5)));
  const std::string expected = f.sorted(all);
  std::mt19937 random(1);
  for (int round = 0; round < 50; ++round) {
    std::shuffle(all.begin(), all.end(), random);
    BOOST_TEST(f.sorted(all) == expected);
  }
}

BOOST_AUTO_TEST_SUITE_END()

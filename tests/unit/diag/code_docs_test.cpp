// The catalogue of findings: every code is documented, in words.
#include <boost/test/unit_test.hpp>
#include <set>

#include "base/text.h"
#include "diag/code_docs.h"

using namespace isvcc;

BOOST_AUTO_TEST_SUITE(code_docs)

BOOST_AUTO_TEST_CASE(a_code_is_explained_in_lines_that_fit) {
  const std::string text = explain_code(*find_code("e0802"));
  BOOST_TEST(starts_with(text, "error E0802: isvcc does not write to this folder\n\nThe output must be"));
  for (std::string_view line : split(text, '\n')) BOOST_TEST(line.size() <= 80u, line);
}

BOOST_AUTO_TEST_CASE(the_page_lists_every_code_under_its_area) {
  const std::string page = diagnostics_markdown();
  for (Code code : all_codes()) BOOST_TEST(contains(page, cat("\n### ", info(code).id, "\n\n**", info(code).title, "**")), info(code).id);
  BOOST_TEST(contains(page, "\n## Output\n"));
  BOOST_TEST(contains(page, "| [E0802](#e0802) | error | isvcc does not write to this folder |"));
}

BOOST_AUTO_TEST_CASE(ids_are_unique_and_say_their_severity) {
  std::set<std::string_view> seen;
  for (Code code : all_codes()) {
    const CodeInfo& i = info(code);
    BOOST_TEST(seen.insert(i.id).second, i.id);
    BOOST_TEST((i.id.size() == 5 && (i.id[0] == 'E') == (i.severity == Severity::Error)), i.id);
    BOOST_TEST((!i.title.empty() && !i.help.empty()), i.id);
  }
}

BOOST_AUTO_TEST_SUITE_END()

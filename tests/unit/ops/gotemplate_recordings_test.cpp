// Go's text/template as recorded (fixtures/gotemplate): printf's verbs and flags, literals, functions, and what it says of mistakes.
#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "ops/gotemplate.h"
#include "support/files.h"
#include "support/json_text.h"

using namespace isvcc;

BOOST_AUTO_TEST_CASE(actions_answer_as_in_go) {
  Arena arena;
  const std::string actions = test::fixture("gotemplate/actions.txt"), text = test::fixture("gotemplate/answers.json");
  const View answers = test::read_json(text, arena);
  const std::vector<std::string_view> lines = split(trim(actions), '\n');
  BOOST_REQUIRE_EQUAL(lines.size(), answers.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    const TemplateResult result = run_template("t", lines[i], {nullptr, {}}, Escaping::None);
    BOOST_TEST((result.error.empty() ? result.text : cat("error: ", result.error)) == answers.item(i).text(), lines[i]);
  }
}

#include "load/jsonnet/scan.h"

#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "load/jsonnet/error.h"
#include "load/jsonnet/string_value.h"
#include "load/jsonnet/token.h"

using namespace isvcc;
using namespace isvcc::jsonnet;

static std::string imports(std::string_view text) {
  const Scan result = scan(text);
  std::string out = result.sound ? "" : "unsound ";
  for (const ImportToken& token : result.imports) out += cat(token.kind == ImportKind::Code ? "code:" : token.kind == ImportKind::Text ? "text:" : "bytes:", token.path, " ");
  return out;
}

BOOST_AUTO_TEST_SUITE(scanning)

BOOST_AUTO_TEST_CASE(imports_are_found_outside_of_strings_and_comments) {
  BOOST_TEST(imports("{a: import 'x', b: importstr \"y\", c: \"import 'z'\", /* import 'w' */ d: 1 // import 'v'\n # import 'u'\n}") == "code:x text:y ");
}
BOOST_AUTO_TEST_CASE(paths_are_any_kind_of_string) {
  BOOST_TEST(imports("[import @'a''b', import 'a\\'b', import |||\n  x\n  y\n|||]") == "code:a'b code:a'b code:x\ny\n ");
}
BOOST_AUTO_TEST_CASE(text_blocks_are_one_token) {
  BOOST_TEST(imports("{a: |||\n    import 'x'\n\n    '\n  |||, b: import 'y'}") == "code:y ");
  BOOST_TEST(imports("|||\nnot indented\n|||") == "unsound ");
}
BOOST_AUTO_TEST_CASE(what_libjsonnet_refuses_after_an_import_is_unsound) {
  for (const char* text : {"import 'x' + 1", "import 'x'.a", "import 'x' {}", "import 'x'[0]", "import ('x')", "import 'x'()", "import x"})
    BOOST_TEST(!scan(text).sound, text);
}
BOOST_AUTO_TEST_CASE(what_may_follow_an_import_is_sound) {
  for (const char* text : {"import 'x'", "(import 'x') + 1", "if import 'x' then import 'y' else import 'z'", "[import 'x' for i in [1]]", "assert import 'x' : 'm'; 1",
                           "local a = import 'x'; a", "[1][import 'x'::]"})
    BOOST_TEST(scan(text).sound, text);
}
BOOST_AUTO_TEST_CASE(open_brackets_strings_and_comments_are_unsound) {
  for (const char* text : {"(", ")", "(]", "'", "\"\\\"", "/*", "@'x", "a @ b", "\x01"}) BOOST_TEST(!scan(text).sound, text);
}
BOOST_AUTO_TEST_CASE(operators_end_where_a_comment_or_text_block_begins) {
  BOOST_TEST(scan("1 +// )\n 2").sound);
  BOOST_TEST(scan("'a' +||| \n x )\n|||").sound);
  BOOST_TEST(scan("1+-/* ) */1").sound);
}
BOOST_AUTO_TEST_CASE(unary_operators_at_the_end_of_a_run_stand_alone) {
  std::string tokens;
  Lexer lexer("a==-!~1 !! b++");
  for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) tokens += cat(token.text, " ");
  BOOST_TEST(tokens == "a == - ! ~ 1 ! ! b + + ");
}
BOOST_AUTO_TEST_CASE(a_long_run_of_operators_is_scanned_in_linear_time) { BOOST_TEST(scan(std::string(5'000'000, '!') + "true").sound); }
BOOST_AUTO_TEST_CASE(names_that_bundles_use_are_noticed) {
  BOOST_TEST(scan("local zzz = 1; zzz").prefixes == 1);
  BOOST_TEST(scan("'zz'").prefixes == 0);
}
BOOST_AUTO_TEST_CASE(strings_are_quoted_on_one_line) { BOOST_TEST(quoted_string("a\"\\\n\x01ü") == R"("a\"\\\n\u0001ü")"); }

BOOST_AUTO_TEST_CASE(failures_are_taken_apart) {
  const Failure dynamic = parse_failure("RUNTIME ERROR: a\nb\n\tx:y.jsonnet:1:2-30\tfunction <f>\n\tl:(1:2)-(3:4)\tobject <anonymous>\n\tDuring manifestation\t\n");
  BOOST_TEST(!dynamic.is_static);
  BOOST_TEST(dynamic.message == "a\nb");
  BOOST_REQUIRE(dynamic.frames.size() == 3);
  BOOST_TEST(dynamic.frames[0].place.file == "x:y.jsonnet");
  BOOST_TEST(dynamic.frames[0].place.end_column == 30);
  BOOST_TEST(dynamic.frames[1].place.end_line == 3);
  BOOST_TEST(dynamic.frames[2].words == "During manifestation");
  const Failure fixed = parse_failure("STATIC ERROR: a.jsonnet:5:7: unknown: x\n");
  BOOST_TEST(fixed.is_static);
  BOOST_TEST(fixed.message == "unknown: x");
  BOOST_TEST(fixed.frames[0].place.line == 5);
}
BOOST_AUTO_TEST_CASE(a_failure_without_any_form_is_kept_as_it_is) {
  BOOST_TEST(parse_failure("").message == "");
  BOOST_TEST(parse_failure("\tx").message == "\tx");
}

BOOST_AUTO_TEST_SUITE_END()

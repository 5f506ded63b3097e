// The subset of CEL that validation rules use.
#include <boost/test/unit_test.hpp>

#include "checked.h"
#include "schema/cel.h"

using namespace isvcc;
using namespace isvcc::test;

namespace {

CelOutcome outcome(const std::string& rule, const std::string& self = "{}") {
  Checked checked;
  CelBudget budget;
  return evaluate_rule(rule, checked.yaml(self), budget);
}

bool holds(const std::string& rule, const std::string& self = "{}") { return outcome(rule, self).verdict == CelVerdict::Holds; }
bool fails(const std::string& rule, const std::string& self = "{}") { return outcome(rule, self).verdict == CelVerdict::Fails; }

}  // namespace

BOOST_AUTO_TEST_CASE(comparisons_and_arithmetic) {
  BOOST_TEST(holds("self.a + 2 * 3 == 7 && self.a / 2 == 0 && -self.a < 0 && 7 % 4 == 3", "{a: 1}"));
  BOOST_TEST(fails("self.a > 1", "{a: 1}"));
  BOOST_TEST(holds("self.s == 'x' && self.s + \"y\" == 'xy' && self.s < 'y'", "{s: x}"));
  BOOST_TEST(holds("self.d >= 1.5", "{d: 1.5}"));
}

BOOST_AUTO_TEST_CASE(a_missing_field_is_an_error_unless_has_asks_first) {
  BOOST_TEST((outcome("self.a == 1").verdict == CelVerdict::Error));
  BOOST_TEST(outcome("self.a == 1").error == "no such key: a");
  BOOST_TEST(holds("!has(self.a) || self.a == 1"));
}

BOOST_AUTO_TEST_CASE(an_operand_that_decides_makes_up_for_an_error) {
  BOOST_TEST(holds("self.a == 1 || true"));
  BOOST_TEST(fails("self.a == 1 && false"));
}

BOOST_AUTO_TEST_CASE(methods_of_texts) {
  BOOST_TEST(holds("self.startsWith('a') && self.endsWith('c') && self.contains('b') && self.matches('^a.c$') && size(self) == 3", "abc"));
  BOOST_TEST(holds("self.size() == 1", "é"));
}

BOOST_AUTO_TEST_CASE(macros_over_lists_and_maps) {
  BOOST_TEST(holds("self.all(x, x > 0) && self.exists(x, x == 2) && self.exists_one(x, x == 2) && self.filter(x, x > 1).size() == 1", "[1, 2]"));
  BOOST_TEST(holds("self.map(x, x * 2) == [2, 4]", "[1, 2]"));
  BOOST_TEST(holds("self.all(k, self[k] != 'bad') && 'a' in self", "{a: b}"));
  BOOST_TEST(holds("self.all(i, self.exists_one(j, j.name == i.name))", "[{name: a}, {name: b}]"));
}

BOOST_AUTO_TEST_CASE(conditional_and_membership) { BOOST_TEST(holds("(self.a > 0 ? 'x' : 'y') in ['x', 'z']", "{a: 1}")); }

BOOST_AUTO_TEST_CASE(escaped_field_names) { BOOST_TEST(holds("self.a__dash__b == 1 && self.__namespace__ == 'x'", "{a-b: 1, namespace: x}")); }

BOOST_AUTO_TEST_CASE(a_rule_about_the_stored_object_does_not_apply_to_a_new_one) { BOOST_TEST((outcome("self == oldSelf").verdict == CelVerdict::Transition)); }

BOOST_AUTO_TEST_CASE(what_isvcc_does_not_know_is_not_evaluated) {
  for (const std::string rule : {"quantity(self.a).isGreaterThan(quantity('1'))", "isURL(self.a)", "self.?a.orValue(1) == 1", "self ==", "1 +", "(((", "'abc"})
    BOOST_TEST((outcome(rule, "{a: '1'}").verdict == CelVerdict::NotEvaluated), rule);
}

BOOST_AUTO_TEST_CASE(hostile_rules_end) {
  std::string list = "[";
  for (int i = 0; i < 3000; ++i) list += "1,";
  list += "1]";
  BOOST_TEST((outcome("self.all(a, self.all(b, self.all(c, a + b + c > 0)))", list).verdict == CelVerdict::NotEvaluated));
  BOOST_TEST((outcome(std::string(100000, '(')).verdict == CelVerdict::NotEvaluated));
  BOOST_TEST((outcome(std::string(60000, '!') + "true").verdict == CelVerdict::NotEvaluated));
  BOOST_TEST((outcome("9223372036854775807 + 1 > 0").verdict == CelVerdict::Error));
  BOOST_TEST((outcome("1 / 0 == 1").verdict == CelVerdict::Error));
}

BOOST_AUTO_TEST_CASE(texts_have_the_functions_that_kubernetes_adds) {
  BOOST_TEST(holds("self.a.lowerAscii() == 'ab' && self.a.upperAscii() == 'AB'", "{a: aB}"));
  BOOST_TEST(holds("self.a.split('/') == ['x', 'y', ''] && self.a.split('/', 2) == ['x', 'y/']", "{a: x/y/}"));
  BOOST_TEST(holds("self.a.substring(1) == 'äc' && self.a.substring(1, 2) == 'ä' && self.a.charAt(2) == 'c'", "{a: bäc}"));
  BOOST_TEST(holds("self.a.indexOf('b') == 1 && self.a.lastIndexOf('b') == 3 && self.a.indexOf('b', 2) == 3 && self.a.indexOf('z') == -1", "{a: abab}"));
  BOOST_TEST(holds("self.a.replace('b', 'x') == 'axax' && self.a.replace('b', 'x', 1) == 'axab'", "{a: abab}"));
  BOOST_TEST(holds("self.a.trim() == 'b' && self.a.find('[a-z]+') == 'b'", "{a: ' b '}"));
  BOOST_TEST(holds("isIP(self.a) && !isIP('300.1.1.1') && isIP('::1')", "{a: 10.0.0.1}"));
}

BOOST_AUTO_TEST_CASE(lists_have_the_functions_that_kubernetes_adds) {
  BOOST_TEST(holds("self.a.isSorted() && self.a.sum() == 6 && self.a.min() == 1 && self.a.max() == 3", "{a: [1, 2, 3]}"));
  BOOST_TEST(holds("self.a.join(',') == 'x,z' && self.a.indexOf('z') == 1", "{a: [x, z]}"));
}

BOOST_AUTO_TEST_CASE(numbers_of_two_kinds_are_compared_and_operands_fit_each_other) {
  BOOST_TEST(holds("self.d > 1 && 1 < self.d && self.d != 1 && self.d == 1.5 && self.d * 2.0 == 3.0 && self.d - 0.5 == 1.0 && self.d / 0.5 == 3.0 && self.d + 1.0 == 2.5", "{d: 1.5}"));
  BOOST_TEST(holds("-self.d == -1.5", "{d: 1.5}"));
  for (const std::string rule : {"9223372036854775807 * 2 > 0", "-9223372036854775807 - 2 < 0", "1 % 0 == 1", "1 + 'a' == 'a'", "'a' < 1", "true + true", "!1", "1 && true", "1 ? true : false", "-'a' == 1", "[1] < [2]"})
    BOOST_TEST((outcome(rule).verdict == CelVerdict::Error), rule);
}

BOOST_AUTO_TEST_CASE(truths_and_lists_have_an_order_of_their_own) {
  BOOST_TEST(holds("false < true && true >= true && [1] + [2] == [1, 2] && [1, [2]] != [1, [3]]"));
  BOOST_TEST(holds("null == null && 'a' != null"));
}

BOOST_AUTO_TEST_CASE(literals_of_every_kind) {
  BOOST_TEST(holds("{'a': 1, 'b': [true]} == {'b': [true], 'a': 1} && {}.size() == 0 && [].size() == 0 && {'a': 1}['a'] == 1"));
  BOOST_TEST(holds("'it\\'s' == \"it's\" && 'a\\tb'.size() == 3 && r'\\d' == '\\\\d' && 0x10 == 16 && 1e3 == 1000.0 && 5u == 5u"));
  BOOST_TEST(holds("true // the rest is a comment"));
  for (const std::string rule : {"{'a' 1}", "{'a': }", "{'a': 1", "'\\q'", "'a\\", "[1, ", "self.all(x)", "self.all(1, true)", "a b", "self.", "self[1", "size(", "1 ? 2", "&& true", "{1: 2} == {}"})
    BOOST_TEST((outcome(rule).verdict == CelVerdict::NotEvaluated), rule);
}

BOOST_AUTO_TEST_CASE(values_are_converted_by_name) {
  BOOST_TEST(holds("int('42') == 42 && int(self.a) == 7 && string(7) == '7' && string('x') == 'x'", "{a: 7}"));
  BOOST_TEST(holds("duration('1h') > duration('59m') && duration(self.d) == duration('90s')", "{d: 1m30s}"));
  for (const std::string rule : {"int('x') == 1", "duration('soon') > duration('1s')"}) BOOST_TEST((outcome(rule).verdict == CelVerdict::Error), rule);
}

BOOST_AUTO_TEST_CASE(an_index_has_to_be_there) {
  BOOST_TEST(holds("self.l[1] == 'b' && self.m['k'] == 1", "{l: [a, b], m: {k: 1}}"));
  for (const std::string rule : {"self.l[2] == 'c'", "self.l[-1] == 'b'", "self.m['x'] == 1", "self.l['a'] == 'a'", "'abc'[0] == 'a'", "self.l.all(x, x.y == 1)"})
    BOOST_TEST((outcome(rule, "{l: [a, b], m: {k: 1}}").verdict == CelVerdict::Error), rule);
}

BOOST_AUTO_TEST_CASE(one_item_that_decides_makes_up_for_errors_of_others) {
  BOOST_TEST(holds("self.exists(x, x.a == 1)", "[{b: 1}, {a: 1}]"));
  BOOST_TEST(fails("self.all(x, x.a == 2)", "[{b: 1}, {a: 1}]"));
  BOOST_TEST((outcome("self.all(x, x.a == 1)", "[{b: 1}, {a: 1}]").verdict == CelVerdict::Error));
  BOOST_TEST((outcome("self.exists_one(x, x.a == 1)", "[{b: 1}, {a: 1}]").verdict == CelVerdict::Error));
}

BOOST_AUTO_TEST_CASE(a_message_is_computed_like_a_rule) {
  Checked checked;
  CelBudget budget;
  const View self = checked.yaml("{a: 3}");
  BOOST_TEST(CelProgram("'a is ' + string(self.a)").text_for(self, budget) == "a is 3");
  BOOST_TEST(CelProgram("'a was ' + string(oldSelf.a)").text_for(self, budget) == "");
  BOOST_TEST(CelProgram("'a is ' +").text_for(self, budget) == "");
}

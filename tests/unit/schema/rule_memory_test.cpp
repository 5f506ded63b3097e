// What the validation rules of a schema can tell of a value, and the memory of the values that keep them all.
#include <boost/test/unit_test.hpp>
#include <set>

#include "checked.h"
#include "ops/rules.h"
#include "schema/cel.h"
#include "schema/cel_reads.h"
#include "schema/rule_memory.h"

using namespace isvcc;
using namespace isvcc::test;

namespace {

std::string key(const std::string& rule, const std::string& self) {
  Checked checked;
  CelReads reads;
  CelProgram(rule).add_reads(reads);
  std::string key;
  append_parts(key, checked.yaml(self), reads);
  return key;
}

std::string key_of(const RuleMemory& memory, View value) {
  std::string key;
  memory.append_key(key, value);
  return key;
}

bool looks_the_same(const std::string& rule, const std::string& a, const std::string& b) { return key(rule, a) == key(rule, b); }

std::string route(const std::string& rule) {
  return "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: a}, spec: {hostnames: [a.example.com], parentRefs: [{name: gw}], rules: [" + rule + "]}}";
}

const std::vector<std::string> kRules = {
    "{}",
    "{matches: [{path: {type: PathPrefix, value: /}}]}",
    "{matches: [{path: {type: PathPrefix, value: x}}]}",
    "{matches: [{path: {type: RegularExpression, value: x}}]}",
    "{matches: [{path: {value: x}}]}",
    "{matches: [{path: {type: PathPrefix}}]}",
    "{timeouts: {request: 1s, backendRequest: 2s}}",
    "{timeouts: {request: 2s, backendRequest: 2s}}",
    "{backendRefs: [{name: a, port: 1}]}",
    "{backendRefs: [{name: a}]}",
    "{backendRefs: [{name: a, group: x.io}]}",
    "{filters: [{type: CORS}]}",
    "{filters: [{type: CORS, cors: {}}]}",
    "{filters: [{type: CORS, cors: {allowOrigins: ['*']}}]}",
    "{filters: [{type: CORS, cors: {allowOrigins: ['*', 'http://a']}}]}",
    "{filters: [{type: CORS, cors: {}}, {type: CORS, cors: {}}]}",
    "{filters: [{type: RequestRedirect, requestRedirect: {}}]}",
    "{backendRefs: [{name: a, port: 1}], filters: [{type: RequestRedirect, requestRedirect: {}}]}",
    "{filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}]}",
    "{matches: [{path: {type: Exact, value: /}}], filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}]}",
};

}  // namespace

BOOST_AUTO_TEST_CASE(what_a_rule_does_not_read_does_not_show) {
  BOOST_TEST(looks_the_same("self.a == 1", "{a: 1, b: 2}", "{a: 1, b: 3}"));
  BOOST_TEST(looks_the_same("has(self.a)", "{a: v}", "{a: w}"));
  BOOST_TEST(looks_the_same("size(self.list) < 2", "{list: [a, b]}", "{list: [c, d]}"));
  BOOST_TEST(looks_the_same("self.all(i, i.a > 0)", "[{a: 1, b: 1}]", "[{a: 1, b: 2}]"));
  BOOST_TEST(looks_the_same("self.a == self.c", "{a: 1, b: 2}", "{b: 3, a: 1, d: 4}"));
}

BOOST_AUTO_TEST_CASE(whatever_a_rule_reads_shows) {
  BOOST_TEST(!looks_the_same("self.a == 1", "{a: 1}", "{a: 2}"));
  BOOST_TEST(!looks_the_same("self.a == '1'", "{a: 1}", "{a: '1'}"));
  BOOST_TEST(!looks_the_same("has(self.a)", "{a: null}", "{}"));
  BOOST_TEST(!looks_the_same("has(self.a.b)", "{a: {b: 1}}", "{a: {}}"));
  BOOST_TEST(!looks_the_same("size(self.a) < 2", "{a: [1]}", "{a: [1, 2]}"));
  BOOST_TEST(!looks_the_same("size(self.a) < 2", "{a: xy}", "{a: x}"));
  BOOST_TEST(!looks_the_same("self.a[0].b", "{a: [{b: true}]}", "{a: [{b: false}]}"));
  BOOST_TEST(!looks_the_same("self[self.k] == 1", "{k: x, x: 1}", "{k: x, x: 2}"));
  BOOST_TEST(!looks_the_same("self.all(k, self[k] != 'bad')", "{a: bad}", "{a: good}"));
  BOOST_TEST(!looks_the_same("self.all(k, k != 'bad')", "{bad: 1}", "{good: 1}"));
  BOOST_TEST(!looks_the_same("self.filter(i, i.a > 0)[0].b == 1", "[{a: 1, b: 1}]", "[{a: 1, b: 2}]"));
  BOOST_TEST(!looks_the_same("self.map(i, i.a)[0] == 1", "[{a: 1}]", "[{a: 2}]"));
  BOOST_TEST(!looks_the_same("(has(self.a) ? self.a : self.b) == 'x'", "{b: x}", "{b: y}"));
  BOOST_TEST(!looks_the_same("self in ['a', 'b']", "a", "c"));
}

BOOST_AUTO_TEST_CASE(values_are_told_apart_wherever_they_begin_and_end) {
  BOOST_TEST(!looks_the_same("self.a == self.b", "{a: xy, b: z}", "{a: x, b: yz}"));
  BOOST_TEST(!looks_the_same("self.a == self.b", "{a: [[1], 2]}", "{a: [[1, 2]]}"));
  BOOST_TEST(!looks_the_same("self.a == self.b", "{a: x}", "{b: x}"));
  BOOST_TEST(!looks_the_same("self.a.b == self.c", "{a: {b: x}, c: y}", "{a: {}, c: y}"));
}

BOOST_AUTO_TEST_CASE(routes_that_look_the_same_to_the_rules_get_the_same_verdict) {
  std::map<std::string, std::set<bool>> verdicts;
  size_t kept = 0;
  for (const std::string& rule : kRules) {
    Checked checked;
    const View object = checked.yaml(route(rule));
    const Schema& schema = checked.schema_of(object);
    const bool keeps = check_rules(apply_defaults(object, schema, checked.scratch()), schema, checked.scratch()) == 0;
    kept += keeps;
    verdicts[key_of(*schema.rule_memory, object)].insert(keeps);
  }
  BOOST_TEST(kept > 5u);
  BOOST_TEST(kept < kRules.size() - 5);
  for (const auto& [key, seen] : verdicts) BOOST_TEST(seen.size() == 1u);
}

BOOST_AUTO_TEST_CASE(routes_to_different_services_look_the_same) {
  Checked checked;
  const View a = checked.yaml(route("{backendRefs: [{name: a, kind: Service, port: 80}]}")), b = checked.yaml(route("{backendRefs: [{name: b, kind: Service, port: 80}]}"));
  const RuleMemory& memory = *checked.schema_of(a).rule_memory;
  BOOST_TEST(key_of(memory, a) == key_of(memory, b));
}

BOOST_AUTO_TEST_CASE(only_what_was_remembered_is_known) {
  Checked checked;
  const Schema& schema = checked.schema_of(checked.yaml(route("{}")));
  const RuleMemory memory(schema);
  const std::string empty = key_of(memory, checked.yaml(route("{}")));
  BOOST_TEST(!memory.keeps_rules(empty));
  memory.remember(empty);
  BOOST_TEST(memory.keeps_rules(empty));
  BOOST_TEST(!memory.keeps_rules(key_of(memory, checked.yaml(route("{filters: [{type: CORS}]}")))));
}

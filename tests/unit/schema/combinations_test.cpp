// allOf, anyOf, oneOf and not: in definitions of the user, and the one form that built-in schemas have.
#include <boost/test/unit_test.hpp>

#include "checked.h"
#include "schema/crd.h"
#include "schema/crd_compiler.h"

using namespace isvcc;
using namespace isvcc::test;

namespace {

// What the API server says about `spec` when its schema is an object with fields a and b and these words.
std::string spec_with(const std::string& words, const std::string& spec, SchemaDialect dialect = SchemaDialect::Structural) {
  const std::string schema = "{type: object, properties: {spec: {type: object, properties: {a: {type: string}, b: {type: integer}}, " + words + "}}}";
  Checked base;
  const SchemaSet& builtin = builtin_schemas("v0.20.0");
  const bool json = dialect == SchemaDialect::JsonSchema;
  const std::string crd = "{kind: CustomResourceDefinition, metadata: {name: toys}, spec: {group: example.com, names: {kind: Toy}, versions: [{name: v1, served: true, schema: {openAPIV3Schema: " + schema + "}}]}}";
  const auto set = json ? schemas_with(builtin, {}, base.scratch().diags, {{"example.com/v1", "Toy", base.yaml(schema)}}) : schemas_with(builtin, {base.yaml(crd)}, base.scratch().diags);
  return refusal("{apiVersion: example.com/v1, kind: Toy, metadata: {name: a}, spec: " + spec + "}", *set);
}

std::string uri_match(const std::string& uri) {
  return refusal("{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: a}, spec: {http: [{match: [{uri: " + uri + "}]}]}}");
}

}  // namespace

BOOST_AUTO_TEST_CASE(one_of_wants_exactly_one) {
  const std::string either = "oneOf: [{required: [a]}, {required: [b]}]";
  BOOST_TEST(spec_with(either, "{a: x}") == "");
  BOOST_TEST(spec_with(either, "{a: x, b: 1}") == "<nil>: Invalid value: \"\": \"spec\" must validate one and only one schema (oneOf). Found 2 valid alternatives");
  BOOST_TEST(spec_with(either, "{}") ==
             "<nil>: Invalid value: \"\": \"spec\" must validate one and only one schema (oneOf). Found none valid\nspec.a: Required value");
}

BOOST_AUTO_TEST_CASE(any_of_wants_at_least_one) {
  const std::string any = "anyOf: [{required: [a]}, {properties: {b: {minimum: 5}}, required: [b]}]";
  BOOST_TEST(spec_with(any, "{a: x, b: 9}") == "");
  BOOST_TEST(spec_with(any, "{b: 5}") == "");
  BOOST_TEST(spec_with(any, "{b: 4}").starts_with("<nil>: Invalid value: \"\": \"spec\" must validate at least one schema (anyOf)"));
}

BOOST_AUTO_TEST_CASE(all_of_wants_all) {
  const std::string all = "allOf: [{required: [a]}, {properties: {a: {minLength: 2}}}]";
  BOOST_TEST(spec_with(all, "{a: xy}") == "");
  BOOST_TEST(spec_with(all, "{a: x}").starts_with("<nil>: Invalid value: \"\": \"spec\" must validate all the schemas (allOf)"));
}

BOOST_AUTO_TEST_CASE(not_wants_the_contrary) {
  BOOST_TEST(spec_with("not: {required: [a]}", "{b: 1}") == "");
  BOOST_TEST(spec_with("not: {required: [a]}", "{a: x}") == "<nil>: Invalid value: \"\": \"spec\" must not validate the schema (not)");
}

BOOST_AUTO_TEST_CASE(a_part_forbids_no_other_field) { BOOST_TEST(spec_with("anyOf: [{properties: {a: {minLength: 1}}}]", "{a: x, b: 1}") == ""); }

BOOST_AUTO_TEST_CASE(istio_matches_in_one_way_at_most) {
  BOOST_TEST(uri_match("{exact: /a}") == "");
  BOOST_TEST(uri_match("{}") == "");
  BOOST_TEST(uri_match("{exact: /a, prefix: /a}") ==
             "<nil>: Invalid value: \"\": \"spec.http[0].match[0].uri\" must validate one and only one schema (oneOf). Found 2 valid alternatives");
}

BOOST_AUTO_TEST_CASE(a_json_schema_closes_objects_only_when_it_says_so) {
  const SchemaSet& builtin = builtin_schemas("v0.20.0");
  const auto unknown_fields = [&](const std::string& words) {
    Checked checked;
    const auto set = schemas_with(builtin, {}, checked.scratch().diags, {{"example.com/v1", "Toy", checked.yaml("{type: object, properties: {spec: {type: object, properties: {a: {type: string}}" + words + "}}}")}});
    const View toy = checked.yaml("{apiVersion: example.com/v1, kind: Toy, metadata: {name: a}, spec: {a: x, c: y}}");
    prune(toy, *set->kind("example.com/v1", "Toy"), UnknownFields::Report, checked.scratch());
    return checked.upstream();
  };
  BOOST_TEST(unknown_fields("") == "");
  BOOST_TEST(unknown_fields(", additionalProperties: false") == "unknown field \"spec.c\"");
}

BOOST_AUTO_TEST_CASE(a_json_schema_may_list_types) {
  const auto value = [](const std::string& type, const std::string& given) { return spec_with("additionalProperties: false}, x: {type: object, properties: {c: {type: " + type + "}}", "{a: x}, x: {c: " + given + "}", SchemaDialect::JsonSchema); };
  BOOST_TEST(value("[string, 'null']", "null") == "");
  BOOST_TEST(value("[string, integer]", "5") == "");
  BOOST_TEST(value("[string, 'null']", "5") != "");
}

BOOST_AUTO_TEST_CASE(a_number_beyond_its_format_is_refused_where_the_server_decodes_it) {
  const std::string big = refusal("{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 3000000000, selector: {}, template: {}}}");
  BOOST_TEST(big == "json: cannot unmarshal number 3000000000 into Go struct field .spec.replicas of type int32");
}

BOOST_AUTO_TEST_CASE(a_number_beyond_its_format_is_a_warning_in_a_custom_resource) {
  Checked checked;
  const View object = checked.yaml("{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: a}, spec: {maxReplicaCount: 3000000000, scaleTargetRef: {name: x}, triggers: []}}");
  BOOST_TEST(validate(object, checked.schema_of(object), checked.scratch()));
  BOOST_REQUIRE(checked.findings().size() == 1);
  BOOST_TEST((checked.findings()[0].code == Code::UndecodableNumber));
}

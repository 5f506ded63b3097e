// CustomResourceDefinitions of the user.
#include <boost/test/unit_test.hpp>

#include "checked.h"
#include "schema/crd.h"

using namespace isvcc;
using namespace isvcc::test;

namespace {

std::string crd(const std::string& schema, const std::string& kind = "Toy", const std::string& group = "example.com", const std::string& version = "v1") {
  return "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: toys." + group + "}, spec: {group: " + group + ", scope: Cluster, names: {kind: " + kind +
         "}, versions: [{name: " + version + ", served: true, schema: {openAPIV3Schema: " + schema + "}}]}}";
}

// The built-in schemas and one more definition.
class WithCrd {
 public:
  explicit WithCrd(const std::string& text) { set_ = schemas_with(builtin_schemas("v0.20.0"), {base_.yaml(text)}, base_.scratch().diags); }
  const SchemaSet& set() const { return *set_; }
  std::string problem() const { return base_.findings().empty() ? "" : base_.findings().front().message; }

 private:
  Checked base_;
  std::unique_ptr<SchemaSet> set_;
};

std::string toy(const std::string& spec) { return "{apiVersion: example.com/v1, kind: Toy, metadata: {name: a}, spec: " + spec + "}"; }

constexpr const char* toy_schema =
    "{type: object, properties: {spec: {type: object, required: [size], properties: {size: {type: integer, minimum: 1}, color: {type: string, default: red},"
    " tags: {type: array, x-kubernetes-list-type: set, items: {type: string}}, port: {x-kubernetes-int-or-string: true}},"
    " x-kubernetes-validations: [{rule: 'self.size < 10', message: too big}]}}}";

}  // namespace

BOOST_AUTO_TEST_CASE(a_kind_becomes_known_with_its_scope) {
  const WithCrd with(crd(toy_schema));
  BOOST_TEST(with.set().kind("example.com/v1", "Toy"));
  BOOST_TEST(!with.set().namespaced("example.com/v1", "Toy"));
  BOOST_TEST(with.set().kind("serving.kserve.io/v1beta1", "InferenceService") == builtin_schemas("v0.20.0").kind("serving.kserve.io/v1beta1", "InferenceService"));
}

BOOST_AUTO_TEST_CASE(its_objects_are_pruned_defaulted_and_validated) {
  const WithCrd with(crd(toy_schema));
  Checked checked(with.set());
  const View object = checked.yaml(toy("{size: 2, x: 1}"));
  const Schema& schema = checked.schema_of(object);
  const Node* stored = apply_defaults(prune(object, schema, UnknownFields::Silent, checked.scratch()), schema, checked.scratch());
  BOOST_TEST(json(View(stored)["spec"]) == R"({"size":2,"color":"red"})");
  BOOST_TEST(refusal(toy("{tags: [a, a]}"), with.set()) ==
             "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation\n"
             "spec.size: Required value\nspec.tags[1]: Duplicate value: \"a\"");
}

BOOST_AUTO_TEST_CASE(its_rules_are_evaluated) {
  const WithCrd with(crd(toy_schema));
  BOOST_TEST(refusal(toy("{size: 12}"), with.set()) == R"(spec: Invalid value: "object": too big)");
  BOOST_TEST(refusal(toy("{size: 9}"), with.set()) == "");
}

BOOST_AUTO_TEST_CASE(each_condition_on_a_text_counts) {
  auto takes = [](const std::string& condition, const std::string& text) {
    const WithCrd with(crd("{type: object, properties: {spec: {type: object, properties: {a: {" + condition + "}}}}}"));
    Checked checked(with.set());
    const View object = checked.yaml(toy("{a: '" + text + "'}"));
    const Schema& schema = checked.schema_of(object);
    const bool valid = validate(object, schema, checked.scratch());
    BOOST_TEST(conforms(object, schema) == valid, condition << " takes " << text << " in one way only");
    return valid;
  };
  BOOST_TEST(takes("type: string", "anything"));
  BOOST_TEST(takes("x-kubernetes-int-or-string: true", "anything"));
  for (const std::string condition : {"pattern: '^[0-9]+$'", "enum: ['12', '3']", "maxLength: 2", "format: ipv4", "anyOf: [{maxLength: 2}]"})
    BOOST_TEST(!takes("type: string, " + condition, "words"), condition << " is asked");
  BOOST_TEST(!takes("type: string, minLength: 6", "words"));
  BOOST_TEST(!takes("type: integer", "12"));
}

BOOST_AUTO_TEST_CASE(a_definition_of_a_known_kind_says_what_is_allowed_and_go_how_it_is_encoded) {
  const WithCrd with(crd("{type: object, properties: {spec: {type: object, properties: {containers: {type: array, items: {type: object, properties: {name: {type: string}, image: {type: string},"
                         " resources: {type: object, properties: {limits: {type: object, additionalProperties: {x-kubernetes-int-or-string: true}}}}}}}}}}}",
                         "ServingRuntime", "serving.kserve.io", "v1alpha1"));
  Checked checked(with.set());
  const View object = checked.yaml("{apiVersion: serving.kserve.io/v1alpha1, kind: ServingRuntime, metadata: {}, spec: {containers: [{image: a, args: [b], resources: {limits: {cpu: 1000m}}}]}}");
  const Schema& schema = checked.schema_of(object);
  const Node* pruned = prune(object, schema, UnknownFields::Silent, checked.scratch());
  BOOST_TEST(json(View(reencode(pruned, schema, ZeroValues::Drop, checked.scratch()))["spec"]) == R"({"containers":[{"image":"a","resources":{"limits":{"cpu":"1"}},"name":""}]})");
}

BOOST_AUTO_TEST_CASE(an_opaque_definition_checks_nothing_but_go_still_encodes) {
  const WithCrd with(crd("{type: object, properties: {spec: {type: object, x-kubernetes-preserve-unknown-fields: true}}}", "ServingRuntime", "serving.kserve.io", "v1alpha1"));
  Checked checked(with.set());
  const View object = checked.yaml("{apiVersion: serving.kserve.io/v1alpha1, kind: ServingRuntime, metadata: {}, spec: {containers: [{name: a, ports: [{containerPort: 1}], new: 1}]}}");
  const Schema& schema = checked.schema_of(object);
  BOOST_TEST(apply_defaults(prune(object, schema, UnknownFields::Report, checked.scratch()), schema, checked.scratch()) == object.node());
  BOOST_TEST(validate(object, schema, checked.scratch()));
  BOOST_TEST(View(reencode(object, schema, ZeroValues::Drop, checked.scratch())).at("spec.containers").item(0)["resources"].is_map());
}

BOOST_AUTO_TEST_CASE(a_definition_that_cannot_be_used_is_reported_and_left_out) {
  std::string many;
  for (int i = 0; i < 6000; ++i) many += "a,";
  for (const std::string& schema : {std::string("{$ref: '#/a'}"), std::string("[]"), std::string("{type: array}"), "{type: string, enum: [" + many + "]}",
                                    "{type: string, pattern: '" + std::string(5000, 'a') + "'}"}) {
    const WithCrd with(crd("{type: object, properties: {spec: " + schema + "}}"));
    BOOST_TEST(with.problem().starts_with("CustomResourceDefinition 'toys.example.com' cannot be used: "), with.problem());
    BOOST_TEST(!with.set().kind("example.com/v1", "Toy"));
  }
}

BOOST_AUTO_TEST_CASE(a_schema_nested_too_deeply_is_refused) {
  Checked checked;
  const Make make(checked.scratch().arena);
  const Node* schema = make.map({{"type", make.text("string")}});
  for (int i = 0; i < 5000; ++i) schema = make.map({{"type", make.text("object")}, {"properties", make.map({{"a", schema}})}});
  const View definition = checked.yaml(crd("{}"));
  const Node* version = make.with_path(definition.at("spec.versions").item(0), "schema.openAPIV3Schema", schema);
  const View crd_object = make.with_path(definition, "spec.versions", make.list({version}));
  const auto set = schemas_with(builtin_schemas("v0.20.0"), {crd_object}, checked.scratch().diags);
  BOOST_TEST(checked.findings().size() == 1u);
}

BOOST_AUTO_TEST_CASE(equal_parts_are_one_schema) {
  const WithCrd with(crd("{type: object, properties: {spec: {type: object, properties: {a: {type: object, properties: {x: {type: string}}}, b: {type: object, properties: {x: {type: string}}}}}}}"));
  const Schema& spec = *with.set().kind("example.com/v1", "Toy")->property("spec")->schema;
  BOOST_TEST(spec.property("a")->schema == spec.property("b")->schema);
}

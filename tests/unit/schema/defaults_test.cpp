// Defaults of the CRDs.
#include <boost/test/unit_test.hpp>

#include "checked.h"

using namespace isvcc;
using namespace isvcc::test;

static std::string defaulted(const std::string& object) {
  Checked checked;
  const View root = checked.yaml(object);
  return json(View(apply_defaults(root, checked.schema_of(root), checked.scratch()))["spec"]);
}

BOOST_AUTO_TEST_CASE(a_port_is_tcp) {
  BOOST_TEST(defaulted(runtime("{containers: [{name: x, ports: [{containerPort: 1}]}]}")) == R"({"containers":[{"name":"x","ports":[{"containerPort":1,"protocol":"TCP"}]}]})");
}

BOOST_AUTO_TEST_CASE(a_null_counts_as_missing) {
  BOOST_TEST(defaulted(runtime("{containers: [{name: x, ports: [{protocol: null, containerPort: 1}]}]}")) ==
             R"({"containers":[{"name":"x","ports":[{"protocol":"TCP","containerPort":1}]}]})");
}

BOOST_AUTO_TEST_CASE(a_default_makes_no_parent) { BOOST_TEST(defaulted(service("{predictor: {model: {}}}")) == R"({"predictor":{"model":{}}})"); }

BOOST_AUTO_TEST_CASE(storage_uris_are_mounted_below_mnt_models) {
  BOOST_TEST(defaulted(service("{predictor: {storageUris: [{uri: s3://a}]}}")) == R"({"predictor":{"storageUris":[{"uri":"s3://a","mountPath":"/mnt/models"}]}})");
}

BOOST_AUTO_TEST_CASE(an_object_that_needs_no_default_is_the_same_node) {
  Checked checked;
  const View root = checked.yaml(service("{predictor: {model: {modelFormat: {name: x}}}}"));
  BOOST_TEST(apply_defaults(root, checked.schema_of(root), checked.scratch()) == root.node());
}

#include <boost/test/unit_test.hpp>

#include "unit/lower/world.h"

using namespace isvcc;
using isvcc::test::World;

struct Models : World {
  Models() {
    service("{metadata: {name: mms, namespace: ml, labels: {a: b}}, spec: {predictor: {model: {modelFormat: {name: sklearn}, resources: {limits: {memory: 2Gi}}}}}}");
    plan().multi_model = true;
  }
  Models& model(std::string_view name, std::string_view memory, std::string_view labels = "{}", std::string_view parent = "mms") {
    add(parse("{apiVersion: serving.kserve.io/v1alpha1, kind: TrainedModel, metadata: {name: " + std::string(name) + ", namespace: ml, labels: " + std::string(labels) +
              "}, spec: {inferenceService: " + std::string(parent) + ", model: {framework: sklearn, storageUri: 's3://b/<" + std::string(name) + ">', memory: " + std::string(memory) + "}}}"));
    return *this;
  }
  std::string loaded() {
    lower_models();
    std::string out;
    const View list = parse(object("ConfigMap", "modelconfig-mms-0")["data"]["models.json"].text());
    for (const View m : list.items()) out += std::string(m["modelName"].text()) + " ";
    return out;
  }
};

BOOST_FIXTURE_TEST_CASE(a_multi_model_service_without_models_has_an_empty_list, Models) {
  BOOST_TEST(loaded() == "");
  BOOST_TEST(json(object("ConfigMap")) == R"({"apiVersion":"v1","data":{"models.json":"[]"},"kind":"ConfigMap","metadata":{"labels":{"a":"b"},"name":"modelconfig-mms-0","namespace":"ml"}})");
}

BOOST_FIXTURE_TEST_CASE(models_are_listed_by_name_as_go_writes_json, Models) {
  model("b", "1Gi").model("a", "0.5Gi");
  BOOST_TEST(loaded() == "a b ");
  BOOST_TEST(object("ConfigMap")["data"]["models.json"].text() ==
             R"([{"modelName":"a","modelSpec":{"storageUri":"s3://b/\u003ca\u003e","framework":"sklearn","memory":"512Mi"}},)"
             R"({"modelName":"b","modelSpec":{"storageUri":"s3://b/\u003cb\u003e","framework":"sklearn","memory":"1Gi"}}])");
}

BOOST_FIXTURE_TEST_CASE(memory_is_handed_out_by_name_and_a_smaller_model_may_still_fit, Models) {
  model("a", "1Gi").model("b", "1500Mi").model("c", "1Gi");
  BOOST_TEST(loaded() == "a c ");
  BOOST_TEST(reported(Code::TrainedModelMemory));
}

BOOST_FIXTURE_TEST_CASE(models_that_carry_the_label_of_an_allocation_were_there_first, Models) {
  model("a", "1Gi").model("z", "1500Mi", "{inferenceservice: mms, serving.kserve.io/trainedmodel-allocated: mms}");
  BOOST_TEST(loaded() == "z ");
}

BOOST_FIXTURE_TEST_CASE(a_service_without_a_memory_limit_of_its_own_fits_nothing, Models) {
  service("{metadata: {name: mms, namespace: ml}, spec: {predictor: {model: {}}}}").plan().multi_model = true;
  model("a", "1");
  BOOST_TEST(loaded() == "");
}

BOOST_FIXTURE_TEST_CASE(a_stopped_service_gets_no_models, Models) {
  plan().stopped = true;
  model("a", "1");
  BOOST_TEST(loaded() == "");
  BOOST_TEST(reported(Code::TrainedModelParentNotReady));
}

BOOST_FIXTURE_TEST_CASE(a_service_with_a_model_of_its_own_takes_no_others, Models) {
  plan().multi_model = false;
  model("a", "1").lower_models();
  BOOST_TEST(!object("ConfigMap"));
  BOOST_TEST(reported(Code::TrainedModelParentSingle));
}

BOOST_FIXTURE_TEST_CASE(a_model_without_a_service_is_reported, Models) {
  model("a", "1", "{}", "nobody").lower_models();
  BOOST_TEST(reported(Code::TrainedModelOrphan));
}

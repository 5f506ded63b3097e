// What is wrong with an inferenceservice-config, in the words of the Go code that reads it.
#include "kserve/config.h"

#include <boost/test/unit_test.hpp>

using namespace isvcc;

namespace {

Config config_with(std::string_view key, std::string_view json) {
  static Arena arena;
  const Make make(arena);
  return parse_config(make.map({{key, make.text(json)}}), arena);
}

}  // namespace

BOOST_AUTO_TEST_CASE(text_that_ends_too_early_is_told_as_such) {
  BOOST_TEST(config_with("security", "{").auto_mount_service_account_token.error == "unexpected end of JSON input");
  BOOST_TEST(config_with("localModel", "").local_model_enabled.error == "unexpected end of JSON input");
  BOOST_TEST(config_with("ingress", "{").ingress.error == "unable to parse ingress config json: unexpected end of JSON input");
}

BOOST_AUTO_TEST_CASE(a_wrong_type_is_told_with_struct_field_and_path) {
  BOOST_TEST(config_with("autoscaler", R"({"scaleUpStabilizationWindowSeconds": 1})").autoscaler.error ==
             "unable to parse autoscaler config json: json: cannot unmarshal number into Go struct field AutoscalerConfig.scaleUpStabilizationWindowSeconds of type string");
  BOOST_TEST(config_with("opentelemetryCollector", R"({"resource": {"cpuLimit": true}})").otel.error ==
             "unable to parse otel config json: json: cannot unmarshal bool into Go struct field ResourceConfig.resource.cpuLimit of type string");
  BOOST_TEST(config_with("credentials", R"({"s3": 1})").credentials.error ==
             "unable to parse credential config json: json: cannot unmarshal number into Go struct field CredentialConfig.s3 of type s3.S3Config");
}

BOOST_AUTO_TEST_CASE(local_models_are_decoded_whole_even_when_they_are_off) {
  BOOST_TEST(config_with("localModel", R"({"enabled": false, "fsGroup": "x"})").local_model_enabled.error ==
             "json: cannot unmarshal string into Go struct field LocalModelConfig.fsGroup of type int64");
  BOOST_TEST(config_with("localModel", R"({"disableVolumeManagement": 1})").local_model_enabled.error != "");
  BOOST_TEST(config_with("localModel", R"({"enabled": true, "jobTTLSecondsAfterFinished": 5})").local_model_enabled.ok());
}

BOOST_AUTO_TEST_CASE(null_is_no_configuration_at_all) {
  BOOST_TEST(config_with("localModel", "null").local_model_enabled.error.find("panic: ") == 0u);
  BOOST_TEST(config_with("inferenceService", "null").inference_service.error.find("panic: ") == 0u);
  BOOST_TEST(config_with("security", "null").auto_mount_service_account_token.value);
  BOOST_TEST(!config_with("other", "null").auto_mount_service_account_token.value);
}

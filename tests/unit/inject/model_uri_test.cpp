#include "inject/model_uri.h"

#include <boost/test/unit_test.hpp>

using namespace isvcc;

BOOST_AUTO_TEST_SUITE(model_uri)

static Profile release(Release which) {
  Profile profile;
  profile.release = which;
  return profile;
}

BOOST_AUTO_TEST_CASE(an_oci_uri_may_name_its_mode) {
  const OciUri uri = parse_oci_uri("oci+native://reg/img:1", release(Release::V0_20_0));
  BOOST_TEST(uri.is_oci);
  BOOST_TEST(uri.mode == "native");
  BOOST_TEST(uri.image == "reg/img:1");
}

BOOST_AUTO_TEST_CASE(an_empty_mode_is_no_oci_uri) { BOOST_TEST(!parse_oci_uri("oci+://img", release(Release::V0_20_0)).is_oci); }

BOOST_AUTO_TEST_CASE(before_modes_only_plain_oci_counts) {
  BOOST_TEST(!parse_oci_uri("oci+native://img", release(Release::V0_19_0)).is_oci);
  BOOST_TEST(parse_oci_uri("oci://img", release(Release::V0_19_0)).image == "img");
}

BOOST_AUTO_TEST_CASE(the_mode_in_the_configuration_wins_over_both_switches) {
  Profile profile;
  profile.config.storage_initializer.value.enable_modelcar = true;
  BOOST_TEST(configured_oci_mode(profile) == "modelcar");
  profile.config.storage_initializer.value.oci_model_mode = "native";
  BOOST_TEST(configured_oci_mode(profile) == "native");
  profile.release = Release::V0_19_0;
  BOOST_TEST(configured_oci_mode(profile) == "modelcar");
}

BOOST_AUTO_TEST_CASE(the_newer_switch_is_not_read_by_older_releases) {
  Profile profile = release(Release::V0_19_0);
  profile.config.storage_initializer.value.enable_oci_model_support = true;
  BOOST_TEST(configured_oci_mode(profile) == "");
}

BOOST_AUTO_TEST_CASE(the_path_of_a_claim_is_verbatim) {
  BOOST_TEST(parse_pvc_uri("pvc://claim").claim == "claim");
  BOOST_TEST(parse_pvc_uri("pvc://claim").path == "");
  BOOST_TEST(parse_pvc_uri("pvc://claim/a//b/").path == "a//b/");
}

BOOST_AUTO_TEST_CASE(a_volume_is_named_after_its_path) {
  BOOST_TEST(volume_name_of_path("/mnt/models/base/") == "mnt-models-base");
  BOOST_TEST(volume_name_of_path("/") == "");
}

BOOST_AUTO_TEST_CASE(directories_follow_go) {
  BOOST_TEST(directory_of("/mnt/models") == "/mnt");
  BOOST_TEST(directory_of("/mnt/models/") == "/mnt/models");
  BOOST_TEST(directory_of("/top") == "/");
  BOOST_TEST(directory_of("a/../../b/c") == "../b");
  BOOST_TEST(directory_of("ca.crt") == ".");
  BOOST_TEST(parent_directory("name") == "/");
}

BOOST_AUTO_TEST_CASE(the_common_parent_of_paths) {
  BOOST_TEST(common_parent({"/mnt/models/"}) == "/mnt/models/");
  BOOST_TEST(common_parent({"/mnt/models/a", "/mnt/models/b/c"}) == "/mnt/models");
  BOOST_TEST(common_parent({"/mnt/models", "/mnt/models"}) == "/mnt/models");
  BOOST_TEST(common_parent({"/mnt/a", "/mnt/ab"}) == "/mnt");
  BOOST_TEST(common_parent({"/a", "/b"}) == "/");
  BOOST_TEST(common_parent({"/", "/a"}) == "/");
}

BOOST_AUTO_TEST_SUITE_END()

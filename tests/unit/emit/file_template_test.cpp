// Patterns of file names: what each word stands for, and what is no pattern.
#include <boost/test/unit_test.hpp>

#include "emit/file_template.h"

using namespace isvcc;

static const LayoutObject kDeployment = {nullptr, "apps/v1", "Deployment", "ml", "iris-predictor", "iris"};
static const LayoutObject kNamespace = {nullptr, "v1", "Namespace", "", "ml", ""};

static std::string path(std::string_view pattern, const LayoutObject& object) {
  std::string error;
  const auto parsed = FileTemplate::parse(pattern, error);
  return parsed ? parsed->path(object) : error;
}

BOOST_AUTO_TEST_SUITE(file_templates)

BOOST_AUTO_TEST_CASE(words_are_replaced) {
  BOOST_TEST(path("{namespace}/{service}/{kind}-{name}.yaml", kDeployment) == "ml/iris/deployment-iris-predictor.yaml");
  BOOST_TEST(path("x/{group}.{version}.{Kind}.yml", kDeployment) == "x/apps.v1.Deployment.yml");
}

BOOST_AUTO_TEST_CASE(objects_without_a_namespace_or_service_have_a_place_too) {
  BOOST_TEST(path("{namespace}/{service}/{kind}-{name}.yaml", kNamespace) == "_cluster/_shared/namespace-ml.yaml");
  BOOST_TEST(path("{namespace?/}{service?/}{kind}-{name}.yaml", kNamespace) == "namespace-ml.yaml");
}

BOOST_AUTO_TEST_CASE(other_tools_names_have_words_of_their_own) {
  BOOST_TEST(path("kustomize", kDeployment) == "ml_apps_v1_deployment_iris-predictor.yaml");
  BOOST_TEST(path("kustomize", kNamespace) == "v1_namespace_ml.yaml");
  BOOST_TEST(path("kargo", kDeployment) == "ml-deployment-iris-predictor.yaml");
  BOOST_TEST(path("tanka", kDeployment) == "apps-v1.Deployment-iris-predictor.yaml");
}

BOOST_AUTO_TEST_CASE(names_cannot_leave_the_folder) {
  const LayoutObject hostile = {nullptr, "../../v1", "../Kind", "..", "../../etc/passwd", "a/b"};
  for (const char* pattern : {"{namespace}/{service}/{kind}-{name}.yaml", "{apiVersion}{Kind}{name}.yaml", "{group}/{version}.yaml"}) {
    const std::string text = path(pattern, hostile);
    BOOST_TEST(is_safe_path(text), text);
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_pattern_is_told) {
  BOOST_TEST(path("{namespace}/{name}.txt", kDeployment) == "a file name must end in .yaml or .yml, got '{namespace}/{name}.txt'");
  BOOST_TEST(path("{nmae}.yaml", kDeployment) == "unknown word '{nmae}' in a file name; known: namespace, service, kind, Kind, name, group, version, apiVersion");
  for (const char* pattern : {"../{name}.yaml", "/{name}.yaml", "{name}//x.yaml", "{.yaml", ".git/{name}.yaml"}) {
    std::string error;
    BOOST_TEST(!FileTemplate::parse(pattern, error).has_value(), pattern);
    BOOST_TEST(!error.empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()

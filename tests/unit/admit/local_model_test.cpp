#include <boost/test/unit_test.hpp>

#include "admit/local_model_match.h"
#include "unit/admit/cluster.h"

using namespace isvcc;
using namespace isvcc::test;

static const std::string kCaches = R"(
apiVersion: serving.kserve.io/v1alpha1
kind: LocalModelCache
metadata: {name: iris}
spec: {sourceModelUri: s3://m/iris, modelSize: 1Gi, nodeGroups: [gpu, cpu]}
---
apiVersion: serving.kserve.io/v1alpha1
kind: LocalModelNamespaceCache
metadata: {name: own, namespace: default}
spec: {sourceModelUri: s3://m/own, modelSize: 1Gi, nodeGroups: [gpu]}
---
apiVersion: serving.kserve.io/v1alpha1
kind: LocalModelNamespaceCache
metadata: {name: foreign, namespace: other}
spec: {sourceModelUri: s3://m/foreign, modelSize: 1Gi, nodeGroups: [gpu]}
)";

static std::string local_metadata(const std::string& uri, const std::string& annotations = "{}", bool enabled = true) {
  Cluster cluster;
  cluster.config(enabled ? "{localModel: {enabled: true}}" : "{}").add(kCaches);
  cluster.service("{predictor: {model: {modelFormat: {name: x}, storageUri: \"" + uri + "\"}}}", annotations);
  const std::string prefix = "internal.serving.kserve.io/localmodel";
  return cluster.at("metadata.labels") + cluster.at("metadata.annotations[" + prefix + "-sourceuri]") +
         cluster.at("metadata.annotations[" + prefix + "-pvc-name]");
}

BOOST_AUTO_TEST_SUITE(local_models)

BOOST_AUTO_TEST_CASE(a_cache_holds_its_uri_and_what_is_below) {
  BOOST_TEST(cache_holds("s3://m/iris", "s3://m/iris"));
  BOOST_TEST(cache_holds("s3://m/iris/", "s3://m/iris"));
  BOOST_TEST(cache_holds("s3://m/iris", "s3://m/iris/v1"));
  BOOST_TEST(!cache_holds("s3://m/iris", "s3://m/iris2"));
  BOOST_TEST(!cache_holds("s3://m/iris/v1", "s3://m/iris"));
}

BOOST_AUTO_TEST_CASE(a_cluster_cache_is_written_into_the_metadata) {
  BOOST_TEST(local_metadata("s3://m/iris/v1") == R"({"internal.serving.kserve.io/localmodel":"iris"}"s3://m/iris""iris-gpu")");
}

BOOST_AUTO_TEST_CASE(a_namespace_cache_names_its_namespace) {
  BOOST_TEST(
      local_metadata("s3://m/own") ==
      R"({"internal.serving.kserve.io/localmodel":"own","internal.serving.kserve.io/localmodel-namespace":"default"}"s3://m/own""own-gpu")");
}

BOOST_AUTO_TEST_CASE(a_node_group_of_the_service_has_to_be_one_of_the_cache) {
  BOOST_TEST(local_metadata("s3://m/iris", "{serving.kserve.io/nodegroup: cpu}") ==
             R"({"internal.serving.kserve.io/localmodel":"iris"}"s3://m/iris""iris-cpu")");
  BOOST_TEST(local_metadata("s3://m/iris", "{serving.kserve.io/nodegroup: tpu}") == "");
}

BOOST_AUTO_TEST_CASE(caches_of_other_namespaces_do_not_count) { BOOST_TEST(local_metadata("s3://m/foreign") == ""); }

BOOST_AUTO_TEST_CASE(a_service_can_opt_out_and_the_feature_can_be_off) {
  BOOST_TEST(local_metadata("s3://m/iris", "{serving.kserve.io/disable-localmodel: \"false\"}") == "");
  BOOST_TEST(local_metadata("s3://m/iris", "{}", false) == "");
}

BOOST_AUTO_TEST_CASE(without_a_match_metadata_of_users_is_removed) {
  BOOST_TEST(local_metadata("s3://m/x", "{internal.serving.kserve.io/localmodel-pvc-name: mine}") == "");
}

BOOST_AUTO_TEST_CASE(without_a_storage_uri_metadata_of_users_stays) {
  Cluster cluster;
  cluster.service("{predictor: {model: {modelFormat: {name: x}}}}", "{internal.serving.kserve.io/localmodel-pvc-name: mine}");
  BOOST_TEST(cluster.at("metadata.annotations[internal.serving.kserve.io/localmodel-pvc-name]") == "\"mine\"");
}

BOOST_AUTO_TEST_CASE(of_two_caches_of_one_model_the_later_one_is_refused) {
  Cluster cluster;
  const std::string cache =
      "apiVersion: serving.kserve.io/v1alpha1\nkind: LocalModelCache\nspec: {sourceModelUri: s3://m/iris, modelSize: 1Gi, nodeGroups: "
      "[gpu]}\n";
  cluster.add(kCaches);
  cluster.admit(cache + "metadata: {name: second}\n");
  BOOST_TEST(cluster.staged_refusal() == "validation: LocalModelCache iris has the same StorageURI s3://m/iris");
  BOOST_TEST(cluster.admit(cache + "metadata: {name: iris}\n").accepted());
}

BOOST_AUTO_TEST_CASE(caches_are_admitted_in_source_order) {
  Cluster cluster;
  cluster.add(R"(
apiVersion: serving.kserve.io/v1alpha1
kind: LocalModelCache
metadata: {name: b}
spec: {sourceModelUri: s3://m/iris, modelSize: 1Gi, nodeGroups: [gpu]}
---
apiVersion: serving.kserve.io/v1alpha1
kind: LocalModelCache
metadata: {name: a}
spec: {sourceModelUri: s3://m/iris, modelSize: 1Gi, nodeGroups: [gpu]}
)");
  const auto caches = cluster.repository().everything();
  const auto admissions = admit_local_model_caches(caches, cluster.repository(), cluster.profile(), cluster.scratch());
  BOOST_TEST(admissions[0].accepted());
  BOOST_TEST(!admissions[1].accepted());
}

BOOST_AUTO_TEST_CASE(node_groups_of_a_namespace_cache_have_to_exist) {
  Cluster cluster;
  cluster.admit(
      "{apiVersion: serving.kserve.io/v1alpha1, kind: LocalModelNamespaceCache, metadata: {name: c, namespace: default}, "
      "spec: {sourceModelUri: s3://m/x, modelSize: 1Gi, nodeGroups: [gpu]}}");
  BOOST_TEST(cluster.refusal() == "localmodelnodegroups.serving.kserve.io \"gpu\" not found");
}

BOOST_AUTO_TEST_SUITE_END()

#include "repo/storage_containers.h"

#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "load/reader.h"
#include "repo/uri_pattern.h"

using namespace isvcc;

namespace {

struct Containers {
  Arena arena;
  Repository repository;
  Profile profile;

  explicit Containers(std::initializer_list<std::string_view> objects) {
    for (std::string_view text : objects) {
      const View object = parse_yaml(arena.copy(text), arena);
      BOOST_REQUIRE(object);
      Object added;
      added.node = object.node();
      added.kind = "ClusterStorageContainer";
      added.name = object["metadata"]["name"].text();
      repository.add(added);
    }
    repository.finish();
  }

  std::string for_uri(std::string_view uri) const {
    const StorageContainerMatch match = storage_container_for_uri(uri, repository);
    return match.container ? std::string(match.container->name) : match.error;
  }
  std::string by_name(std::string_view name, std::string_view uri) const {
    const StorageContainerMatch match = storage_container_by_name(name, uri, repository);
    return match.container ? std::string(match.container->name) : match.error;
  }
  std::string check(std::string_view uri) const { return validate_storage_uri(uri, repository, profile); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(storage_containers)

BOOST_AUTO_TEST_CASE(the_first_by_name_that_supports_the_uri_is_taken) {
  const Containers c{"{metadata: {name: b}, spec: {supportedUriFormats: [{prefix: 's3://'}]}}",
                     "{metadata: {name: a}, spec: {supportedUriFormats: [{prefix: 's3://x'}]}}"};
  BOOST_TEST(c.for_uri("s3://xyz") == "a");
  BOOST_TEST(c.for_uri("s3://b") == "b");
  BOOST_TEST(c.for_uri("gs://b") == "");
}

BOOST_AUTO_TEST_CASE(a_regex_may_match_anywhere) {
  const Containers c{"{metadata: {name: a}, spec: {supportedUriFormats: [{regex: 'huggingface.co/'}]}}"};
  BOOST_TEST(c.for_uri("https://huggingface.co/m") == "a");
}

BOOST_AUTO_TEST_CASE(a_prefix_hides_the_regex_beside_it) {
  const Containers c{"{metadata: {name: a}, spec: {supportedUriFormats: [{prefix: 'a://', regex: 's3://'}]}}"};
  BOOST_TEST(c.for_uri("s3://b") == "");
}

BOOST_AUTO_TEST_CASE(disabled_ones_and_other_workload_types_are_passed_over) {
  const Containers c{"{metadata: {name: a}, disabled: true, spec: {supportedUriFormats: [{prefix: 's3://'}]}}",
                     "{metadata: {name: b}, spec: {workloadType: localModelDownloadJob, supportedUriFormats: [{prefix: 's3://'}]}}"};
  BOOST_TEST(c.for_uri("s3://b") == "");
}

BOOST_AUTO_TEST_CASE(a_bad_regex_before_the_match_is_an_error) {
  const Containers c{"{metadata: {name: a}, spec: {supportedUriFormats: [{regex: 's3://(['}]}}",
                     "{metadata: {name: b}, spec: {supportedUriFormats: [{prefix: 's3://'}]}}"};
  BOOST_TEST(c.for_uri("s3://b") == "error checking storage container a: error parsing regexp: missing closing ]: `[`");
  BOOST_TEST(
      c.check("s3://b") ==
      "error resolving storage container for \"s3://b\": error checking storage container a: error parsing regexp: missing closing ]: `[`");
}

BOOST_AUTO_TEST_CASE(a_name_has_no_fallback) {
  const Containers c{"{metadata: {name: asleep}, disabled: true, spec: {supportedUriFormats: [{prefix: 's3://'}]}}",
                     "{metadata: {name: job}, spec: {workloadType: localModelDownloadJob, supportedUriFormats: [{prefix: 's3://'}]}}",
                     "{metadata: {name: gs}, spec: {supportedUriFormats: [{prefix: 'gs://'}]}}",
                     "{metadata: {name: rx}, spec: {supportedUriFormats: [{regex: '('}]}}"};
  BOOST_TEST(c.by_name("gs", "gs://b") == "gs");
  BOOST_TEST(c.by_name("no", "gs://b") == "ClusterStorageContainer \"no\" not found");
  BOOST_TEST(c.by_name("asleep", "s3://b") == "ClusterStorageContainer \"asleep\" is disabled");
  BOOST_TEST(c.by_name("job", "s3://b") ==
             "ClusterStorageContainer \"job\" has workloadType \"localModelDownloadJob\"; explicit selection requires \"initContainer\"");
  BOOST_TEST(c.by_name("gs", "s3://b") == "ClusterStorageContainer \"gs\" does not support storageUri \"s3://b\"");
  BOOST_TEST(c.by_name("rx", "s3://b") ==
             "ClusterStorageContainer \"rx\" URI check failed for \"s3://b\": error parsing regexp: missing closing ): `(`");
}

BOOST_AUTO_TEST_CASE(known_schemes_and_local_paths_are_supported_without_a_container) {
  const Containers c{};
  for (const char* uri : {"gs://b", "s3://b", "pvc://c/p", "file:///x", "https://h/x", "http://h/x", "hdfs://h", "webhdfs://h", "oci://i",
                          "oci+native://i", "hf://o/m", "/mnt/x", "models/x", "", "://x"})
    BOOST_TEST(c.check(uri) == "", uri);
}

BOOST_AUTO_TEST_CASE(azure_blobs_need_account_and_container) {
  const Containers c{};
  BOOST_TEST(c.check("https://acct.blob.core.windows.net/cont/model") == "");
  BOOST_TEST(c.check("https://acct.blob.core.windows.net").find("is not supported") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(other_schemes_are_refused_with_the_list_of_the_release) {
  Containers c{};
  BOOST_TEST(c.check("abfs://cont") ==
             "storageUri, must be one of: [gs://, s3://, pvc://, file://, https://, http://, hdfs://, webhdfs://, oci://, oci+native://, "
             "hf://] or match "
             "https://{}.blob.core.windows.net/{}/{} or be an absolute or relative local path. StorageUri [abfs://cont] is not supported");
  BOOST_TEST(c.check("oci+modelcar://i") != "");
  BOOST_TEST(c.check("S3://b") != "");
  c.profile.release = Release::V0_19_0;
  BOOST_TEST(contains(c.check("oci+native://i"), "webhdfs://, oci://, hf://]"));
}

BOOST_AUTO_TEST_CASE(named_groups_need_no_p) {
  BOOST_TEST(find_pattern("(?<host>[^/(?<]+)/", "s3://b/x").found);
  BOOST_TEST(!find_pattern("[(?<]", "P").found);
}

BOOST_AUTO_TEST_CASE(pattern_errors_are_worded_as_in_go) {
  const std::pair<const char*, const char*> kErrors[] = {{"a(b", "missing closing ): `a(b`"},
                                                         {"a)b", "unexpected ): `a)b`"},
                                                         {"[a", "missing closing ]: `[a`"},
                                                         {"*a", "missing argument to repetition operator: `*`"},
                                                         {"a**", "invalid nested repetition operator: `**`"},
                                                         {"a{1001}", "invalid repeat count: `{1001}`"},
                                                         {"[b-a]", "invalid character class range: `b-a`"},
                                                         {"[[:no:]]", "invalid character class range: `[:no:]`"},
                                                         {"a\\", "trailing backslash at end of expression: ``"},
                                                         {"\\8", "invalid escape sequence: `\\8`"},
                                                         {"(?=x)", "invalid or unsupported Perl syntax: `(?=`"},
                                                         {"(?P<n", "invalid named capture: `(?P<n`"}};
  for (const auto& [pattern, words] : kErrors)
    BOOST_TEST(find_pattern(pattern, "x").error == std::string("error parsing regexp: ") + words);
}

BOOST_AUTO_TEST_SUITE_END()

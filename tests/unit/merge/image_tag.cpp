#include <boost/test/unit_test.hpp>

#include "load/reader.h"
#include "merge/runtime_defaults.h"

using namespace isvcc;

struct Tags {
  Arena arena;
  Profile profile;

  std::string tagged(std::string_view image, const std::string& model, const std::string& limits = "{}", const std::string& annotations = "{}") {
    const View container = parse_yaml(arena.copy("{resources: {limits: " + limits + "}}"), arena);
    return image_with_tag(image, parse_yaml(arena.copy(model), arena), container, parse_yaml(arena.copy(annotations), arena), profile);
  }
};

BOOST_FIXTURE_TEST_CASE(a_digest_is_never_changed, Tags) {
  BOOST_TEST(tagged("a/b@sha256:12", "{runtimeVersion: v1}") == "a/b@sha256:12");
}

BOOST_FIXTURE_TEST_CASE(the_runtime_version_replaces_the_tag_and_no_suffix_follows, Tags) {
  BOOST_TEST(tagged("pytorch/torchserve-kfs:0.9.0", "{runtime: kserve-torchserve, runtimeVersion: '0.8'}", "{nvidia.com/gpu: '1'}") == "pytorch/torchserve-kfs:0.8");
  BOOST_TEST(tagged("localhost:5000/x", "{runtimeVersion: v1}") == "localhost:5000/x:v1");
}

BOOST_FIXTURE_TEST_CASE(known_servers_get_the_gpu_build_for_nvidia_gpus, Tags) {
  BOOST_TEST(tagged("pytorch/torchserve-kfs:0.9.0", "{runtime: kserve-torchserve}", "{nvidia.com/gpu: '1'}") == "pytorch/torchserve-kfs:0.9.0-gpu");
  BOOST_TEST(tagged("own/image:1", "{runtime: own}", "{nvidia.com/mig-1g.5gb: '1'}", "{serving.kserve.io/server-type: huggingfaceserver}") == "own/image:1-gpu");
  BOOST_TEST(tagged("own/image:1", "{runtime: own}", "{nvidia.com/gpu: '1'}") == "own/image:1");
}

BOOST_FIXTURE_TEST_CASE(vllm_without_an_nvidia_gpu_runs_the_cpu_image, Tags) {
  BOOST_TEST(tagged("vllm/vllm-openai:latest", "{runtime: kserve-vllmserver}") == "vllm/vllm-openai-cpu:latest");
  BOOST_TEST(tagged("vllm/vllm-openai:latest", "{runtime: kserve-vllmserver}", "{amd.com/gpu: '1'}") == "vllm/vllm-openai-cpu:latest");
  BOOST_TEST(tagged("vllm/vllm-openai:latest", "{runtime: kserve-vllmserver}", "{nvidia.com/gpu: '1'}") == "vllm/vllm-openai:latest");
}

BOOST_FIXTURE_TEST_CASE(up_to_v0_19_only_runtime_names_count, Tags) {
  profile.release = Release::V0_19_0;
  BOOST_TEST(tagged("own/image:1", "{runtime: own}", "{nvidia.com/gpu: '1'}", "{serving.kserve.io/server-type: torchserve}") == "own/image:1");
  BOOST_TEST(tagged("vllm/vllm-openai:latest", "{runtime: kserve-vllmserver}") == "vllm/vllm-openai:latest");
}

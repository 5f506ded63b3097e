// explain names the runtime and the reason that KServe's own code gave for the recorded services.
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "load/reader.h"
#include "review/explain.h"
#include "support/files.h"
#include "unit/review/world.h"

using namespace isvcc;
using namespace isvcc::test;
namespace fs = std::filesystem;

static std::vector<fs::path> recordings() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(source_dir() + "/fixtures/cases/selection")) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

static const ServiceFacts* find(const Facts& facts, View wanted) {
  for (const ServiceFacts& s : facts.services)
    if (s.service->namespace_ == wanted["namespace"].text() && s.service->name == wanted["name"].text()) return &s;
  return nullptr;
}

// Number of services compared.
static size_t check_recording(const Archive& archive) {
  World world(archive);
  const Facts facts = world.facts();
  Arena arena;
  size_t compared = 0;
  for (const Node* wanted : View(parse_yaml(archive.get("expected/status.yaml"), arena))["services"].items()) {
    const ServiceFacts* service = find(facts, wanted);
    BOOST_TEST_REQUIRE(service);
    const View got = parse_json(explanation_json(explain_service(*service, facts), facts), arena);
    for (std::string_view field : {"deploymentMode", "runtime", "failureReason", "failureMessage"})
      if (const View value = View(wanted)[field]) {
        const bool same = field == "runtime" ? got[field]["kind"].text() == value["kind"].text() && got[field]["name"].text() == value["name"].text() : equal(value, got[field]);
        BOOST_TEST(same, View(wanted)["name"].text() << ' ' << field << ": recorded " << brief(value) << ", explained " << brief(got[field]));
      }
    // The first candidate is the winner; a failed selection has none.
    const bool automatic = got["choice"].text() == "automatic", failed = View(wanted)["failureReason"].text() == "NoSupportingRuntime";
    if (automatic && got["runtime"]) BOOST_TEST(got["candidates"].item(0)["name"].text() == got["runtime"]["name"].text());
    if (automatic && failed) BOOST_TEST(!got["candidates"].item(0)["candidate"].is_true());
    ++compared;
  }
  return compared;
}

BOOST_AUTO_TEST_CASE(the_runtime_and_the_reason_are_those_of_the_recordings) {
  size_t compared = 0;
  for (const fs::path& path : recordings()) {
    BOOST_TEST_CONTEXT(path.stem().string()) {
      const Archive archive = read_txtar(read_file(path.string()));
      if (archive.has("expected/status.yaml")) compared += check_recording(archive);
    }
  }
  BOOST_TEST(compared >= 40u);
}

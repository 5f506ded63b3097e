// Large streams taken apart: nothing is lost, services keep together, and growth moves services only into the new part.
#include <boost/test/unit_test.hpp>
#include <map>
#include <set>

#include "base/text.h"
#include "emit/layouts.h"
#include "tree/make.h"

using namespace isvcc;

namespace {

constexpr size_t kLimit = 20'000;

struct Services {
  Arena arena;
  std::vector<LayoutObject> all;

  explicit Services(size_t count) {
    const Make make(arena);
    for (size_t i = 0; i < count; ++i)
      for (const char* kind : {"Deployment", "Service"}) {
        const std::string_view name = arena.copy(cat("model-", i));
        all.push_back({make.map({{"kind", make.text(kind)}, {"name", make.text(name)}, {"data", make.text(std::string(200, 'x'))}}), "v1", kind, "ml", name, name});
      }
  }

  // By service: the files that hold something of it.
  std::map<std::string, std::set<std::string>> places(const LayoutOptions& options) {
    std::map<std::string, std::set<std::string>> out;
    for (const OutputFile& file : lay_out(all, options, arena)) {
      const std::string text = file.text.text();
      if (options.app_limit > 0) BOOST_TEST(text.size() <= options.app_limit, file.path);
      for (size_t at = text.find("name: "); at != std::string::npos; at = text.find("name: ", at + 1)) out[text.substr(at + 6, text.find('\n', at) - at - 6)].insert(file.path);
    }
    return out;
  }
};

LayoutOptions bundle(size_t limit) { return {.layout = Layout::Bundle, .app_limit = limit}; }

size_t files_of(const std::map<std::string, std::set<std::string>>& places) {
  std::set<std::string> files;
  for (const auto& [service, its] : places) files.insert(its.begin(), its.end());
  return files.size();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(layout_split)

BOOST_AUTO_TEST_CASE(a_stream_below_the_limit_is_one_file) {
  BOOST_TEST(files_of(Services(10).places(bundle(kLimit))) == 1u);
  BOOST_TEST(files_of(Services(300).places(bundle(0))) == 1u);
}

BOOST_AUTO_TEST_CASE(every_service_is_in_one_part) {
  const auto places = Services(300).places(bundle(kLimit));
  BOOST_TEST(places.size() == 300u);
  BOOST_TEST(files_of(places) > 5u);
  for (const auto& [service, files] : places) BOOST_TEST(files.size() == 1u, service);
}

BOOST_AUTO_TEST_CASE(growth_moves_services_to_new_parts_only) {
  const auto before = Services(300).places(bundle(kLimit)), after = Services(330).places(bundle(kLimit));
  std::set<std::string> known;
  for (const auto& [service, files] : before) known.insert(files.begin(), files.end());
  for (const auto& [service, files] : before)
    if (after.at(service) != files) BOOST_TEST(!known.contains(*after.at(service).begin()), service << " moved among old parts");
}

BOOST_AUTO_TEST_CASE(parts_are_named_by_number) {
  const auto places = Services(100).places({.layout = Layout::ArgocdHydrator, .app_limit = kLimit});
  std::set<std::string> files;
  for (const auto& [service, its] : places) files.insert(its.begin(), its.end());
  BOOST_TEST(files.contains("ml/manifest.yaml"));
  BOOST_TEST(files.contains("ml.2/manifest.yaml"));
}

BOOST_AUTO_TEST_SUITE_END()

// Every recorded case is a Boost.Test case named like its file. `--table` prints passed / recorded per area and facet instead; `--update`
// writes what isvcc prints today into fixtures/broken and fixtures/codes.txt, to be read as a diff.
#define BOOST_TEST_NO_MAIN
#define BOOST_TEST_ALTERNATIVE_INIT_API
#include <boost/test/included/unit_test.hpp>
#include <cstdio>
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/text.h"
#include "cases/broken.h"
#include "cases/case_runner.h"
#include "cases/differences.h"
#include "load/jsonnet.h"
#include "support/files.h"

namespace fs = std::filesystem;
namespace ut = boost::unit_test;
using namespace isvcc;
using namespace isvcc::test;

struct RecordedCase {
  fs::path path;
  std::string release;  // the case runs for another release than its own; empty: its own
};

// Recordings of v0.20.0 are those of an older release too, unless that release has its own or the case is about several nodes
// (which become ready only in v0.20.0).
static void add_older_release(const std::vector<RecordedCase>& cases, std::string_view release, std::vector<RecordedCase>& out) {
  const fs::path root = fs::path(source_dir()) / "fixtures";
  for (const RecordedCase& c : cases) {
    const std::string area = c.path.parent_path().filename().string();
    if (c.path.parent_path().parent_path().filename() != "cases" || area == "multinode") continue;
    if (!fs::exists(root / cat("cases-", release) / area / c.path.filename())) out.push_back({c.path, std::string(release)});
  }
}

static std::vector<RecordedCase> recorded_cases() {
  std::vector<RecordedCase> paths;
  for (const char* folder : {"cases", "cases-more", "cases-v0.19.0", "cases-v0.18.1", "leader-worker-set"}) {
    const fs::path root = fs::path(source_dir()) / "fixtures" / folder;
    if (!fs::exists(root)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root))
      if (entry.path().extension() == ".txtar") paths.push_back({entry.path(), ""});
  }
  std::sort(paths.begin(), paths.end(), [](const RecordedCase& a, const RecordedCase& b) { return a.path < b.path; });
  std::vector<RecordedCase> older;
  for (const char* release : {"v0.19.0", "v0.18.1"}) add_older_release(paths, release, older);
  paths.insert(paths.end(), older.begin(), older.end());
  return paths;
}

static std::string area_of(const fs::path& path) {
  const std::string set = path.parent_path().parent_path().filename().string(), area = path.parent_path().filename().string();
  if (set == "cases") return area;
  return cat(set.starts_with("cases-") ? set.substr(6) : set, "/", area);
}

// The codes that recorded cases give: fixtures/codes.txt, one a line.
using Codes = std::set<std::string>;

static std::string codes_text(const Codes& codes) {
  std::string out;
  for (const std::string& code : codes) out += cat(code, '\n');
  return out;
}

// The suite of a case, and its row in the table.
static std::string suite_of(const RecordedCase& c) { return c.release.empty() ? area_of(c.path) : cat("v0.20.0 as ", c.release); }

static Archive archive_of(const RecordedCase& c) {
  Archive archive = read_txtar(read_file(c.path.string()));
  if (!c.release.empty()) archive.files["isvcc.yaml"] = replace_all(archive.files["isvcc.yaml"], "kserve: v0.20.0", cat("kserve: ", c.release));
  return archive;
}

static void check_case(const RecordedCase& c, Codes& codes) {
  const fs::path& path = c.path;
  for (const auto& [facet, problem] : run_case(archive_of(c), codes))
    if (!is_agreed_difference(area_of(path), path.stem().string(), facet)) BOOST_TEST(problem == "", cat(facet, ": ", problem));
}

static std::vector<fs::path> broken_cases() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(fs::path(source_dir()) / "fixtures/broken")) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

static constexpr char kExpectedFindings[] = "expected/findings.txt";

static void check_broken(const fs::path& path) {
  const Archive archive = read_txtar(read_file(path.string()));
  BOOST_TEST(findings_of(archive) == archive.get(kExpectedFindings));
}

static int update_broken() {
  for (const fs::path& path : broken_cases()) {
    const std::string text = read_file(path.string());
    const std::string head = text.substr(0, text.find(cat("-- ", std::string_view(kExpectedFindings), " --\n")));
    std::ofstream(path, std::ios::binary) << head << "-- " << kExpectedFindings << " --\n" << findings_of(read_txtar(text));
  }
  return 0;
}

static int update_codes() {
  Codes codes;
  for (const RecordedCase& c : recorded_cases()) run_case(archive_of(c), codes);
  std::ofstream(fs::path(source_dir()) / "fixtures/codes.txt", std::ios::binary) << codes_text(codes);
  return 0;
}

// Only a run of all cases can tell.
static int compare_codes(const Codes& codes) {
  if (codes_text(codes) == fixture("codes.txt")) return 0;
  std::fprintf(stderr, "the recorded cases give other codes than fixtures/codes.txt lists: run `ci/run update` and read the difference\n");
  return 1;
}

static Codes& seen_codes() {
  static Codes codes;
  return codes;
}

static bool register_cases() {
  ut::test_suite* broken = BOOST_TEST_SUITE("broken");
  ut::framework::master_test_suite().add(broken);
  for (const fs::path& path : broken_cases()) broken->add(ut::make_test_case([path] { check_broken(path); }, path.stem().string(), path.string(), 0));
  std::map<std::string, ut::test_suite*> suites;
  for (const RecordedCase& c : recorded_cases()) {
    ut::test_suite*& suite = suites[suite_of(c)];
    if (!suite) {
      suite = BOOST_TEST_SUITE(suite_of(c));
      ut::framework::master_test_suite().add(suite);
    }
    const std::string name = c.release.empty() ? c.path.stem().string() : cat(area_of(c.path), " ", c.path.stem().string());
    suite->add(ut::make_test_case([c] { check_case(c, seen_codes()); }, name, c.path.string(), 0));
  }
  return true;
}

static int print_table() {
  constexpr const char* kFacets[] = {"objects", "workloads", "stored", "admission", "selection"};
  std::map<std::string, std::map<std::string, std::pair<int, int>>> table;
  Codes codes;
  for (const RecordedCase& c : recorded_cases())
    for (const auto& [facet, problem] : run_case(archive_of(c), codes))
      for (const std::string& row : {suite_of(c), std::string("~all")}) {
        const bool fine = problem.empty() || is_agreed_difference(area_of(c.path), c.path.stem().string(), facet);
        table[row][facet].first += fine;
        table[row][facet].second += 1;
      }
  std::printf("%-20s%14s%14s%14s%14s%14s\n", "area", kFacets[0], kFacets[1], kFacets[2], kFacets[3], kFacets[4]);
  for (const auto& [row, cells] : table) {
    std::printf("%-20s", row == "~all" ? "all" : row.c_str());
    for (const char* facet : kFacets) {
      const auto cell = cells.find(facet);
      std::printf("%14s", cell == cells.end() ? "-" : cat(cell->second.first, "/", cell->second.second).c_str());
    }
    std::printf("\n");
  }
  int failed = 0;
  for (const auto& [facet, cell] : table["~all"]) failed += cell.second - cell.first;
  return failed == 0 ? 0 : 1;
}

int main(int argc, char** argv) {
  if (argc >= 2 && argv[1] == kJsonnetWorkerFlag) return jsonnet_worker_main(kJsonnetWorkerFd);
  if (argc == 2 && std::string_view(argv[1]) == "--table") return print_table();
  if (argc == 2 && std::string_view(argv[1]) == "--update") return update_broken() + update_codes();
  const bool all = std::none_of(argv + 1, argv + argc, [](std::string_view word) { return word.starts_with("--run_test") || word.starts_with("-t") || word.starts_with("--list"); });
  const int failed = ut::unit_test_main(register_cases, argc, argv);
  return failed ? failed : all ? compare_codes(seen_codes()) : 0;
}

// Pinned services: whatever is recorded runs on unchanged when it is pinned, and frozen services do not notice that runtimes change.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <algorithm>
#include <filesystem>
#include <set>

#include "base/text.h"
#include "driver/commands/session.h"
#include "driver/frozen.h"
#include "driver/pins/source_pins.h"
#include "emit/yaml_writer.h"
#include "load/virtual_file_system.h"
#include "support/files.h"
#include "support/txtar.h"

namespace fs = std::filesystem;
using namespace isvcc;
using boost::unit_test::data::make;

namespace {

std::vector<std::string> recorded_cases() {
  std::vector<std::string> paths;
  for (const char* folder : {"cases", "cases-more", "cases-v0.19.0", "cases-v0.18.1"}) {
    const fs::path root = fs::path(test::source_dir()) / "fixtures" / folder;
    if (!fs::exists(root)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root))
      if (entry.path().extension() == ".txtar") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

using Files = std::map<std::string, std::string>;

struct Compiled {
  std::deque<Session> sessions{1};
  Session& session = sessions.front();
  const Compilation& result = session.result;

  Compiled(const std::string& project, const Files& files, Render render, bool freeze = false) {
    Scratch scratch{session.result.arenas.emplace_back(), session.result.diags};
    session.texts.push_back(project);
    session.request.project = read_project(session.texts.back(), session.result.sources.add({.name = "isvcc.yaml", .text = session.texts.back()}), scratch);
    session.request.project.freeze_runtimes = freeze;
    auto memory = std::make_shared<VirtualFileSystem>();
    for (const auto& [path, text] : files) memory->file(path, text);
    session.request.load.files = std::move(memory);
    session.request.load.sources = {"."};
    session.request.render = render;
    std::string error;
    run_pipeline(*parse_options({"build"}, error), session);
  }

  std::set<std::string> not_pinned() const {
    std::set<std::string> names;
    for (const Diagnostic& d : result.diags.all())
      if (d.code == Code::CannotPin) names.insert(d.object.name);
    return names;
  }
  // What was made for the services, but for those that cannot be pinned; a graph needs all of its services.
  std::map<std::string, std::string> objects(const Compiled& pinned) const {
    const std::set<std::string> without = pinned.not_pinned();
    std::map<std::string, std::string> out;
    for (const Manifest& m : result.manifests) {
      if (!m.owner || without.contains(std::string(m.owner->name)) || (!without.empty() && m.owner->kind == "InferenceGraph")) continue;
      write_yaml(out[cat(m.kind, ' ', m.namespace_, '/', m.name)], m.node);
    }
    return out;
  }
};

Files inputs_of(const test::Archive& archive) {
  Files files;
  for (const auto& [name, text] : archive.files)
    if (starts_with(name, "input/")) files.emplace(name, text);
  return files;
}

bool is_runtime(const Object& o) { return o.kind == "ServingRuntime" || o.kind == "ClusterServingRuntime"; }
bool is_pinned_kind(const Object& o) { return o.kind == "InferenceService" || o.kind == "InferenceGraph" || o.kind == "TrainedModel"; }

// Another image, other arguments and a newer creation time, so that both the content and the choice would change.
std::string changed_runtime(const Object& o, Arena& arena) {
  const Make make(arena);
  std::vector<const Node*> containers;
  for (const Node* c : o.view().at("spec.containers").items()) containers.push_back(make.with(make.with(c, "image", make.text("changed:1")), "args", make.texts({"--changed"})));
  const Node* node = make.with_path(o.node, "spec.containers", make.list(containers));
  std::string text;
  write_yaml(text, make.with_path(node, "metadata.namespace", o.namespace_.empty() ? nullptr : make.text(o.namespace_)));
  return text;
}

enum class Others { AsTheyAre, RuntimesChanged };

Files pinned_inputs(const Compiled& pinned, Others others) {
  Files files;
  Arena arena;
  size_t count = 0;
  auto add = [&](std::string text) { files[cat("pinned/", count++, ".yaml")] = std::move(text); };
  for (const Manifest& m : pinned.result.manifests) {
    std::string text;
    write_yaml(text, m.node);
    add(std::move(text));
  }
  for (const Object* o : pinned.result.repository.everything()) {
    if (is_pinned_kind(*o)) continue;
    std::string text;
    if (o->file != 0) write_yaml(text, o->written);
    if (is_runtime(*o) && others == Others::RuntimesChanged && !o->view()["spec"]["disabled"].is_true()) text = changed_runtime(*o, arena);
    if (!text.empty()) add(std::move(text));
  }
  return files;
}

void check_same(const std::map<std::string, std::string>& before, const std::map<std::string, std::string>& after) {
  for (const auto& [name, text] : before) {
    const auto found = after.find(name);
    if (found == after.end()) BOOST_ERROR(name << " is gone");
    else BOOST_TEST(found->second == text, name << " was\n" << text << "and is\n" << found->second);
  }
  for (const auto& [name, text] : after) BOOST_TEST(before.contains(name), name << " is new");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pinned)

BOOST_DATA_TEST_CASE(compiling_the_pinned_output_gives_the_same_workloads, make(recorded_cases()), path) {
  const test::Archive archive = test::read_txtar(test::read_file(path));
  const std::string project(archive.get("isvcc.yaml"));
  const Compiled original(project, inputs_of(archive), Render::Workloads), pinned(project, inputs_of(archive), Render::Pinned);
  const Compiled again(project, pinned_inputs(pinned, Others::AsTheyAre), Render::Workloads);
  BOOST_TEST_CONTEXT(path) check_same(original.objects(pinned), again.objects(pinned));
}

BOOST_DATA_TEST_CASE(frozen_services_do_not_notice_that_runtimes_change, make(recorded_cases()), path) {
  const test::Archive archive = test::read_txtar(test::read_file(path));
  const std::string project(archive.get("isvcc.yaml"));
  const Compiled original(project, inputs_of(archive), Render::Workloads), pinned(project, inputs_of(archive), Render::Pinned, true);
  for (const Diagnostic& d : pinned.result.diags.all())
    if (d.code == Code::CannotFreeze) return;
  const Compiled again(project, pinned_inputs(pinned, Others::RuntimesChanged), Render::Workloads);
  BOOST_TEST_CONTEXT(path) check_same(original.objects(pinned), again.objects(pinned));
}

BOOST_DATA_TEST_CASE(what_is_pinned_is_pinned_again_without_a_change, make(recorded_cases()), path) {
  const test::Archive archive = test::read_txtar(test::read_file(path));
  const std::string project(archive.get("isvcc.yaml"));
  for (const bool freeze : {false, true}) {
    const Compiled pinned(project, inputs_of(archive), Render::Pinned, freeze);
    const Compiled again(project, pinned_inputs(pinned, Others::AsTheyAre), Render::Pinned, freeze);
    BOOST_TEST_CONTEXT(path) check_same(pinned.objects(pinned), again.objects(pinned));
  }
}

// Every input is one line longer for each service, or three where the model's field was an old one; nothing else differs, and the same runs.
BOOST_DATA_TEST_CASE(sources_edited_in_place_give_the_same_workloads, make(recorded_cases()), path) {
  const test::Archive archive = test::read_txtar(test::read_file(path));
  const std::string project(archive.get("isvcc.yaml"));
  Compiled original(project, inputs_of(archive), Render::Workloads);
  SourcePins pins(original.sessions, *original.session.request.load.files);
  Files files = inputs_of(archive);
  for (auto& [name, text] : pins.texts()) files[name] = text;
  Compiled edited(project, files, Render::Workloads);
  BOOST_TEST_CONTEXT(path) {
    check_same(original.objects(original), edited.objects(original));
    BOOST_TEST(pins.hold(edited.sessions));
    BOOST_TEST(SourcePins(edited.sessions, *edited.session.request.load.files).count() == 0u);
  }
}

BOOST_AUTO_TEST_SUITE_END()

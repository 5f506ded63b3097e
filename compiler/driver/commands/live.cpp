#include "driver/commands/live.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>

#include "base/console.h"
#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/diff_output.h"
#include "driver/commands/facts.h"
#include "driver/sides.h"
#include "review/live.h"

namespace isvcc {
namespace {

using Identity = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>;

Identity identity(const diff::SideObject& o) { return {api_group(o.api_version), o.kind, o.namespace_, o.name}; }

// The service or graph that controls an object.
ObjectRef controller_of(View object, std::string_view namespace_) {
  for (const Node* reference : metadata(object)["ownerReferences"].items()) {
    const View owner = reference;
    if (!owner["controller"].is_true() || api_group(owner["apiVersion"].text()) != "serving.kserve.io") continue;
    return {std::string(owner["kind"].text()), std::string(namespace_), std::string(owner["name"].text())};
  }
  return {};
}

struct Dump {
  Session session;
  Compilation& memory = session.result;
  std::vector<diff::SideObject> objects;
  std::set<std::pair<std::string_view, std::string_view>> kinds;  // API group and kind
  std::set<std::string_view> namespaces;
};

// Where the file is has nothing to do with the project.
void read_dump(const std::string& path, const LoadOptions& like, Dump& dump) {
  LoadOptions options = like;
  std::error_code ignored;
  const std::filesystem::path whole = std::filesystem::absolute(path, ignored);
  options.files = nullptr;
  options.ignore.clear();
  options.exclude_dirs.clear();
  options.project_root = path == "-" ? "/" : whole.parent_path().string();
  options.sources = {path == "-" ? path : whole.filename().string()};
  Documents& documents = dump.memory.documents;
  const size_t before = documents.all.size();
  Documents loaded = load(options, dump.memory.sources, dump.memory.diags);
  documents.all.insert(documents.all.end(), loaded.all.begin(), loaded.all.end());
  for (auto& text : loaded.buffers) documents.buffers.push_back(std::move(text));
  for (auto& arena : loaded.arenas) documents.arenas.push_back(std::move(arena));
  for (size_t i = before; i < documents.all.size(); ++i) {
    const View root = documents.all[i].root;
    const std::string_view namespace_ = metadata(root)["namespace"].text();
    dump.objects.push_back({root.node(), root["apiVersion"].text(), root["kind"].text(), namespace_, metadata(root)["name"].text(), controller_of(root, namespace_)});
    dump.kinds.emplace(api_group(root["apiVersion"].text()), root["kind"].text());
    if (!namespace_.empty()) dump.namespaces.insert(namespace_);
  }
}

// What the dump does not cover at all is not missing from the cluster.
class Cover {
 public:
  explicit Cover(const Dump& dump) : dump_(dump) {}

  bool has(const diff::SideObject& o) {
    if (!dump_.kinds.count({api_group(o.api_version), o.kind})) ++kinds_[std::string(o.kind)];
    else if (!o.namespace_.empty() && !dump_.namespaces.count(o.namespace_)) ++namespaces_[std::string(o.namespace_)];
    else return true;
    return false;
  }
  std::string notes() const {
    std::string out;
    for (const auto& [kind, count] : kinds_) out += cat("isvcc: the dump holds no ", printable(kind), ": ", count, " rendered not compared\n");
    for (const auto& [name, count] : namespaces_) out += cat("isvcc: the dump holds nothing of namespace ", quote(name), ": ", count, " rendered not compared\n");
    return out;
  }

 private:
  const Dump& dump_;
  std::map<std::string, size_t> kinds_, namespaces_;
};

void keep_covered(diff::Side& rendered, Cover& cover) {
  auto& objects = rendered.objects;
  objects.erase(std::remove_if(objects.begin(), objects.end(), [&](const diff::SideObject& o) { return !cover.has(o); }), objects.end());
}

// The dump as a side: objects that are rendered, and those that a service of the sources controls.
class LiveSide {
 public:
  LiveSide(const diff::Side& rendered, Arena& arena) : arena_(arena) {
    for (const diff::SideObject& o : rendered.objects) by_identity_.emplace(identity(o), &o);
    for (const diff::SideService& s : rendered.services) services_.emplace(s.ref, &s);
    side_.label = "the cluster";
    side_.schemas = rendered.schemas;
  }

  void add(diff::SideObject object) {
    const auto found = by_identity_.find(identity(object));
    const diff::SideObject* mate = found == by_identity_.end() ? nullptr : found->second;
    if (!mate && !object.owner.kind.empty() && !services_.count(object.owner)) return void(++strangers_);
    if (!mate && object.owner.kind.empty()) return;
    if (mate) object.owner = mate->owner;
    object.node = without_cluster_additions(object.node, mate ? View(mate->node) : View(), arena_);
    seen_.insert(object.owner);
    side_.objects.push_back(std::move(object));
  }

  size_t strangers() const { return strangers_; }

  diff::Side take() {
    std::stable_sort(side_.objects.begin(), side_.objects.end(), [](const auto& a, const auto& b) { return identity(a) < identity(b); });
    side_.objects.erase(std::unique(side_.objects.begin(), side_.objects.end(), [](const auto& a, const auto& b) { return identity(a) == identity(b); }), side_.objects.end());
    for (const auto& [ref, service] : services_) {
      if (!seen_.count(ref)) continue;
      side_.services.push_back(*service);
      side_.services.back().state = diff::ServiceState::Rendered;
    }
    return std::move(side_);
  }

 private:
  Arena& arena_;
  std::map<Identity, const diff::SideObject*> by_identity_;
  std::map<ObjectRef, const diff::SideService*> services_;
  std::set<ObjectRef> seen_;
  size_t strangers_ = 0;
  diff::Side side_;
};

// A service without any object on either side is none of this comparison.
void keep_services_with_objects(diff::Side& rendered, const diff::Side& live) {
  std::set<ObjectRef> wanted;
  for (const diff::Side* side : {static_cast<const diff::Side*>(&rendered), &live})
    for (const diff::SideObject& o : side->objects) wanted.insert(o.owner);
  auto& services = rendered.services;
  services.erase(std::remove_if(services.begin(), services.end(), [&](const diff::SideService& s) { return !wanted.count(s.ref); }), services.end());
}

void print_notes(const Options& options, const Cover& cover, size_t strangers) {
  std::string notes = cover.notes();
  if (strangers) notes += cat("isvcc: ", strangers, strangers == 1 ? " object" : " objects", " of services that are not among the sources left out\n");
  if (!options.flag("quiet")) put(stderr, notes);
}

}  // namespace

int run_verify_live(const Options& options) {
  const auto format = output_format(options, {"text", "markdown", "json", "html"});
  diff::ReportOptions settings;
  if (!format || !read_filters(options, settings.filter)) return kUsage;
  Session session;
  if (const auto stop = prepare(options, session)) return *stop;
  if (!options.value("render")) session.request.render = Render::Objects;
  session.request.lint = false;
  run_pipeline(options, session);
  Dump dump;
  for (const std::string& path : options.values("live")) read_dump(path, session.request.load, dump);
  if (dump.memory.errors() > 0) {
    report_findings(options, dump.session);
    return kInputOutput;
  }
  diff::Side rendered = side_of(session.result, "isvcc");
  Cover cover(dump);
  keep_covered(rendered, cover);
  LiveSide live(rendered, dump.memory.arenas.emplace_back());
  for (diff::SideObject& object : dump.objects) live.add(std::move(object));
  const size_t strangers = live.strangers();
  const diff::Side cluster = live.take();
  keep_services_with_objects(rendered, cluster);
  settings.threads = session.request.load.threads;
  const diff::Report report = diff::compare_sides(cluster, rendered, settings);
  print_notes(options, cover, strangers);
  if (report.same() && *format == "text") {
    print_out(cat("the cluster holds what isvcc renders: ", rendered.objects.size(), " objects of ", rendered.services.size(), " services\n"));
    return kFine;
  }
  if (!write_diff(options, report, *format)) return kInputOutput;
  return report.same() ? kFine : kFindings;
}

}  // namespace isvcc

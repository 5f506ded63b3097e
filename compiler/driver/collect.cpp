#include "driver/collect.h"

#include <set>

#include "base/text.h"
#include "driver/waivers.h"
#include "kserve/bundled.h"
#include "kserve/names.h"
#include "lower/knative.h"
#include "ops/go_text.h"
#include "schema/crd.h"

namespace isvcc {
namespace {

Object object_of(const Document& document, const Compilation& out) {
  const View root = document.root;
  Object object{.node = document.root, .written = document.root, .api_version = root["apiVersion"].text(), .kind = root["kind"].text(),
                .namespace_ = {}, .name = metadata(root)["name"].text(), .file = document.file, .json_path = document.json_path};
  if (out.profile.schemas->namespaced(object.api_version, object.kind))
    object.namespace_ = namespace_or(root, document.default_namespace.empty() ? out.profile.default_namespace : document.default_namespace);
  return object;
}

// The object with metadata.namespace filled in, as kubectl sends it.
void fill_namespace(Object& object, const Compilation& out, Arena& arena) {
  const View written = metadata(object.view())["namespace"];
  if (object.namespace_.empty() || (written && !written.is_null() && !(written.is_text() && written.text().empty()))) return;
  if (!out.profile.schemas->kind(object.api_version, object.kind)) return;
  const Make make = Make(arena).at(metadata(object.view()));
  object.node = make.with(object.view(), "metadata", make.with(metadata(object.view()), "namespace", make.borrowed(object.namespace_)));
}

void report_duplicate(const Object& first, const Object& second, Scratch& scratch) {
  scratch.diags.report(Code::DuplicateObject, Stage::Load, metadata(second.written)["name"],
                       cat(second.kind, ' ', quote(second.name), second.namespace_.empty() ? "" : cat(" in namespace ", quote(second.namespace_)), " is defined twice"))
      .in(second.ref())
      .label(metadata(first.written)["name"], "first defined here")
      .hinting("delete one of the two, or give it another name");
}

void report_nameless(const Object& object, Scratch& scratch) {
  const View meta = metadata(object.view());
  scratch.diags.report(Code::BadMetadata, Stage::Schema, meta ? meta : object.view()["kind"], cat(object.kind, " without a metadata.name"))
      .in(object.ref())
      .upstream_says("metadata.name: Required value: name or generateName is required")
      .hinting(meta["generateName"] ? "generateName makes a new object each time: manifests in a repository need a name" : "");
}

bool is_replacing(const CompileRequest& request, FileId file, const Compilation& out) { return !request.replacing.empty() && out.sources.get(file).name == request.replacing; }

std::set<ObjectRef> replaced_objects(const CompileRequest& request, const Compilation& out) {
  std::set<ObjectRef> replaced;
  for (const Document& d : out.documents.all)
    if (is_replacing(request, d.file, out)) replaced.insert(object_of(d, out).ref());
  return replaced;
}

void add_documents(const CompileRequest& request, size_t first_document, Compilation& out, Scratch& scratch) {
  const std::set<ObjectRef> replaced = replaced_objects(request, out);
  out.repository.expect(out.documents.all.size());
  for (size_t i = first_document; i < out.documents.all.size(); ++i) {
    const Document& document = out.documents.all[i];
    Object object = object_of(document, out);
    if (object.name.empty() && out.profile.schemas->kind(object.api_version, object.kind)) report_nameless(object, scratch);
    if (object.name.empty() || object.kind.empty()) continue;  // no object of the cluster: a Kustomization, Helm values
    if (!request.without.empty() && request.without.count(object.ref())) continue;
    if (!replaced.empty() && replaced.count(object.ref()) && !is_replacing(request, document.file, out)) continue;
    object.node = without_own_annotations(object.view(), request.drop_annotation, scratch.arena);
    object.speaks_to_isvcc = object.node != object.written;
    fill_namespace(object, out, scratch.arena);
    if (const Object* first = out.repository.add(object)) report_duplicate(*first, object, scratch);
  }
}

void add_bundled(const CompileRequest& request, Compilation& out, Scratch& scratch) {
  if (!request.project.bundled_runtimes) return;
  const std::string_view release = release_name(out.profile.release);
  const std::string tag = request.project.image_tag.empty() ? std::string(default_image_tag(release)) : request.project.image_tag;
  for (const Node* item : View(bundled_objects(release, tag, scratch.arena))["items"].items()) {
    const View root = item;
    const Object object{.node = item, .written = item, .api_version = root["apiVersion"].text(), .kind = root["kind"].text(), .namespace_ = {},
                        .name = metadata(root)["name"].text(), .file = 0, .json_path = {}};
    if (!request.without.count(object.ref())) out.repository.add(object);
  }
}

// (apiVersion, kind) of the sources, each once.
std::vector<std::pair<std::string_view, std::string_view>> kinds_of(const Documents& documents) {
  std::set<std::pair<std::string_view, std::string_view>> kinds;
  for (const Document& d : documents.all) kinds.emplace(View(d.root)["apiVersion"].text(), View(d.root)["kind"].text());
  return {kinds.begin(), kinds.end()};
}

std::vector<View> custom_resource_definitions(const Compilation& out) {
  std::vector<View> crds;
  for (const Document& d : out.documents.all)
    if (View(d.root)["kind"].text() == "CustomResourceDefinition") crds.push_back(d.root);
  return crds;
}

// The definitions of the sources, then those the user names: later ones win, all win over the built-in schemas.
void use_own_schemas(const CompileRequest& request, Compilation& out, Scratch& scratch) {
  std::vector<View> definitions = custom_resource_definitions(out);
  if (!request.schemas.empty() && !read_user_schemas(request.schemas, request.load, kinds_of(out.documents), out.user_schemas, out.sources, scratch.diags))
    out.config_broken = true;
  definitions.insert(definitions.end(), out.user_schemas.definitions.begin(), out.user_schemas.definitions.end());
  if (definitions.empty() && out.user_schemas.json_schemas.empty()) return;
  out.own_schemas = schemas_with(*out.profile.schemas, definitions, scratch.diags, out.user_schemas.json_schemas);
  out.profile.schemas = out.own_schemas.get();
}

const Object* config_map(const Compilation& out) { return out.repository.find("ConfigMap", out.profile.kserve_namespace, names::kConfigMapName); }

// Knative's own switch, read from its ConfigMap when that is among the sources.
void read_knative_config(Compilation& out) {
  if (parse_go_bool(zero_initial_scale(out.repository).text()).value_or(false)) out.profile.allow_zero_initial_scale = true;
}

void read_config(const CompileRequest& request, Compilation& out, Scratch& scratch) {
  const std::string_view release = release_name(out.profile.release);
  const std::string tag = request.project.image_tag.empty() ? std::string(default_image_tag(release)) : request.project.image_tag;
  const Object* own = config_map(out);
  const View data = own ? own->view()["data"] : View(default_config(release, tag, scratch.arena));
  out.profile.config = parse_config(overlay_config(data, request.project.config, scratch.arena), scratch.arena, out.profile.release);
  const std::string problem = startup_error(out.profile);
  if (problem.empty()) return;
  out.config_broken = true;
  scratch.diags.report(Code::BadKserveConfig, Stage::Config, own ? metadata(own->view())["name"] : View(request.project.config), problem)
      .upstream_says(problem)
      .hinting("KServe's manager does not start with this configuration; nothing is rendered");
}

}  // namespace

void make_profile(const CompileRequest& request, Compilation& out, Scratch& scratch) {
  const Project& project = request.project;
  Profile& profile = out.profile;
  profile.release = find_release(project.kserve).value_or(kLatestRelease);
  profile.schemas = &builtin_schemas(release_name(profile.release));
  use_own_schemas(request, out, scratch);
  profile.render = request.render;
  profile.multi_node = request.render == Render::Objects || request.render == Render::Pinned ? MultiNode::Deployments : project.multi_node.value_or(MultiNode::LeaderWorkerSet);
  profile.kserve_namespace = project.kserve_namespace;
  profile.default_namespace = project.default_namespace;
  profile.cluster_domain = project.cluster_domain;
  profile.knative_domain = project.knative_domain;
  profile.allow_zero_initial_scale = project.allow_zero_initial_scale;
  profile.absent_crds = project.absent_crds;
}

void collect_documents(const CompileRequest& request, size_t first, Compilation& out, Scratch& scratch) {
  add_documents(request, first, out, scratch);
  out.repository.finish();
}

void collect_objects(const CompileRequest& request, Compilation& out, Scratch& scratch) {
  add_documents(request, 0, out, scratch);
  add_bundled(request, out, scratch);
  out.repository.finish();
  read_config(request, out, scratch);
  read_knative_config(out);
}

}  // namespace isvcc

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/edit_distance.h"
#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/facts.h"
#include "driver/commands/project_files.h"
#include "kserve/names.h"
#include "review/impact.h"

namespace isvcc {
namespace {

// A file as the sources name it: relative to the project, from where the user stands or from the project itself.
std::string source_name(const std::string& argument, const std::string& root) {
  std::error_code ignored;
  if (std::filesystem::exists(argument, ignored)) return relative_to(root, argument).value_or(argument);
  return argument;
}

// Standard input beside the project; its objects stand for those that the project has under the same names.
void read_standard_input(CompileRequest& request) {
  std::vector<std::string>& sources = request.load.sources;
  if (sources.empty()) sources.push_back(".");
  sources.push_back("-");
  request.replacing = kStandardInput;
}

bool was_read(const Documents& documents, const std::string& name) { return std::binary_search(documents.read_files.begin(), documents.read_files.end(), name); }

const Object* object_of(const Document& document, const Compilation& c) {
  const View root = document.root;
  const std::string_view kind = root["kind"].text(), name = metadata(root)["name"].text();
  for (std::string_view namespace_ : {metadata(root)["namespace"].text(c.profile.default_namespace), std::string_view()})
    if (const Object* found = c.repository.find(kind, namespace_, name); found && found->file == document.file) return found;
  for (const ServiceResult& s : c.services)
    if (s.service->file == document.file && s.service->name == name) return s.service;
  return nullptr;
}

class SubjectFinder {
 public:
  explicit SubjectFinder(const Session& session) : session_(session), c_(session.result) {}

  // False, reported, when `argument` is neither a file that was read nor an object.
  bool add(const std::string& argument) {
    const std::string file = argument == "-" ? std::string(kStandardInput) : source_name(argument, session_.request.root);
    if (file == "isvcc.yaml") {
      subjects_.everything = "the project file: every service is compiled with it";
      return true;
    }
    if (argument == "-" || was_read(c_.documents, file)) return add_file(file);
    if (add_object(argument)) return true;
    print_error(cat(quote(argument), " is neither a file that isvcc reads nor a runtime", suggestion(argument)));
    return false;
  }

  ImpactSubjects take() {
    std::sort(subjects_.objects.begin(), subjects_.objects.end(), [](const Object* a, const Object* b) { return a->ref() < b->ref(); });
    subjects_.objects.erase(std::unique(subjects_.objects.begin(), subjects_.objects.end()), subjects_.objects.end());
    for (const Object* o : subjects_.objects) note_everything(*o);
    return std::move(subjects_);
  }

 private:
  bool add_file(const std::string& file) {
    std::set<std::string_view> entries = {file};
    for (const auto& [entry, imports] : c_.documents.imports)
      if (std::find(imports.begin(), imports.end(), file) != imports.end()) {
        entries.insert(entry);
        subjects_.importers.push_back(entry);
      }
    for (const Document& d : c_.documents.all)
      if (entries.count(c_.sources.get(d.file).name))
        if (const Object* o = object_of(d, c_)) subjects_.objects.push_back(o);
    return true;
  }

  // NAME, NAMESPACE/NAME, KIND/NAME or KIND/NAMESPACE/NAME; without a kind, a runtime.
  bool add_object(const std::string& argument) {
    const size_t before = subjects_.objects.size();
    for (const Object* o : c_.repository.everything()) {
      const bool runtime = o->kind == "ServingRuntime" || o->kind == "ClusterServingRuntime";
      const std::string name = o->namespace_.empty() ? std::string(o->name) : cat(o->namespace_, '/', o->name);
      if ((runtime && argument == name) || argument == cat(o->kind, '/', name)) subjects_.objects.push_back(o);
    }
    return subjects_.objects.size() > before;
  }

  std::string suggestion(const std::string& argument) const {
    std::vector<std::string> names;
    for (const char* kind : {"ServingRuntime", "ClusterServingRuntime"})
      for (const Object* o : c_.repository.all(kind)) names.push_back(o->namespace_.empty() ? std::string(o->name) : cat(o->namespace_, '/', o->name));
    std::vector<std::string_view> known(names.begin(), names.end());
    known.insert(known.end(), c_.documents.read_files.begin(), c_.documents.read_files.end());
    const std::string_view near = nearest(argument, known);
    return near.empty() ? "" : cat("; did you mean ", quote(near), "?");
  }

  void note_everything(const Object& o) {
    if (o.kind == "ConfigMap" && o.name == names::kConfigMapName && o.namespace_ == c_.profile.kserve_namespace)
      subjects_.everything = "KServe's configuration: every service is compiled with it";
    if (o.kind == "CustomResourceDefinition" && starts_with(o.name, "inferenceservices.")) subjects_.everything = "the definition of InferenceService: every service is admitted by it";
  }

  const Session& session_;
  const Compilation& c_;
  ImpactSubjects subjects_;
};

}  // namespace

int run_impact(const Options& given) {
  Options options = given;
  const auto format = output_format(options, {"text", "json"});
  if (!format) return kUsage;
  const std::vector<std::string> subjects = std::move(options.arguments);
  options.arguments.clear();
  if (subjects.empty()) {
    print_error("impact needs a file of the project, or a runtime: [NAMESPACE/]NAME");
    return kUsage;
  }
  Session with, without;
  if (const auto stop = prepare(options, with)) return *stop;
  if (std::find(subjects.begin(), subjects.end(), "-") != subjects.end()) read_standard_input(with.request);
  run_pipeline(options, with);
  SubjectFinder finder(with);
  for (const std::string& subject : subjects)
    if (!finder.add(subject)) return kUsage;
  const ImpactSubjects found = finder.take();
  without.request = with.request;
  without.request.reuse = &with.result;
  without.request.lint = false;
  for (const Object* o : found.objects) without.request.without.insert(o->ref());
  compile(without.request, without.result);
  const Facts before = facts_of(with.result), after = facts_of(without.result);
  const Impact impact = find_impact(found, {before, with.result.manifests}, {after, without.result.manifests});
  print_out(*format == "json" ? impact_json(impact, found, before) : impact_text(impact, found, before));
  return finish_answer(options, with);
}

}  // namespace isvcc

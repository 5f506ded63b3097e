#include "driver/sides.h"

#include <algorithm>
#include <map>

namespace isvcc {
namespace {

using FirstErrors = std::map<ObjectRef, const Diagnostic*>;

FirstErrors first_errors(const Compilation& compilation) {
  FirstErrors out;
  for (const Diagnostic& d : compilation.diags.all())
    if (d.severity == Severity::Error) out.emplace(d.object, &d);
  return out;
}

std::string file_of(const Compilation& compilation, FileId file) { return file == 0 ? std::string() : compilation.sources.get(file).name; }

diff::SideService base_of(const Compilation& compilation, const Object& object, const FirstErrors& errors) {
  diff::SideService out;
  out.ref = object.ref();
  out.file = file_of(compilation, object.file);
  out.stored = object.node;
  out.state = diff::ServiceState::Rendered;
  if (const auto error = errors.find(out.ref); error != errors.end()) out.problem = error->second->message;
  return out;
}

diff::SideService service_of(const Compilation& compilation, const ServiceResult& s, const FirstErrors& errors) {
  diff::SideService out = base_of(compilation, *s.service, errors);
  if (!s.admitted || s.failure || s.pod_refused) out.state = diff::ServiceState::Broken;
  if (out.problem.empty() && s.failure) out.problem = s.failure->message;
  if (!s.plan) return out;
  out.mode = mode_name(s.plan->mode);
  if (!s.plan->runtime) return out;
  out.runtime_kind = s.plan->runtime->kind;
  out.runtime_name = s.plan->runtime->name;
  out.automatic = s.plan->runtime->automatic;
  return out;
}

void add_services(const Compilation& compilation, diff::Side& side) {
  const FirstErrors errors = first_errors(compilation);
  for (const ServiceResult& s : compilation.services) side.services.push_back(service_of(compilation, s, errors));
  for (const Object* graph : compilation.repository.all("InferenceGraph")) {
    diff::SideService out = base_of(compilation, *graph, errors);
    if (!out.problem.empty()) out.state = diff::ServiceState::Broken;
    side.services.push_back(std::move(out));
  }
}

diff::SideError error_of(const Compilation& compilation, const Diagnostic& d) {
  diff::SideError out{std::string(info(d.code).id), d.message, d.hint, file_of(compilation, d.span.file), 0, 0, d.object};
  if (d.span.file == 0) return out;
  const LineColumn at = compilation.sources.position(d.span.file, d.span.begin);
  out.line = at.line;
  out.column = at.column;
  return out;
}

}  // namespace

diff::Side side_of(const Compilation& compilation, std::string label) {
  diff::Side side;
  side.label = std::move(label);
  side.schemas = compilation.profile.schemas;
  side.objects.reserve(compilation.manifests.size());
  for (const Manifest& m : compilation.manifests)
    side.objects.push_back({m.node, m.api_version, m.kind, m.namespace_, m.name, m.owner ? m.owner->ref() : ObjectRef()});
  add_services(compilation, side);
  add_errors(compilation, side);
  return side;
}

void add_errors(const Compilation& compilation, diff::Side& side) {
  for (const Diagnostic& d : compilation.diags.all())
    if (d.severity == Severity::Error) side.errors.push_back(error_of(compilation, d));
}

}  // namespace isvcc

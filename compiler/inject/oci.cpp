#include "inject/oci.h"

#include "base/text.h"
#include "inject/modelcar.h"
#include "inject/passes.h"
#include "inject/pod_values.h"
#include "kserve/names.h"

namespace isvcc {
namespace {

// The volume that mounts another thing at the path; empty when there is none.
std::string_view volume_at(const ContainerEdit& reader, std::string_view path, std::string_view except) {
  for (const View mount : reader.mounts)
    if (mount["mountPath"].text() == path && mount["name"].text() != except) return mount["name"].text();
  return {};
}

// subPath: images keep their files in /models, as modelcar images do (ConfigureOciNativeToContainer).
std::string add_image_volume(const OciModel& model, ContainerEdit& reader, PodEdit& pod, const InjectContext& context) {
  const Make make = context.scratch.make(Pass::OciModel);
  std::string name = volume_name_of_path(model.path);
  if (name.empty()) name = "oci-model";
  if (const std::string_view taken = volume_at(reader, model.path, name); !taken.empty())
    return cat("mountPath ", go_quote(model.path), " already used by volume ", go_quote(taken));
  pod.add_volume_unless_present(volume(
      make, name, "image", make.map({{"pullPolicy", make.text("IfNotPresent")}, {"reference", text_or_absent(make, model.uri.image)}})));
  reader.add_mount_unless_present(volume_mount(make, name, model.path, Access::ReadOnly, "models"));
  return {};
}

std::string add_to_reader(const OciModel& model, ContainerEdit& reader, PodEdit& pod, const InjectContext& context) {
  if (model.mode == "native") return add_image_volume(model, reader, pod, context);
  add_modelcar(model, reader, pod, context);
  return {};
}

void warn_fetch(const OciModel& model, const InjectContext& context) {
  if (model.mode == "fetch")
    context.scratch.diags.report(Code::OciFetchIsModelcar, Stage::Render, context.annotation(names::kSourceUri),
                                 cat("OCI mode fetch is not implemented in KServe: image ", quote(model.uri.image), " runs as a modelcar"));
}

// The storage initializer left the URI to a pass that does not run.
void warn_no_model(View uri, const InjectContext& context) {
  if (!effective_oci_mode(uri.text(), context.profile).empty())
    context.scratch.diags.report(
        Code::OciModelNotInjected, Stage::Render, uri,
        cat("OCI models are switched off in the configuration, so ", quote(uri.text()), " is not injected at all"));
}

}  // namespace

std::string add_oci_model(const OciModel& model, PodEdit& pod, const InjectContext& context) {
  warn_fetch(model, context);
  for (ContainerEdit* reader : model_readers(pod))
    if (std::string error = add_to_reader(model, *reader, pod, context); !error.empty()) return error;
  return {};
}

std::string inject_oci_model(PodMutation& pod) {
  const View uri = pod.context.annotation(names::kSourceUri);
  const OciUri oci = parse_oci_uri(uri.text(), pod.context.profile);
  if (!oci.is_oci) return {};
  if (configured_oci_mode(pod.context.profile).empty()) {
    warn_no_model(uri, pod.context);
    return {};
  }
  if (!model_container(pod.spec)) return cat("Invalid configuration: cannot find container: ", names::kKserveContainer);
  return add_oci_model({oci, effective_oci_mode(uri.text(), pod.context.profile), std::string(names::kModelMountPath), 0}, pod.spec,
                       pod.context);
}

}  // namespace isvcc

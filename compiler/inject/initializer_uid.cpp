#include "base/text.h"
#include "inject/passes.h"
#include "kserve/names.h"
#include "ops/go_json_reader.h"
#include "ops/go_text.h"

namespace isvcc {
namespace {

constexpr std::string_view kInterceptionMode = "sidecar.istio.io/interceptionMode", kSidecarStatus = "sidecar.istio.io/status";
constexpr int64_t kIstioUid = 1337;  // hard-wired in Istio

ContainerEdit* last_initializer(PodEdit& pod) {
  ContainerEdit* found = nullptr;
  for (ContainerEdit& container : pod.init_containers)
    if (container.name() == names::kStorageInitializer) found = &container;
  return found;
}

// Go's strconv.ParseInt takes a sign of either kind.
std::optional<int64_t> parse_uid(std::string_view text) {
  if (starts_with(text, "+") && !starts_with(text, "+-")) text.remove_prefix(1);
  return parse_int(text);
}

void set_annotated_uid(ContainerEdit& initializer, View annotation, const InjectContext& context) {
  if (const std::optional<int64_t> uid = parse_uid(annotation.text())) {
    initializer.set_run_as_user(context.scratch.make(Pass::StorageInitializer), *uid);
    return;
  }
  context.scratch.diags.report(
      Code::InitializerUidIgnored, Stage::Render, annotation,
      cat(names::kStorageInitializerUid, " ", quote(annotation.text()), " is not a whole number, so KServe ignores it"));
}

// The sidecar's name as Istio noted it on the pod; empty when there is none.
std::string_view sidecar_name(View status, Arena& arena, std::string& error) {
  const View decoded = read_go_json(status.text(), arena, error);
  if (decoded && !decoded.is_map()) error = recovered_panic("interface conversion: interface {} is not map[string]interface {}");
  return decoded["containers"].item(0).text();
}

// Where Istio's CNI plugin redirects traffic, only its sidecar's user gets through before the sidecar runs.
std::string set_sidecar_uid(ContainerEdit& initializer, PodMutation& pod) {
  if (pod.spec.init_container("istio-init") || pod.context.annotation(kInterceptionMode).text() != "REDIRECT") return {};
  const View status = pod.context.annotation(kSidecarStatus);
  if (!status) return {};
  std::string error;
  const std::string_view name = sidecar_name(status, pod.context.scratch.arena, error);
  const ContainerEdit* sidecar = error.empty() && !name.empty() ? pod.spec.container(name) : nullptr;
  if (sidecar)
    initializer.set_run_as_user(pod.context.scratch.make(Pass::StorageInitializer),
                                sidecar->get("securityContext")["runAsUser"].integer().value_or(kIstioUid));
  return error;
}

}  // namespace

std::string set_initializer_uid(PodMutation& pod) {
  ContainerEdit* initializer = last_initializer(pod.spec);
  if (!initializer) return {};
  const View annotation = pod.context.annotation(names::kStorageInitializerUid);
  if (!annotation) return set_sidecar_uid(*initializer, pod);
  set_annotated_uid(*initializer, annotation, pod.context);
  return {};
}

}  // namespace isvcc

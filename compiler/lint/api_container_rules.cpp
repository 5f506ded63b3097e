// Containers: ValidateContainers and what it calls.
#include <algorithm>

#include "base/seen_texts.h"
#include "base/text.h"
#include "lint/api_breaches.h"

namespace isvcc {
namespace {

constexpr std::string_view kHandlers[] = {"exec", "httpGet", "tcpSocket", "grpc"};

// Fields of `value` among `names` that are given.
template <size_t Count>
std::vector<std::string_view> given(View value, const std::string_view (&names)[Count]) {
  std::vector<std::string_view> out;
  for (const std::string_view name : names)
    if (value[name].is_map()) out.push_back(name);
  return out;
}

void check_ports(View container, const Path& path, const Breaches& out) {
  SeenTexts names;
  const View list = container["ports"];
  const Path ports = path.key("ports");
  for (size_t i = 0; i < list.items().size(); ++i) {
    const View port = list.item(i);
    const Path at = ports.index(i);
    if (port["containerPort"].integer() == 0) out.required(port, at.key("containerPort"));
    else out.port(port["containerPort"], at.key("containerPort"));
    out.one_of_or_empty(port["protocol"], at.key("protocol"), {"SCTP", "TCP", "UDP"});
    if (!port["name"]) continue;
    out.name(port["name"], at.key("name"), NameForm::PortName);
    if (!names.is_fresh(port["name"].text())) out.duplicate(port["name"], at.key("name"));
  }
}

// A path of the pod's fields that a variable can show; labels and annotations one by one.
void check_field_path(View ref, const Path& path, const Breaches& out) {
  const View value = ref["fieldPath"];
  const std::string_view text = value.text();
  const Path at = path.key("fieldPath");
  if (text.empty()) return out.required(ref, at);
  if (starts_with(text, "metadata.labels['") || starts_with(text, "metadata.annotations['")) return;
  static constexpr std::string_view known_elsewhere[] = {"metadata.annotations", "metadata.labels", "spec.restartPolicy", "spec.schedulerName", "status.phase"};
  const std::initializer_list<std::string_view> allowed = {"metadata.name",         "metadata.namespace", "metadata.uid",  "spec.nodeName",
                                                           "spec.serviceAccountName", "status.hostIP",      "status.hostIPs", "status.podIP", "status.podIPs"};
  const bool known = text == "spec.host" || std::find(allowed.begin(), allowed.end(), text) != allowed.end();
  if (known) return;
  if (std::find(std::begin(known_elsewhere), std::end(known_elsewhere), text) != std::end(known_elsewhere)) return out.one_of(value, at, allowed);
  out.invalid(value, at, go_quote(text), cat("error converting fieldPath: field label not supported: ", text), cat("a variable cannot show ", quote(text)));
}

void check_resource_path(View ref, const Path& path, const Breaches& out) {
  const View value = ref["resource"];
  const std::string_view text = value.text();
  if (text.empty()) return out.required(ref, path.key("resource"));
  if (starts_with(text, "limits.hugepages-") || starts_with(text, "requests.hugepages-")) return;
  out.one_of(value, path.key("resource"), {"limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"});
}

void check_value_from(View entry, View from, const Path& path, const Breaches& out) {
  static constexpr std::string_view sources[] = {"fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"};
  const auto found = given(from, sources);
  if (from["fieldRef"].is_map()) check_field_path(from["fieldRef"], path.key("fieldRef"), out);
  if (from["resourceFieldRef"].is_map()) check_resource_path(from["resourceFieldRef"], path.key("resourceFieldRef"), out);
  for (const std::string_view source : {"configMapKeyRef", "secretKeyRef"}) {
    const View ref = from[source];
    if (!ref.is_map()) continue;
    const Path at = path.key(source);
    out.needed_name(ref, "name", at, NameForm::Dns1123Subdomain);
    out.key(ref, "key", at);
  }
  if (found.empty())
    out.invalid(from, path, "\"\"", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`",
                cat("variable ", quote(entry["name"].text()), " has a `valueFrom` that names no source"));
  else if (!entry["value"].text().empty())
    out.invalid(entry, path, "\"\"", "may not be specified when `value` is not empty", cat("variable ", quote(entry["name"].text()), " has both `value` and `valueFrom`"));
  else if (found.size() > 1)
    out.invalid(from, path, "\"\"", "may not have more than one field specified at a time", cat("variable ", quote(entry["name"].text()), " has more than one source"));
}

void check_env(View container, const Path& path, const Breaches& out) {
  const View list = container["env"];
  const Path env = path.key("env");
  for (size_t i = 0; i < list.items().size(); ++i) {
    const View entry = list.item(i);
    const Path at = env.index(i);
    if (entry["name"].text().empty()) out.required(entry, at.key("name"));
    else out.name(entry["name"], at.key("name"), NameForm::RelaxedEnvVarName);
    if (const View from = entry["valueFrom"]; from.is_map()) check_value_from(entry, from, at.key("valueFrom"), out);
  }
}

void check_env_from(View container, const Path& path, const Breaches& out) {
  static constexpr std::string_view sources[] = {"configMapRef", "secretRef"};
  const View list = container["envFrom"];
  const Path all = path.key("envFrom");
  for (size_t i = 0; i < list.items().size(); ++i) {
    const View entry = list.item(i);
    if (!entry["prefix"].text().empty()) out.name(entry["prefix"], all.index(i).key("prefix"), NameForm::RelaxedEnvVarName);
    const size_t count = given(entry, sources).size();
    if (count == 0) out.invalid(entry, all, "\"\"", "must specify one of: `configMapRef` or `secretRef`", "an entry of `envFrom` names no source");
    if (count > 1) out.invalid(entry, all, "\"\"", "may not have more than one field specified at a time", "an entry of `envFrom` has more than one source");
  }
}

void check_security(View container, const Path& path, const Breaches& out) {
  const View context = container["securityContext"];
  for (const std::string_view id : {"runAsUser", "runAsGroup"})
    if (const auto number = context[id].integer(); number && (*number < 0 || *number > INT32_MAX))
      out.invalid(context[id], path.key("securityContext").key(id), cat(*number), "must be between 0 and 2147483647, inclusive", cat(id, ' ', *number, " is no id of a user or group"));
}

void check_mounts(View container, const Path& path, const Around& around, const Breaches& out) {
  SeenTexts paths;
  const View list = container["volumeMounts"];
  const Path mounts = path.key("volumeMounts");
  for (size_t i = 0; i < list.items().size(); ++i) {
    const View mount = list.item(i);
    const Path at = mounts.index(i);
    const std::string_view name = mount["name"].text();
    if (name.empty()) out.required(mount, at.key("name"));
    else if (!around.has_volume(name))
      out.not_found(mount["name"], at.key("name"), cat("container ", quote(container["name"].text()), " mounts volume ", quote(name), ", which the pod does not have"));
    if (mount["mountPath"].text().empty()) out.required(mount, at.key("mountPath"));
    else if (!paths.is_fresh(mount["mountPath"].text()))
      out.invalid(mount["mountPath"], at.key("mountPath"), go_quote(mount["mountPath"].text()), "must be unique", cat("two volumes are mounted at ", quote(mount["mountPath"].text())));
  }
}

void check_probe(View probe, const Path& path, const Breaches& out) {
  if (!probe.is_map()) return;
  const auto handlers = given(probe, kHandlers);
  if (handlers.empty()) out.required(probe, path, "must specify a handler type");
  for (size_t i = 1; i < handlers.size(); ++i) out.forbidden(probe, path.key(handlers[i]), "may not specify more than 1 handler type");
  for (const std::string_view handler : {"httpGet", "tcpSocket", "grpc"}) out.port(probe[handler]["port"], path.key(handler).key("port"));
  if (probe["exec"].is_map() && probe["exec"]["command"].items().empty()) out.required(probe["exec"], path.key("exec").key("command"));
  out.one_of_or_empty(probe["httpGet"]["scheme"], path.key("httpGet").key("scheme"), {"HTTP", "HTTPS"});
  for (const std::string_view number : {"initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"})
    out.not_negative(probe[number], path.key(number));
}

void check_once(View probe, const Path& path, const Breaches& out) {
  const auto threshold = probe["successThreshold"].integer();
  if (threshold && *threshold > 1)
    out.invalid(probe["successThreshold"], path.key("successThreshold"), cat(*threshold), "must be 1", cat(quote(path.key("successThreshold").text()), " must be 1 for this kind of probe"));
}

}  // namespace

void check_container(View container, const Path& path, const Around& around, const Breaches& out) {
  if (container["name"].text().empty()) out.required(container, path.key("name"));
  else out.name(container["name"], path.key("name"), NameForm::Dns1123Label);
  const std::string_view image = container["image"].text();
  if (image.empty()) out.required(container, path.key("image"));
  else if (trim(image) != image)
    out.invalid(container["image"], path.key("image"), go_quote(image), "must not have leading or trailing whitespace", cat("image ", quote(image), " begins or ends with blanks"));
  out.one_of_or_empty(container["imagePullPolicy"], path.key("imagePullPolicy"), {"Always", "IfNotPresent", "Never"});
  out.one_of_or_empty(container["terminationMessagePolicy"], path.key("terminationMessagePolicy"), {"File", "FallbackToLogsOnError"});
  check_ports(container, path, out);
  check_env(container, path, out);
  check_env_from(container, path, out);
  check_security(container, path, out);
  check_mounts(container, path, around, out);
  check_resources(container, path, out);
  if (!around.probed) return;
  for (const std::string_view probe : {"livenessProbe", "readinessProbe", "startupProbe"}) check_probe(container[probe], path.key(probe), out);
  for (const std::string_view probe : {"livenessProbe", "startupProbe"}) check_once(container[probe], path.key(probe), out);
}

}  // namespace isvcc

// Containers: ValidateContainers and what it calls.
#include "base/seen_texts.h"
#include "base/text.h"
#include "lint/api_breaches.h"
#include "ops/quantity.h"

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

void check_env(View container, const Path& path, const Breaches& out) {
  static constexpr std::string_view sources[] = {"fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"};
  const View list = container["env"];
  const Path env = path.key("env");
  for (size_t i = 0; i < list.items().size(); ++i) {
    const View entry = list.item(i);
    const Path at = env.index(i);
    if (entry["name"].text().empty()) out.required(entry, at.key("name"));
    else out.name(entry["name"], at.key("name"), NameForm::RelaxedEnvVarName);
    const View from = entry["valueFrom"];
    if (!from.is_map()) continue;
    const Path place = at.key("valueFrom");
    if (!entry["value"].text().empty())
      out.invalid(entry, place, "\"\"", "may not be specified when `value` is not empty", cat("variable ", quote(entry["name"].text()), " has both `value` and `valueFrom`"));
    if (given(from, sources).size() > 1)
      out.invalid(from, place, "\"\"", "may not have more than one field specified at a time", cat("variable ", quote(entry["name"].text()), " has more than one source"));
  }
}

void check_mounts(View container, const Path& path, const Mountable& mountable, const Breaches& out) {
  SeenTexts paths;
  const View list = container["volumeMounts"];
  const Path mounts = path.key("volumeMounts");
  for (size_t i = 0; i < list.items().size(); ++i) {
    const View mount = list.item(i);
    const Path at = mounts.index(i);
    const std::string_view name = mount["name"].text();
    if (name.empty()) out.required(mount, at.key("name"));
    else if (!mountable.has(name))
      out.not_found(mount["name"], at.key("name"), cat("container ", quote(container["name"].text()), " mounts volume ", quote(name), ", which the pod does not have"));
    if (mount["mountPath"].text().empty()) out.required(mount, at.key("mountPath"));
    else if (!paths.is_fresh(mount["mountPath"].text()))
      out.invalid(mount["mountPath"], at.key("mountPath"), go_quote(mount["mountPath"].text()), "must be unique", cat("two volumes are mounted at ", quote(mount["mountPath"].text())));
  }
}

void check_resources(View container, const Path& path, const Breaches& out) {
  const View resources = container["resources"];
  const Path around = path.key("resources"), at = around.key("requests");
  for (const Field& request : resources["requests"].fields()) {
    const View limit = resources["limits"][request.key()];
    if (equal(limit, request.value)) continue;
    const auto asked = Quantity::parse(View(request.value)), most = Quantity::parse(limit);
    if (!limit || !asked || !most) continue;
    const int order = asked->compare(*most);
    if (order == 0) continue;
    const bool extended = contains(request.key(), "/") || starts_with(request.key(), "hugepages-");
    if (order > 0 && !extended)
      out.invalid(request.value, at, go_quote(asked->text()), cat("must be less than or equal to ", request.key(), " limit of ", most->text()),
                  cat("container ", quote(container["name"].text()), " requests ", asked->text(), " of ", request.key(), ", more than its limit of ", most->text()));
    if (extended)
      out.invalid(request.value, at, go_quote(asked->text()), cat("must be equal to ", request.key(), " limit of ", most->text()),
                  cat("container ", quote(container["name"].text()), " requests ", asked->text(), " of ", request.key(), " but its limit is ", most->text(), ": such resources cannot be overcommitted"));
  }
}

void check_probe(View probe, const Path& path, const Breaches& out) {
  if (!probe.is_map()) return;
  const auto handlers = given(probe, kHandlers);
  if (handlers.empty()) out.required(probe, path, "must specify a handler type");
  for (size_t i = 1; i < handlers.size(); ++i) out.forbidden(probe, path.key(handlers[i]), "may not specify more than 1 handler type");
  for (const std::string_view handler : {"httpGet", "tcpSocket", "grpc"}) out.port(probe[handler]["port"], path.key(handler).key("port"));
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

void check_container(View container, const Path& path, const Mountable& mountable, const Breaches& out) {
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
  check_mounts(container, path, mountable, out);
  check_resources(container, path, out);
  for (const std::string_view probe : {"livenessProbe", "readinessProbe", "startupProbe"}) check_probe(container[probe], path.key(probe), out);
  for (const std::string_view probe : {"livenessProbe", "startupProbe"}) check_once(container[probe], path.key(probe), out);
}

}  // namespace isvcc

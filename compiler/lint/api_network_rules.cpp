// Services and Ingresses: ValidateService and ValidateIngressSpec.
#include "base/seen_texts.h"
#include "base/text.h"
#include "lint/api_breaches.h"

namespace isvcc {
namespace {

void check_service_ports(View spec, const Path& path, const Breaches& out) {
  const View list = spec["ports"];
  const Path ports = path.key("ports");
  const size_t count = list.items().size();
  SeenTexts names;
  for (size_t i = 0; i < count; ++i) {
    const View port = list.item(i);
    const Path at = ports.index(i);
    if (!port["port"]) out.required(port, at.key("port"));
    out.port(port["port"], at.key("port"));
    const View target = port["targetPort"];
    const bool as_port = target.integer() == 0 || (target.is_text() && target.text().empty());  // the default
    if (!as_port) out.port(target, at.key("targetPort"));
    out.one_of_or_empty(port["protocol"], at.key("protocol"), {"SCTP", "TCP", "UDP"});
    if (!port["appProtocol"].text().empty()) out.name(port["appProtocol"], at.key("appProtocol"), NameForm::QualifiedName);
    if (count > 1 && port["name"].text().empty()) out.required(port, at.key("name"));
    else if (!port["name"].text().empty()) out.name(port["name"], at.key("name"), NameForm::Dns1123Label);
    if (!port["name"].text().empty() && !names.is_fresh(port["name"].text())) out.duplicate(port["name"], at.key("name"));
  }
}

// validateIngressBackend
void check_backend(View backend, View around, const Path& path, const Breaches& out) {
  const View service = backend["service"], port = service["port"];
  const View where = backend ? backend : around;
  if (service.is_map() && backend["resource"].is_map()) return out.invalid(backend, path, "\"\"", "cannot set both resource and service backends", "a backend is a service or a resource");
  if (!service.is_map() && !backend["resource"].is_map()) return out.invalid(where, path, "\"\"", "resource or service backend is required", "a path needs a backend");
  if (!service.is_map()) return;
  const Path at = path.key("service"), ports = at.key("port");
  if (service["name"].text().empty()) out.required(service, at.key("name"));
  else out.name(service["name"], at.key("name"), NameForm::Dns1035Label);
  const bool named = !port["name"].text().empty(), numbered = port["number"].integer().value_or(0) != 0;
  if (named && numbered) out.invalid(port, path, "\"\"", "cannot set both port name & port number", "a port is named or numbered, not both");
  else if (named) out.name(port["name"], ports.key("name"), NameForm::PortName);
  else if (numbered) out.port(port["number"], ports.key("number"));
  else out.required(service, path, "port name or number is required");
}

void check_ingress_path(View entry, const Path& path, const Breaches& out) {
  if (!entry["pathType"]) return out.required(entry, path.key("pathType"), "pathType must be specified");
  out.one_of(entry["pathType"], path.key("pathType"), {"Exact", "ImplementationSpecific", "Prefix"});
  const std::string_view text = entry["path"].text();
  const std::string_view type = entry["pathType"].text();
  const bool absolute = type == "Exact" || type == "Prefix" || (type == "ImplementationSpecific" && !text.empty());
  if (absolute && !starts_with(text, "/"))
    out.invalid(entry["path"] ? entry["path"] : entry, path.key("path"), go_quote(text), "must be an absolute path", cat("path ", quote(text), " does not begin with a slash"));
  check_backend(entry["backend"], entry, path.key("backend"), out);
}

void check_ingress_rule(View rule, const Path& path, const Breaches& out) {
  const std::string_view host = rule["host"].text();
  if (!host.empty()) out.name(rule["host"], path.key("host"), contains(host, "*") ? NameForm::WildcardDns : NameForm::Dns1123Subdomain);
  const View http = rule["http"], list = http["paths"];
  if (!http.is_map()) return;
  const Path inside = path.key("http"), paths = inside.key("paths");
  if (list.items().empty()) out.required(http, paths);
  for (size_t i = 0; i < list.items().size(); ++i) check_ingress_path(list.item(i), paths.index(i), out);
}

}  // namespace

void check_service(View object, const Breaches& out) {
  const Path root;
  const View spec = object["spec"];
  const Path path = root.key("spec");
  out.name(object["metadata"]["name"], root.key("metadata").key("name"), NameForm::Dns1035Label);
  out.one_of_or_empty(spec["type"], path.key("type"), {"ClusterIP", "ExternalName", "LoadBalancer", "NodePort"});
  const bool external = spec["type"].text() == "ExternalName", headless = spec["clusterIP"].text() == "None";
  if (external && spec["externalName"].text().empty()) out.required(spec, path.key("externalName"));
  else if (external) out.name(spec["externalName"], path.key("externalName"), NameForm::Dns1123Subdomain);
  if (!external && !headless && spec["ports"].items().empty()) out.required(spec ? spec : object, path.key("ports"));
  check_service_ports(spec, path, out);
  out.wanted_labels(spec["selector"], path.key("selector"));
  out.one_of_or_empty(spec["sessionAffinity"], path.key("sessionAffinity"), {"ClientIP", "None"});
}

void check_ingress(View object, const Breaches& out) {
  const View written = object["spec"], backend = written["defaultBackend"], list = written["rules"];
  const Path root, spec = root.key("spec"), rules = spec.key("rules");
  if (list.items().empty() && !backend.is_map())
    out.invalid(written ? written : object, spec, list.items().empty() && list ? "[]" : "null", "either `defaultBackend` or `rules` must be specified", "an Ingress needs rules or a default backend");
  if (backend.is_map()) check_backend(backend, written, spec.key("defaultBackend"), out);
  for (size_t i = 0; i < list.items().size(); ++i) check_ingress_rule(list.item(i), rules.index(i), out);
  out.name(written["ingressClassName"], spec.key("ingressClassName"), NameForm::Dns1123Subdomain);
}

}  // namespace isvcc

#include "lower/host.h"

#include <algorithm>

#include "base/char_set.h"
#include "base/text.h"
#include "ops/gotemplate.h"
#include "ops/names.h"
#include "tree/make.h"

namespace isvcc {
namespace {

// Go joins the problems of one value with a comma.
std::string problems(NameForm form, std::string_view value) { return join(name_problems(form, value), ","); }

// A nil Go map and an empty one look alike to a template.
const Node* map_or_empty(Make make, View map) { return map.is_map() ? map.node() : make.map({}); }

// Runs a template whose error text says where it comes from: parsing errors stand alone, the others are wrapped.
TemplateText render(std::string_view name, std::string_view text, const TemplateData& data, std::string_view what) {
  TemplateResult result = run_template(name, text, data, Escaping::None);
  if (result.error.empty()) return {std::move(result.text), {}};
  const bool syntax = !check_template(name, text).empty();
  return {{}, syntax ? result.error : cat("error rendering the ", what, ": ", result.error)};
}

TemplateText render_host(std::string_view name, const HostSubject& subject, const IngressConfig& config, Arena& arena) {
  // What nearly every cluster uses is not worth an interpreter; tests compare both ways.
  if (config.domain_template == "{{ .Name }}-{{ .Namespace }}.{{ .IngressDomain }}")
    return {cat(name, '-', subject.namespace_, '.', config.ingress_domain), {}};
  const Make make(arena);
  const Node* values = make.map({{"Name", make.borrowed(name)},
                                 {"Namespace", make.borrowed(subject.namespace_)},
                                 {"IngressDomain", make.borrowed(config.ingress_domain)},
                                 {"Annotations", map_or_empty(make, subject.annotations)},
                                 {"Labels", map_or_empty(make, subject.labels)}});
  return render("domain-template", config.domain_template, {values, "ingress.DomainTemplateValues"}, "domain template");
}

// Two labels or more, none of them odd: no error to look for.
bool is_plain_domain(std::string_view host) {
  static constexpr CharSet kOfLabels("abcdefghijklmnopqrstuvwxyz0123456789-");
  for (size_t begin = 0;;) {
    const size_t end = kOfLabels.first_not_in(host, begin);
    if (begin == end || end - begin > 63 || host[begin] == '-' || host[end - 1] == '-') return false;
    if (end == host.size()) return begin > 0 && host.size() <= 253;
    if (host[end] != '.') return false;
    begin = end + 1;
  }
}

}  // namespace

std::string domain_name_error(std::string_view host) {
  if (is_plain_domain(host)) return {};
  if (host.empty()) return "url: Required value";
  if (host.back() == '.') host.remove_suffix(1);
  if (const std::string why = problems(NameForm::Dns1123Subdomain, host); !why.empty()) return invalid_value("url", host, why);
  const std::vector<std::string_view> labels = split(host, '.');
  if (labels.size() < 2) return invalid_value("url", host, "should be a domain with at least two segments separated by dots");
  for (const std::string_view label : labels)
    if (const std::string why = problems(NameForm::Dns1123Label, label); !why.empty()) return invalid_value("url", label, why);
  return {};
}

TemplateText generate_host(std::string_view name, const HostSubject& subject, const IngressConfig& config, Arena& arena) {
  TemplateText host = render_host(name, subject, config, arena);
  if (!host.error.empty()) return host;
  const std::string why = domain_name_error(host.text);
  if (why.empty()) return host;
  return {{}, cat("invalid domain name ", go_quote(host.text), ": ", why)};
}

std::vector<std::string> additional_hosts(const std::vector<std::string>& domains, std::string_view service_host, const IngressConfig& config) {
  const auto own = std::find_if(domains.begin(), domains.end(), [&](const std::string& d) { return ends_with(service_host, d); });
  if (own == domains.end() || own->size() == service_host.size()) return {};
  const std::string_view subdomain = service_host.substr(0, service_host.size() - own->size());
  std::vector<std::string> out;
  for (const std::string& domain : config.additional_ingress_domains) {
    std::string host = cat(subdomain, domain);
    const bool known = std::find(out.begin(), out.end(), host) != out.end();
    if (!known && is_valid_name(NameForm::Dns1123Subdomain, host)) out.push_back(std::move(host));
  }
  return out;
}

}  // namespace isvcc

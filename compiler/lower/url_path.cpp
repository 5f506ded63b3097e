// The path under which a service is reached with `pathTemplate` (GenerateUrlPath, reconcilers/ingress/path.go, KServe v0.20.0).
// Knows as much of Go's url.ParseRequestURI as tells a usable path from an error.
#include <algorithm>

#include "base/text.h"
#include "lower/host.h"
#include "ops/gotemplate.h"
#include "tree/make.h"

namespace isvcc {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_scheme_char(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Percent decoding of a path; `error` names the first bad escape.
std::string decode(std::string_view path, std::string& error) {
  std::string out;
  for (size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '%') {
      out.push_back(path[i]);
      continue;
    }
    const int high = i + 1 < path.size() ? hex_value(path[i + 1]) : -1;
    const int low = i + 2 < path.size() ? hex_value(path[i + 2]) : -1;
    if (high < 0 || low < 0) {
      error = cat("invalid URL escape ", go_quote(path.substr(i, 3)));
      return {};
    }
    out.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return out;
}

// The length of a scheme before its colon, 0 when there is none.
size_t scheme_length(std::string_view url) {
  if (url.empty() || !is_letter(url[0])) return 0;
  const size_t end = static_cast<size_t>(std::find_if_not(url.begin(), url.end(), is_scheme_char) - url.begin());
  return end < url.size() && url[end] == ':' ? end : 0;
}

// What ParseRequestURI refuses about a text without a scheme; empty when it has a path.
std::string request_uri_error(std::string_view url) {
  if (std::any_of(url.begin(), url.end(), is_control)) return "net/url: invalid control character in URL";
  if (url.empty()) return "empty url";
  if (url[0] == ':') return "missing protocol scheme";
  return url[0] == '/' || url == "*" ? "" : "invalid URI for request";
}

TemplateText parse_path(std::string_view url) {
  if (scheme_length(url) > 0) return {{}, cat("invalid url path ", go_quote(url), ": contains either a scheme or a host")};
  std::string error = request_uri_error(url);
  std::string path;
  if (error.empty()) path = decode(url.substr(0, url.find('?')), error);
  if (error.empty()) return {path, {}};
  return {{}, cat("invalid url ", go_quote(url), ": parse ", go_quote(url), ": ", error)};
}

}  // namespace

TemplateText generate_path(std::string_view name, std::string_view namespace_, const IngressConfig& config, Arena& arena) {
  if (config.path_template.empty()) return {};
  const Make make(arena);
  const Node* values = make.map({{"Name", make.borrowed(name)}, {"Namespace", make.borrowed(namespace_)}});
  const TemplateResult url = run_template("url-template", config.path_template, {values, "ingress.PathTemplateValues"}, Escaping::None);
  if (!url.error.empty()) return {{}, cat("error rendering the url template: ", url.error)};
  return parse_path(url.text);
}

}  // namespace isvcc

// gitops: what Argo CD or Flux needs to apply the manifests that build writes.
#include <algorithm>

#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/layout_files.h"
#include "driver/commands/pipe.h"
#include "driver/commands/session.h"
#include "driver/gitops/delivery.h"
#include "driver/passthrough.h"
#include "emit/yaml_writer.h"

namespace isvcc {
namespace {

constexpr std::string_view kTools[] = {"argocd", "applicationset", "flux"};

// Kustomize's layout has one kustomization.yaml, and a bundle no folders, so not everything can be taken apart.
std::string why_not(std::string_view tool, const Delivery& delivery) {
  const bool apart = delivery.per == AppPer::Namespace, bundle = delivery.layout == Layout::Bundle;
  if (apart && delivery.layout == Layout::Kustomize) return "the layout kustomize has one kustomization.yaml: --app-per cluster";
  if (apart && bundle && tool != "argocd") return "the layout bundle has no folder for each namespace: --app-per cluster, or another layout";
  if (!apart && tool == "applicationset") return "an ApplicationSet finds the folders of namespaces: --app-per cluster has none";
  return {};
}

Delivery delivery_of(const Options& options, Session& session, std::string& error) {
  const std::string url = options.value("repo-url").value_or("");
  Delivery out{.url = url, .revision = options.value("revision").value_or(starts_with(url, "oci://") ? "latest" : "main"), .path = options.value("repo-path").value_or("."), .cluster = session.cluster()};
  out.name = options.value("app-name").value_or(out.name);
  out.path = path_below(out.path, out.cluster);
  out.layout = find_layout(session.request.project.layout).value_or(Layout::Tree);
  out.per = options.value("app-per") == "cluster" || (!options.value("app-per") && out.layout == Layout::Kustomize) ? AppPer::Cluster : AppPer::Namespace;
  if (!describe(session.result.manifests, layout_files(session), out)) error = "the pattern of file names gives no folder to each namespace: --app-per cluster, or another pattern";
  return out;
}

std::vector<const Node*> objects_of(std::string_view tool, const std::vector<Delivery>& deliveries, Arena& arena) {
  if (tool == "argocd") return argocd_applications(deliveries, arena);
  if (tool == "applicationset") return argocd_application_set(deliveries, arena);
  return flux_objects(deliveries.front(), arena);
}

std::string print_stream(const std::vector<const Node*>& objects) {
  std::string text;
  for (const Node* object : objects) {
    if (!text.empty()) text += "---\n";
    write_yaml(text, object);
  }
  return text;
}

// The first argument, which is taken off. Nothing, reported, when it names no tool.
std::optional<std::string> take_tool(Options& options) {
  const auto known = options.arguments.empty() ? std::end(kTools) : std::find(std::begin(kTools), std::end(kTools), options.arguments.front());
  if (known == std::end(kTools)) return print_error("gitops needs one of argocd, applicationset, flux"), std::nullopt;
  if (!options.value("repo-url")) return print_error("gitops needs --repo-url: the repository or the OCI artifact that the manifests are pushed to"), std::nullopt;
  options.arguments.erase(options.arguments.begin());
  return std::string(*known);
}

}  // namespace

int run_gitops(const Options& given) {
  Options options = given;
  const auto tool = take_tool(options);
  if (!tool) return kUsage;
  std::deque<Session> sessions;
  if (const auto stop = prepare(options, sessions)) return *stop;
  if (*tool == "flux" && sessions.size() > 1) return print_error("each cluster has a Flux of its own: name it with --cluster"), kUsage;
  for (Session& session : sessions) session.request.lint = false;
  run_pipeline(options, sessions);
  for (Session& session : sessions) add_passthrough(session.request.project, session.result);
  if (!report_findings(options, sessions)) return kInputOutput;
  if (const int code = exit_code(sessions)) return code;
  std::vector<Delivery> deliveries;
  for (Session& session : sessions) {
    std::string problem;
    deliveries.push_back(delivery_of(options, session, problem));
    if (problem.empty()) problem = why_not(*tool, deliveries.back());
    if (!problem.empty()) return print_error(problem), kUsage;
  }
  Arena arena;
  return write_or_print(options.value("output").value_or("-"), print_stream(objects_of(*tool, deliveries, arena)));
}

}  // namespace isvcc

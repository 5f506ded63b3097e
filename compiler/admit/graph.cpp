// InferenceGraph (InferenceGraphValidator). Where KServe walks the nodes in no order, isvcc takes them by name.
#include <algorithm>
#include <set>
#include <vector>

#include "admit/admit.h"
#include "admit/service_name.h"
#include "admit/stages.h"
#include "admit/structural.h"
#include "base/text.h"

namespace isvcc {

namespace {

struct GraphNode {
  std::string_view name;
  View node;
};

struct Graph {
  View root;
  std::string_view name;
  std::vector<GraphNode> nodes;  // by name
  Scratch& scratch;

  bool refuse(std::string path, Code code, std::string upstream, std::string message) const {
    isvcc::refuse(root, std::move(path), code, std::move(upstream), std::move(message), scratch);
    return false;
  }
};

}  // namespace

static std::vector<GraphNode> sorted_nodes(View nodes) {
  std::vector<GraphNode> out;
  for (const Field& f : nodes.fields()) out.push_back({f.key(), f.value});
  std::sort(out.begin(), out.end(), [](const GraphNode& a, const GraphNode& b) { return a.name < b.name; });
  return out;
}

static bool check_name(const Graph& graph) {
  if (is_service_name(graph.name)) return true;
  return graph.refuse("metadata.name", Code::BadGraphName,
                      cat("The InferenceGraph \"", graph.name,
                          "\" is invalid: a InferenceGraph name must consist of lower case alphanumeric "
                          "characters or '-', and must start with alphabetical character. (e.g. \"my-name\" or \"abc-123\", regex used for "
                          "validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"),
                      cat("the graph name ", quote(graph.name), " is not letters, digits and '-', beginning with a letter"));
}

static bool check_root(const Graph& graph) {
  if (graph.root["spec"]["nodes"]["root"]) return true;
  return graph.refuse("spec.nodes", Code::GraphWithoutRoot,
                      "root node not found, InferenceGraph needs a node with name 'root' as the root node of the graph",
                      "the graph has no node named root");
}

static std::string step_path(const GraphNode& node, size_t step) { return cat("spec.nodes.", node.name, ".steps[", step, ']'); }

static bool check_step_names(const Graph& graph, const GraphNode& node) {
  std::set<std::string_view> seen;
  const auto steps = node.node["steps"].items();
  for (size_t i = 0; i < steps.size(); ++i) {
    const std::string_view name = View(steps[i])["name"].text();
    if (name.empty() || seen.insert(name).second) continue;
    return graph.refuse(
        cat(step_path(node, i), ".name"), Code::DuplicateStep,
        cat("Node \"", node.name, "\" of InferenceGraph \"", graph.name, "\" contains more than one step with name \"", name, '"'),
        cat("node ", quote(node.name), " has two steps named ", quote(name)));
  }
  return true;
}

static bool check_targets(const Graph& graph, const GraphNode& node) {
  const auto steps = node.node["steps"].items();
  for (size_t i = 0; i < steps.size(); ++i) {
    const View step = steps[i];
    int targets = 0;
    for (std::string_view field : {"nodeName", "serviceName", "serviceUrl"}) targets += step[field].size() > 0;
    if (targets == 1) continue;
    const std::string begin =
        cat("Step ", i, " (\"", step["name"].text(), "\") in node \"", node.name, "\" of InferenceGraph \"", graph.name, '"');
    return graph.refuse(step_path(node, i), Code::StepTarget,
                        cat(begin, targets == 0 ? " does not specify an inference target"
                                                : " specifies more than one of nodeName, serviceName, serviceUrl"),
                        cat("step ", i, " of node ", quote(node.name), targets == 0 ? " has no target" : " has more than one target"));
  }
  return true;
}

static bool check_weights(const Graph& graph, const GraphNode& node) {
  if (node.node["routerType"].text() != "Splitter") return true;
  const auto steps = node.node["steps"].items();
  int64_t sum = 0;
  for (size_t i = 0; i < steps.size(); ++i) {
    const View step = steps[i];
    const auto weight = step["weight"].integer();
    if (!weight)
      return graph.refuse(
          step_path(node, i), Code::SplitterWeights,
          cat("InferenceGraph[", graph.name, "] Node[", node.name, "] Route[", step["serviceName"].text(), "] missing the 'Weight'"),
          cat("step ", i, " of splitter ", quote(node.name), " has no weight"));
    sum += *weight;
  }
  if (sum == 100) return true;
  return graph.refuse(cat("spec.nodes.", node.name), Code::SplitterWeights,
                      cat("InferenceGraph[", graph.name, "] Node[", node.name,
                          "] splitter node: the sum of traffic weights for all routing targets should be 100"),
                      cat("the weights of splitter ", quote(node.name), " are ", sum, " together instead of 100"));
}

static bool check_graph(const Graph& graph) {
  if (!check_name(graph) || !check_root(graph)) return false;
  for (const auto rule : {check_step_names, check_targets, check_weights})
    for (const GraphNode& node : graph.nodes)
      if (!rule(graph, node)) return false;
  return true;
}

Admission admit_graph(const Object& object, const Profile& profile, Scratch& scratch) {
  const Schema* schema = nullptr;
  const Node* stored = admit_structure(object, StatusOnCreate::Dropped, profile, scratch, &schema);
  if (!stored || !schema || !decodes_in_webhook(stored, *schema, scratch)) return {schema ? nullptr : stored};
  const View nodes = View(stored)["spec"]["nodes"];
  return {check_graph({stored, object.name, sorted_nodes(nodes), scratch}) ? stored : nullptr};
}

}  // namespace isvcc

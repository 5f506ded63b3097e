// setDefaultPodSpec (reconcilers/deployment, KServe v0.20.0): what the controller itself fills into pods of Standard mode.
#include "kserve/names.h"
#include "lower/lower.h"

namespace isvcc {
namespace {

// A field of the Go struct counts as unset when it is absent, null or the empty text.
bool is_unset(View value) { return !value || value.is_null() || (value.is_text() && value.size() == 0); }

void default_field(MapBuilder& out, std::string_view key, const Node* value) {
  if (is_unset(out.get(key))) out.set(key, value);
}

bool has_default_probe(View container) {
  const std::string_view name = container["name"].text();
  return name == names::kKserveContainer || name == names::kTransformerContainer;
}

// One set of default nodes serves all containers of a pod.
struct Defaults {
  Make make;
  const Node* message_path = make.borrowed("/dev/termination-log");
  const Node* message_policy = make.borrowed("File");
  const Node* pull_policy = make.borrowed("IfNotPresent");

  // The port is the container's first one, whatever it is for.
  const Node* readiness_probe(View container) const {
    const View port = container["ports"].item(0)["containerPort"];
    return make.map({{"tcpSocket", make.map({{"port", make.integer(container["ports"].size() ? port.integer().value_or(0) : 8080)}})},
                     {"timeoutSeconds", make.integer(1)},
                     {"periodSeconds", make.integer(10)},
                     {"successThreshold", make.integer(1)},
                     {"failureThreshold", make.integer(3)}});
  }

  const Node* container(View given) const {
    MapBuilder out(make.at(given), given);
    default_field(out, "terminationMessagePath", message_path);
    default_field(out, "terminationMessagePolicy", message_policy);
    default_field(out, "imagePullPolicy", pull_policy);
    if (has_default_probe(given) && is_unset(given["readinessProbe"])) out.set("readinessProbe", readiness_probe(given));
    return out.build();
  }

  const Node* containers(View given) const {
    std::vector<const Node*> out;
    out.reserve(given.size());
    for (const Node* c : given.items()) out.push_back(container(c));
    return make.list(out);
  }
};

}  // namespace

const Node* default_pod_spec(View pod_spec, Scratch& scratch) {
  const Defaults defaults{scratch.make(Pass::Component)};
  const Make& make = defaults.make;
  MapBuilder out(make, pod_spec);
  default_field(out, "dnsPolicy", make.borrowed("ClusterFirst"));
  default_field(out, "restartPolicy", make.borrowed("Always"));
  default_field(out, "terminationGracePeriodSeconds", make.integer(30));
  default_field(out, "securityContext", make.map({}));
  default_field(out, "schedulerName", make.borrowed("default-scheduler"));
  if (pod_spec["containers"].is_list()) out.set("containers", defaults.containers(pod_spec["containers"]));
  return out.build();
}

}  // namespace isvcc

#pragma once
// The IR between deciding and rendering: everything a service needs, in the order KServe's controller would build it. Data only.
// merge/ makes it, inject/ changes pods, lower/ reads it; `isvcc dump plan` prints it.
#include <optional>
#include <string>
#include <vector>

#include "kserve/object.h"
#include "kserve/profile.h"

namespace isvcc {

// Why KServe's controller would fail the service.
struct Failure {
  std::string reason;   // status.modelStatus.lastFailureInfo.reason, may be empty
  std::string message;  // the text KServe gives
  View where;           // the value to blame, may be absent
};

enum class DeploymentMode { Standard, Knative, ModelMesh, None };  // None: neither the service nor the configuration names one; reconciled as Knative until the routes fail
std::string_view mode_name(DeploymentMode mode);

enum class Role { Predictor, Canary, Transformer, Explainer, GraphRouter };
std::string_view role_name(Role role);  // label `component`: canaries are "predictor"

struct PodTemplate {
  const Node* labels = nullptr;
  const Node* annotations = nullptr;
  const Node* spec = nullptr;
};

// The second pod of a multi-node predictor (components.md 6).
struct WorkerPlan {
  std::string_view name;             // <isvc>-predictor-worker
  const Node* labels = nullptr;      // without `app`
  const Node* annotations = nullptr;
  PodTemplate pod;
  int64_t node_count = 1;            // RAY_NODE_COUNT
  int64_t head_gpus = 0, worker_gpus = 0;
  int64_t pipeline_parallel_size = 1, tensor_parallel_size = 1;
  bool ray = true;                   // executor backend: ray or mp
};

struct ComponentPlan {
  Role role = Role::Predictor;
  std::string_view name, namespace_; // of the objects made for it
  const Node* labels = nullptr;      // component metadata; `app` is added by the Standard builder
  const Node* annotations = nullptr;
  PodTemplate pod;                   // spec as merged; inject/ and the pod defaults complete it
  View extension;                    // minReplicas, maxReplicas, scaleTarget, autoScaling, logger, batcher, timeout, … of the component
  View storage_uris;                 // plural
  View storage_spec;                 // the predictor's `storage`
  std::string_view storage_container_name;
  std::optional<WorkerPlan> worker;
};

struct RuntimeChoice {
  const Object* object = nullptr;    // whose spec is used
  std::string_view kind, name;       // as KServe reports them
  bool automatic = false;
};

struct ServicePlan {
  const Object* service = nullptr;   // node: as stored
  const Node* isvc = nullptr;        // the stored object in the controller's memory: Go encoded, with runtime defaults applied
  DeploymentMode mode = DeploymentMode::Standard;
  std::optional<RuntimeChoice> runtime;
  std::vector<ComponentPlan> components;  // predictor, canaries, transformer, explainer
  bool multi_model = false;          // needs the modelconfig ConfigMap
  bool stopped = false;              // annotation serving.kserve.io/stop on the service
  bool complete = true;              // false: a component could not be planned; those before it are checked all the same

  std::string_view name() const { return service->name; }
  std::string_view namespace_() const { return service->namespace_; }
  const ComponentPlan* component(Role role) const;
};

// A text form for people and tests.
std::string dump_plan(const ServicePlan& plan);

// "true" in any case.
bool is_stopped(View annotations);

// `<isvc>-predictor`, or `<isvc>-<predictor.name>-predictor` (PredictorServiceName).
std::string predictor_name(View isvc, std::string_view service_name);

}  // namespace isvcc

#pragma once
// A compiled repository as the review commands see it: what each service became, and the runtimes it chose from. Refers to the
// compilation, owns nothing, changes nothing.
#include <string>
#include <vector>

#include "base/json_text.h"
#include "plan/plan.h"
#include "repo/repository.h"
#include "select/select.h"

namespace isvcc {

struct ServiceFacts {
  const Object* service = nullptr;
  const ServicePlan* plan = nullptr;  // null: admission refused the service
  const Failure* failure = nullptr;   // the controller's
};

struct Facts {
  const Repository& repository;
  const RuntimeIndex& runtimes;
  const Profile& profile;
  const Sources& sources;
  std::vector<ServiceFacts> services;  // by namespace and name
};

// The object whose spec the service's predictor uses, null without one.
const Object* runtime_of(const ServiceFacts& service);

// "namespace/name", or "name" of a cluster object, safe to print.
std::string short_name(const Object& object);
// "ClusterServingRuntime name", "ServingRuntime namespace/name".
std::string long_name(const Object& object);
// The same of a rendered object, by what it says of itself.
std::string long_name(View object);

// "file:line" of the object's name; "bundled" for KServe's own, "file at $.path" inside Jsonnet output.
std::string place_of(const Object& object, const Sources& sources);

// Members kind, namespace, name of an object that is already open.
void write_ref(JsonWriter& json, const Object& object);

}  // namespace isvcc

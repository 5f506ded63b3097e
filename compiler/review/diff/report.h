#pragma once
// Two sides → one report: what changes, for which services, with which effect. Everything a printer needs, nothing printed.
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/arena.h"
#include "review/diff/change.h"
#include "review/diff/filter.h"
#include "review/diff/side.h"
#include "review/diff/totals.h"

namespace isvcc::diff {

struct ObjectChange {
  const SideObject* before = nullptr;  // null: made
  const SideObject* after = nullptr;   // null: deleted
  Effects effects;
  std::vector<Change> changes;  // of an object that is on both sides

  const SideObject& object() const { return after ? *after : *before; }
};

// What becomes of a service's workloads as a whole.
enum class Running : uint8_t {
  GoesOn,
  Stops,    // it had some and has none
  Starts,   // it had none and has some
  Rebuilt,  // others take the place of those it had: another mode, another kind
};

struct ServiceChange {
  ObjectRef ref;  // no kind: objects that belong to no service
  SideService before, after;
  std::optional<ObjectRef> renamed_from;  // of a new service: one that is gone and is equal to it, or nearly so
  std::optional<ObjectRef> renamed_to;    // of one that is gone
  Running running = Running::GoesOn;
  Effects effects;
  std::vector<ObjectChange> objects;  // by kind and name

  bool runtime_switched() const;
  bool mode_switched() const { return before.state == ServiceState::Rendered && after.state == ServiceState::Rendered && before.mode != after.mode; }
  bool created() const { return !ref.kind.empty() && before.state == ServiceState::Absent; }
  bool deleted() const { return !ref.kind.empty() && after.state == ServiceState::Absent; }
  // Renders on one side only because the other has errors.
  bool breaks() const { return after.state == ServiceState::Broken || after.state == ServiceState::Unknown; }
  bool mends() const { return !breaks() && (before.state == ServiceState::Broken || before.state == ServiceState::Unknown); }
};

struct ErrorNews {
  std::vector<SideError> appeared, gone, on_both;
};

struct Report {
  std::string before_label, after_label;
  std::vector<ServiceChange> services;  // by effect, the worst first, then by name
  ErrorNews errors;
  size_t services_before = 0, services_after = 0, objects_before = 0, objects_after = 0;
  Demand demand_before, demand_after;  // of what can be compared
  Amounts surge;          // what exists on top while restarted pods are replaced
  size_t ignored = 0;     // changes that filters left out
  std::deque<Arena> arenas;  // texts that changes point to

  bool same() const { return services.empty() && errors.appeared.empty() && errors.gone.empty(); }
};

struct ReportOptions {
  size_t threads = 1;
  Filter filter = {};
};

Report compare_sides(const Side& before, const Side& after, const ReportOptions& options);

}  // namespace isvcc::diff

#include <algorithm>

#include "base/text.h"
#include "plan/plan.h"

namespace isvcc {

static void dump_value(std::string& out, View value, size_t indent);

static void dump_field(std::string& out, const Field& f, size_t indent) {
  out += cat(std::string(indent, ' '), printable(f.key()), ':');
  const View value = f.value;
  if (value.has_children()) {
    out += '\n';
    dump_value(out, value, indent + 2);
  } else {
    out += cat(' ', brief(value, 200), '\n');
  }
}

static void dump_value(std::string& out, View value, size_t indent) {
  std::vector<Field> fields(value.fields().begin(), value.fields().end());
  std::sort(fields.begin(), fields.end(), [](const Field& a, const Field& b) { return a.key() < b.key(); });
  for (const Field& f : fields) dump_field(out, f, indent);
  for (const Node* item : value.items()) {
    if (!View(item).is_map()) {
      out += cat(std::string(indent, ' '), "- ", brief(item, 200), '\n');
      continue;
    }
    out += cat(std::string(indent, ' '), "-\n");
    dump_value(out, item, indent + 2);
  }
}

static void dump_section(std::string& out, std::string_view title, View value, size_t indent) {
  if (!value || value.size() == 0) return;
  out += cat(std::string(indent, ' '), title, ":\n");
  dump_value(out, value, indent + 2);
}

static void dump_worker(std::string& out, const WorkerPlan& w) {
  out += cat("    worker ", w.name, ": ", w.ray ? "ray" : "mp", ", nodes ", w.node_count, ", GPUs head ", w.head_gpus, " worker ", w.worker_gpus,
             ", pipeline ", w.pipeline_parallel_size, " tensor ", w.tensor_parallel_size, '\n');
  dump_section(out, "labels", w.labels, 6);
  dump_section(out, "annotations", w.annotations, 6);
  dump_section(out, "pod", w.pod.spec, 6);
}

static void dump_component(std::string& out, const ComponentPlan& c) {
  out += cat("  ", c.role == Role::Canary ? "canary" : role_name(c.role), ' ', c.name, '\n');
  dump_section(out, "labels", c.pod.labels, 4);
  dump_section(out, "annotations", c.pod.annotations, 4);
  dump_section(out, "pod", c.pod.spec, 4);
  if (c.worker) dump_worker(out, *c.worker);
}

std::string dump_plan(const ServicePlan& plan) {
  std::string out = cat("service ", plan.namespace_(), '/', plan.name(), "\n  mode ", mode_name(plan.mode), plan.stopped ? ", stopped" : "",
                        plan.multi_model ? ", multi-model" : "", '\n');
  if (plan.runtime) out += cat("  runtime ", plan.runtime->kind, ' ', plan.runtime->name, plan.runtime->automatic ? " (selected)" : " (named)", '\n');
  for (const ComponentPlan& c : plan.components) dump_component(out, c);
  return out;
}

}  // namespace isvcc

// Pods that contradict themselves.
#include <algorithm>
#include <map>

#include "base/seen_texts.h"
#include "base/text.h"
#include "lint/checks.h"

namespace isvcc {

static std::string_view vendor_of(std::string_view resource) {
  for (std::string_view vendor : {"nvidia.com/", "amd.com/", "intel.com/", "habana.ai/"})
    if (starts_with(resource, vendor)) return vendor.substr(0, vendor.size() - 1);
  return {};
}

void check_gpu_vendors(const LintedService& service, const LintContext&, Scratch& scratch) {
  for (const RenderedPod& pod : service.pods) {
    std::map<std::string_view, View> vendors;
    for (const View container : pod.containers) {
      const View resources = container["resources"];
      for (const View side : {resources["limits"], resources["requests"]})
        for (const Field& f : side.fields())
          if (const std::string_view vendor = vendor_of(f.key()); !vendor.empty()) vendors.emplace(vendor, f.value);
    }
    if (vendors.size() < 2) continue;
    scratch.diags
        .report(Code::MixedGpuVendors, Stage::Reference, vendors.rbegin()->second,
                cat("the pod asks for GPUs of ", vendors.begin()->first, " and of ", vendors.rbegin()->first, ": no node has both"))
        .label(vendors.begin()->second, cat("the other one: ", vendors.begin()->first));
  }
}

// The value of `--flag=value` or `--flag value`, absent when the flag is not there.
static std::optional<int64_t> flag_value(View args, std::string_view flag) {
  for (size_t i = 0; i < args.items().size(); ++i) {
    const std::string_view arg = args.item(i).text();
    if (arg == flag) return parse_int(args.item(i + 1).text());
    if (starts_with(arg, flag) && arg.size() > flag.size() && arg[flag.size()] == '=') return parse_int(arg.substr(flag.size() + 1));
  }
  return std::nullopt;
}

static void check_probe(View probe, std::string_view name, int64_t listening, View container, Scratch& scratch) {
  for (const View port : {probe["httpGet"]["port"], probe["tcpSocket"]["port"]}) {
    if (!port.integer() || *port.integer() == listening || span_of(port).file == 0) continue;
    const bool declared = std::any_of(container["ports"].items().begin(), container["ports"].items().end(),
                                      [&](const Node* p) { return View(p)["containerPort"].integer() == port.integer(); });
    if (declared) continue;
    scratch.diags.report(Code::ProbePort, Stage::Reference, port,
                         cat(name, " of container ", quote(container["name"].text()), " asks port ", *port.integer(), ", but its arguments say it listens on ", listening));
  }
}

static void check_container_probes(View container, Scratch& scratch) {
  auto port = flag_value(container["args"], "--http_port");
  if (!port) port = flag_value(container["args"], "--port");
  if (!port) return;
  for (std::string_view probe : {"readinessProbe", "livenessProbe", "startupProbe"}) check_probe(container[probe], probe, *port, container, scratch);
}

void check_probe_ports(const LintedService& service, const LintContext&, Scratch& scratch) {
  for (const RenderedPod& pod : service.pods)
    for (const View container : pod.containers) check_container_probes(container, scratch);
}

static void check_flags(View container, Scratch& scratch) {
  SeenTexts seen;
  std::vector<View> first;
  first.reserve(container["args"].items().size());
  for (const Node* arg : container["args"].items()) {
    const std::string_view text = View(arg).text();
    if (!starts_with(text, "--") || text.size() < 3) continue;
    const std::string_view flag = text.substr(0, text.find('='));
    const SeenTexts::Place place = seen.add(flag);
    if (place.fresh) first.push_back(arg);
    if (place.fresh || span_of(arg).file == 0) continue;
    scratch.diags
        .report(Code::RepeatedFlag, Stage::Reference, arg,
                cat("flag ", quote(flag), " of container ", quote(container["name"].text()), " is given twice: KServe appends the service's arguments to the runtime's"))
        .label(first[place.number], "given here first")
        .hinting("most servers let the last one win; change the runtime, or give the service its own");
  }
}

void check_repeated_flags(const LintedService& service, const LintContext&, Scratch& scratch) {
  for (const RenderedPod& pod : service.pods)
    for (const View container : pod.containers) check_flags(container, scratch);
}

// Resource limits that the mutating webhook added: their values stand in no file.
void check_default_limits(const LintedService& service, const LintContext&, Scratch& scratch) {
  const View spec = service.plan.service->view()["spec"];
  for (const View component : {spec["predictor"], spec["transformer"], spec["explainer"]}) {
    const View container = component["containers"].item(0);
    std::string added;
    for (const Field& f : container["resources"]["limits"].fields())
      if (f.value->origin.file == 0) added += cat(added.empty() ? "" : ", ", f.key(), ' ', View(f.value).text());
    if (added.empty() || container.node()->origin.file == 0) continue;
    scratch.diags.report(Code::DefaultLimits, Stage::Reference, container,
                         cat("KServe adds limits (", added, ") to container ", quote(container["name"].text()), " because it states none"))
        .hinting("state resources yourself; the defaults come from inferenceService.resource of the inferenceservice-config");
  }
}

}  // namespace isvcc

#include "review/diff/print_json.h"

#include "base/json_text.h"
#include "emit/yaml_writer.h"
#include "review/diff/fold.h"
#include "review/diff/wording.h"

namespace isvcc::diff {
namespace {

std::string_view state_name(ServiceState state) {
  constexpr std::string_view kNames[] = {"absent", "rendered", "broken", "unknown"};
  return kNames[static_cast<size_t>(state)];
}

class Writer {
 public:
  explicit Writer(const Report& report) : report_(report), folding_(fold(report)), json_(out_, 2) {}

  std::string run();

 private:
  void ref(const ObjectRef& r) { json_.begin_object().member("kind", r.kind).member("namespace", r.namespace_).member("name", r.name).end_object(); }
  void count(std::string_view name, size_t value) { json_.member(name, static_cast<int64_t>(value)); }
  void side(std::string_view name, const std::string& label, size_t services, size_t objects);
  void effects(Effects effects);
  void amounts(std::string_view name, const Amounts& amounts);
  void demand(std::string_view name, const Demand& demand);
  void totals();
  void errors(std::string_view name, const std::vector<SideError>& errors);
  void value(std::string_view name, View value);
  void change(const Change& change);
  void object(const ObjectChange& object);
  void objects(const std::vector<ObjectChange>& objects);
  void service_side(std::string_view name, const SideService& service);
  void service(size_t index);
  void shared(size_t index);

  const Report& report_;
  const Folding folding_;
  std::string out_;
  JsonWriter json_;
};

void Writer::side(std::string_view name, const std::string& label, size_t services, size_t objects) {
  json_.key(name).begin_object().member("label", label);
  count("services", services);
  count("objects", objects);
  json_.end_object();
}

void Writer::effects(Effects effects) {
  json_.key("effects").begin_array();
  for (int e = kEffects; e-- > 0;)
    if (effects.has(static_cast<Effect>(e))) json_.text(effect_name(static_cast<Effect>(e)));
  json_.end_array();
}

void Writer::amounts(std::string_view name, const Amounts& amounts) {
  json_.key(name).begin_object().member("pods", amounts.pods).member("cpuMilli", amounts.cpu_milli).member("memoryBytes", amounts.memory_bytes);
  json_.key("devices").begin_object();
  for (const auto& [device, number] : amounts.devices) json_.member(device, number);
  json_.end_object().end_object();
}

void Writer::demand(std::string_view name, const Demand& demand) {
  json_.key(name).begin_object();
  amounts("least", demand.least);
  amounts("most", demand.most);
  json_.key("bounded").boolean(demand.bounded).end_object();
}

void Writer::totals() {
  json_.key("totals").begin_object();
  demand("before", report_.demand_before);
  demand("after", report_.demand_after);
  amounts("surge", report_.surge);
  json_.end_object();
}

void Writer::errors(std::string_view name, const std::vector<SideError>& errors) {
  json_.key(name).begin_array();
  for (const SideError& e : errors) {
    json_.begin_object().member("code", e.code).member("message", e.message).member_if("hint", e.hint).member_if("file", e.file);
    if (e.line) json_.member("line", int64_t{e.line}).member("column", int64_t{e.column});
    if (!e.object.kind.empty()) {
      json_.key("object");
      ref(e.object);
    }
    json_.end_object();
  }
  json_.end_array();
}

void Writer::value(std::string_view name, View value) {
  if (!value) return;
  std::string text;
  write_json(text, value);
  json_.key(name).raw(text);
}

void Writer::change(const Change& change) {
  json_.begin_object().member("op", op_name(change.op)).member("path", change.path).member("effect", effect_name(change.effect));
  if (change.secret) json_.key("secret").boolean(true);
  value("before", change.before);
  value("after", change.after);
  json_.end_object();
}

void Writer::object(const ObjectChange& object) {
  const SideObject& o = object.object();
  json_.begin_object().member("apiVersion", o.api_version).member("kind", o.kind).member_if("namespace", o.namespace_).member("name", o.name);
  json_.member("change", !object.before ? "created" : !object.after ? "deleted" : "changed");
  effects(object.effects);
  json_.key("changes").begin_array();
  for (const Change& c : object.changes) change(c);
  json_.end_array().end_object();
}

void Writer::objects(const std::vector<ObjectChange>& objects) {
  for (const ObjectChange& o : objects) object(o);
}

void Writer::service_side(std::string_view name, const SideService& service) {
  json_.key(name).begin_object().member("state", state_name(service.state)).member_if("problem", service.problem).member_if("deploymentMode", service.mode);
  if (!service.runtime_name.empty())
    json_.key("runtime").begin_object().member("kind", service.runtime_kind).member("name", service.runtime_name).key("selected").boolean(service.automatic).end_object();
  json_.member_if("file", service.file).end_object();
}

void Writer::service(size_t index) {
  const ServiceChange& s = report_.services[index];
  json_.begin_object().member("kind", s.ref.kind).member("namespace", s.ref.namespace_).member("name", s.ref.name);
  effects(s.effects);
  json_.key("runtimeSwitched").boolean(s.runtime_switched()).key("breaks").boolean(s.breaks());
  service_side("before", s.before);
  service_side("after", s.after);
  if (s.renamed_from) {
    json_.key("renamedFrom");
    ref(*s.renamed_from);
  }
  if (s.renamed_to) {
    json_.key("renamedTo");
    ref(*s.renamed_to);
  }
  json_.key("shared").begin_array();
  for (size_t b : folding_.shared[index]) json_.integer(static_cast<int64_t>(b));
  json_.end_array().key("objects").begin_array();
  objects(s.objects);
  json_.end_array().end_object();
}

void Writer::shared(size_t index) {
  const Bundle& b = folding_.bundles[index];
  const ServiceChange& first = report_.services[b.services[0]];
  json_.begin_object().member("id", static_cast<int64_t>(index));
  effects(b.effects);
  json_.key("services").begin_array();
  for (size_t s : b.services) ref(report_.services[s].ref);
  json_.end_array().key("changes").begin_array();
  for (const ToldChange& told : b.changes) {
    json_.begin_object().key("objects").begin_array();
    for (const ObjectName& o : told.objects) json_.begin_object().member("kind", o.kind).member("name", o.name).end_object();
    json_.end_array().key("variants").begin_array();
    for (const std::string& v : told.variants) json_.text(v);
    json_.end_array();
    const ObjectChange& object = object_of(first, told);
    json_.member("object", !object.before ? "created" : !object.after ? "deleted" : "changed");
    if (const Change* c = change_of(first, told)) {
      json_.key("change");
      change(*c);
    }
    json_.end_object();
  }
  json_.end_array().end_object();
}

std::string Writer::run() {
  json_.begin_object().member("schema", kDiffSchema).member("verdict", verdict(report_)).key("same").boolean(report_.same());
  side("before", report_.before_label, report_.services_before, report_.objects_before);
  side("after", report_.after_label, report_.services_after, report_.objects_after);
  totals();
  json_.key("errors").begin_object();
  errors("appeared", report_.errors.appeared);
  errors("gone", report_.errors.gone);
  errors("onBoth", report_.errors.on_both);
  json_.end_object();
  count("ignored", report_.ignored);
  json_.key("shared").begin_array();
  for (size_t b = 0; b < folding_.bundles.size(); ++b) shared(b);
  json_.end_array().key("services").begin_array();
  for (size_t s = 0; s < report_.services.size(); ++s)
    if (!report_.services[s].ref.kind.empty()) service(s);
  json_.end_array().key("otherObjects").begin_array();
  for (const ServiceChange& s : report_.services)
    if (s.ref.kind.empty()) objects(s.objects);
  json_.end_array().end_object();
  return out_ + '\n';
}

}  // namespace

std::string print_json(const Report& report) { return Writer(report).run(); }

}  // namespace isvcc::diff

#include <algorithm>

#include "base/text.h"
#include "review/explain.h"
#include "review/text_table.h"
#include "select/labels.h"

namespace isvcc {
namespace {

std::string listed(View items) {
  std::string out;
  for (const Node* item : items.items()) out += cat(out.empty() ? "" : ", ", printable(View(item).text()));
  return out;
}

std::string versions_of(View spec, std::string_view format) {
  std::string out;
  for (const Node* entry : spec["supportedModelFormats"].items())
    if (View(entry)["name"].text() == format && View(entry)["version"]) out += cat(out.empty() ? "" : ", ", printable(View(entry)["version"].text()));
  return out;
}

std::string scope_word(const Runtime& r) { return r.cluster ? "cluster" : cat("namespace ", printable(r.object->namespace_)); }

std::string class_words(int protocol_class) {
  const std::string_view protocol = protocol_of_class(protocol_class);
  return protocol.empty() ? cat(protocol_class) : cat(protocol_class, " (", protocol, ")");
}

std::string head_text(const Explanation& e, const Facts& facts) {
  const Object& service = *e.service->service;
  std::string out = cat(long_name(service), " (", place_of(service, facts.sources), ")\n");
  if (!e.service->plan) return out + "refused at admission: `isvcc check` says why\n";
  out += cat("mode      ", e.mode, ", from ", e.mode_reason, '\n');
  if (!e.question.empty()) out += cat("asks for  ", e.question, '\n');
  if (e.runtime) out += cat("runtime   ", long_name(*e.runtime), " (", place_of(*e.runtime, facts.sources), "), ", e.choice == Choice::Named ? "named by the service" : "selected automatically", '\n');
  if (e.choice == Choice::None) out += e.mode == "ModelMesh" ? "runtime   none: ModelMesh serves it\n" : "runtime   none: the predictor brings its own containers\n";
  if (e.service->failure) out += cat("fails     ", e.service->failure->reason, e.service->failure->reason.empty() ? "" : ": ", printable(e.service->failure->message), '\n');
  return out;
}

std::string survivors_text(const Explanation& e) {
  TextTable table;
  table.row({"", "runtime", "scope", "priority", "protocol class", "created"});
  size_t rank = 0;
  for (const Candidate& c : e.candidates) {
    if (c.drop != Drop::None) continue;
    table.row({cat(++rank), printable(c.runtime->object->name), scope_word(*c.runtime), c.priority ? cat(*c.priority) : "none", class_words(c.runtime->protocol_class),
               printable(metadata(c.runtime->object->written)["creationTimestamp"].text("not stated"))});
  }
  return rank == 0 ? "\nno candidates\n" : cat("\ncandidates, in KServe's order\n", table.text());
}

std::string dropped_text(const Explanation& e, View model) {
  TextTable table;
  size_t others = 0;
  for (const Candidate& c : e.candidates) {
    if (c.drop == Drop::Format) ++others;
    else if (c.drop != Drop::None) table.row({short_name(*c.runtime->object), drop_sentence(c, model)});
  }
  if (others) table.row({cat(others, others == 1 ? " other" : " others"), cat(others == 1 ? "does not list " : "do not list ", printable(model["modelFormat"]["name"].text()))});
  return table.empty() ? "" : cat("\ndropped\n", table.text());
}

std::string change_words(const WhatIf& w) { return w.where ? cat(short_name(*w.where), ": ", w.change) : w.change; }

std::string outcome_words(const WhatIf& w) { return w.runtime ? short_name(*w.runtime) : "no runtime: the service fails"; }

std::string changes_text(const Explanation& e) {
  TextTable table;
  for (const WhatIf& w : e.changes) table.row({change_words(w), cat("→ ", outcome_words(w))});
  return table.empty() ? "" : cat("\nsingle changes that would alter the answer\n", table.text());
}

std::string fragile_text(const Explanation& e) {
  if (e.fragile.empty()) return {};
  std::string out = "\nhow firm that is\n";
  for (const std::string& sentence : e.fragile) out += cat("  ", sentence, '\n');
  return out;
}

void write_candidate(JsonWriter& json, const Candidate& c, View model) {
  write_ref(json.begin_object(), *c.runtime->object);
  json.key("candidate").boolean(c.drop == Drop::None);
  if (c.drop != Drop::None) json.member("dropped", drop_word(c.drop)).member("why", drop_sentence(c, model));
  if (c.priority) json.member("priority", *c.priority);
  json.member("protocolClass", c.runtime->protocol_class).member_if("created", metadata(c.runtime->object->written)["creationTimestamp"].text()).end_object();
}

void write_optional(JsonWriter& json, std::string_view key, const Object* object) {
  if (!object) return;
  write_ref(json.key(key).begin_object(), *object);
  json.end_object();
}

void write_change(JsonWriter& json, const WhatIf& w) {
  json.begin_object().member("change", w.change);
  write_optional(json, "of", w.where);
  w.runtime ? write_optional(json, "runtime", w.runtime) : void(json.key("runtime").null());
  json.end_object();
}

std::string_view choice_word(Choice choice) { return choice == Choice::None ? "none" : choice == Choice::Named ? "named" : "automatic"; }

}  // namespace

std::string drop_sentence(const Candidate& c, View model) {
  const View spec = c.runtime->spec;
  const std::string_view format = model["modelFormat"]["name"].text();
  switch (c.drop) {
    case Drop::Protocol: return cat("speaks ", listed(spec["protocolVersions"]), ", not ", printable(wanted_protocol(model)));
    case Drop::Version: {
      const std::string versions = versions_of(spec, format);
      return versions.empty() ? cat("lists ", printable(format), " without a version") : cat("lists ", printable(format), " in version ", versions, ", not ", printable(model["modelFormat"]["version"].text()));
    }
    case Drop::NotAutoSelectable: return cat("lists ", printable(format), " without autoSelect: must be named");
    case Drop::Format: return cat("does not list ", printable(format));
    default: return std::string(drop_words(c.drop));
  }
}

std::string explanation_text(const Explanation& e, const Facts& facts) {
  std::string out = head_text(e, facts);
  if (e.choice == Choice::None) return out;
  const View model = e.service->service->view().at("spec.predictor.model");
  if (e.choice == Choice::Automatic) out += survivors_text(e) + dropped_text(e, model);
  return out + fragile_text(e) + changes_text(e);
}

std::string explanation_json(const Explanation& e, const Facts& facts) {
  std::string out;
  JsonWriter json(out, 2);
  const Object& service = *e.service->service;
  json.begin_object().member("schema", "isvcc.dev/explain/v1").member("namespace", service.namespace_).member("name", service.name);
  json.member("source", place_of(service, facts.sources)).key("admitted").boolean(e.service->plan != nullptr);
  json.member_if("deploymentMode", e.mode).member_if("deploymentModeFrom", e.mode_reason).member("choice", choice_word(e.choice));
  if (e.runtime) write_optional(json, "runtime", e.runtime);
  if (e.service->failure) json.member_if("failureReason", e.service->failure->reason).member("failureMessage", e.service->failure->message);
  const View model = service.view().at("spec.predictor.model");
  json.member_if("question", e.question).key("candidates").begin_array();
  for (const Candidate& c : e.candidates) write_candidate(json, c, model);
  json.end_array().key("fragile").begin_array();
  for (const std::string& sentence : e.fragile) json.text(sentence);
  json.end_array().key("changes").begin_array();
  for (const WhatIf& w : e.changes) write_change(json, w);
  json.end_array().end_object();
  return out + '\n';
}

}  // namespace isvcc

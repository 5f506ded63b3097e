#include "driver/pins/source_pins.h"

#include <algorithm>

#include "base/text.h"
#include "driver/pin.h"
#include "driver/pins/written_map.h"

namespace isvcc {
namespace {

constexpr std::string_view kPredictor = "spec.predictor", kModel = "spec.predictor.model", kRuntime = "spec.predictor.model.runtime";

// What the author has to write, and where: in `model`, or in the old field that becomes it.
struct Wish {
  std::string_view framework;  // empty: there is a model already
  const Node* entries;
  std::string words;
};

Wish wish_for(View written, View model, const Make& make) {
  const Node* runtime = make.text(model["runtime"].text());
  std::string words = cat("runtime: ", model["runtime"].text());
  if (written.at("spec.predictor.model")) return {{}, make.map({{"runtime", runtime}}), std::move(words)};
  const std::string_view framework = model.at("modelFormat.name").text(), protocol = model["protocolVersion"].text();
  // Some old fields have another protocol by default than a model has.
  const bool says_protocol = View(written.at("spec.predictor"))[framework]["protocolVersion"] || protocol == "v1" || protocol.empty();
  const Node* format = make.map({{"name", make.text(framework)}});
  words = cat("model: {modelFormat: {name: ", framework, "}, ", says_protocol ? "" : cat("protocolVersion: ", protocol, ", "), words, ", …} instead of ", framework);
  return {framework, make.map({{"modelFormat", format}, {"protocolVersion", says_protocol ? nullptr : make.text(protocol)}, {"runtime", runtime}}), std::move(words)};
}

std::vector<TextEdit> edits_for(std::string_view text, View written, const Wish& wish, std::string& why) {
  if (written.at("spec.predictor.model").field("runtime")) return why = "its model has an empty runtime already", std::vector<TextEdit>();
  const std::string_view key = wish.framework.empty() ? "model" : wish.framework;
  const auto map = WrittenMap::find(text, written, {"spec", "predictor", key}, why);
  if (!map) return why = cat("its ", key, ' ', why), std::vector<TextEdit>();
  std::vector<TextEdit> edits;
  if (!wish.framework.empty()) edits.push_back(map->rename("model"));
  edits.push_back(map->add(wish.entries));
  return edits;
}

// Why a source is not edited at all; empty when it may be.
std::string closed_source(const Source& source, const FileSystem& files) {
  if (source.generated) return "Jsonnet makes the service";
  const FilePlace place = files.locate(source.name);
  if (place.status != FileStatus::Good || place.kind != FileKind::File) return "it is no file of the project";
  if (place.path != source.name) return "it stands behind a symbolic link";
  return files.read(source.name, SIZE_MAX).text == source.text ? std::string() : "its file is not written in UTF-8";
}

void refuse(const SourcePin::User& user, std::string_view at, std::string_view words, std::string_view why) {
  const Object& service = *user.result->service;
  Diagnostics& diags = user.session->result.diags;
  diags.about(service.ref());
  diags.report(Code::CannotEdit, Stage::Render, metadata(service.written)["name"], cat("the runtime of ", service.namespace_, '/', service.name, " is not named here: ", why))
      .hinting(cat("write ", words, " in ", service.json_path.empty() ? "" : cat(service.json_path, '.'), at));
}

// The services of a session that run, as they are stored once they are pinned.
template <class Visit>
void each_pinned(Session& session, const Visit& visit) {
  Compilation& result = session.result;
  Scratch scratch{result.arenas.emplace_back(), result.diags};
  for (const ServiceResult& service : result.services)
    if (service.admitted && !service.failure && !service.pod_refused) visit(service, pin_service(service, false, result, scratch).stored);
}

std::string cluster_words(const Session& session, std::string_view words) { return session.cluster().empty() ? std::string(words) : cat(words, " (", session.cluster(), ')'); }

}  // namespace

SourcePins::SourcePins(std::deque<Session>& sessions, const FileSystem& files) {
  for (Session& session : sessions) look_at(session, files);
}

void SourcePins::look_at(Session& session, const FileSystem& files) {
  each_pinned(session, [&](const ServiceResult& result, const Node* stored) {
    forms_.emplace(std::pair(session.cluster(), result.service->ref()), stored);
    if (stored) want({&session, &result}, stored, files);
  });
}

void SourcePins::want(const SourcePin::User& user, const Node* stored, const FileSystem& files) {
  const Object& service = *user.result->service;
  Compilation& result = user.session->result;
  const View written = service.written;
  if (View(stored).at(kRuntime).text().empty() || !written.at(kRuntime).text().empty()) return;
  const Wish wish = wish_for(written, View(stored).at(kModel), Make(result.arenas.back()));
  const Source& source = result.sources.get(service.file);
  SourcePin pin{source.name, wish.words, {}, {user}};
  std::string why = closed_source(source, files);
  if (why.empty()) pin.edits = edits_for(source.text, written, wish, why);
  if (why.empty()) agree(std::move(pin));
  else refuse(user, wish.framework.empty() ? kModel : kPredictor, pin.words, why);
}

// Clusters that share a source have to want the same of it.
void SourcePins::agree(SourcePin pin) {
  const SourcePin::User user = pin.users.front();
  const auto [at, fresh] = by_place_.try_emplace(std::pair(pin.file, pin.edits.front().begin), pins_.size());
  if (fresh) {
    sources_.emplace(pin.file, user.session->result.sources.get(user.result->service->file).text);
    pins_.push_back(std::move(pin));
    return;
  }
  SourcePin& other = pins_[at->second];
  other.users.push_back(user);
  if (other.edits == pin.edits) return;
  take_back(other, cat("its clusters want different ones, ", cluster_words(*other.users.front().session, other.words), " and ", cluster_words(*user.session, pin.words)));
}

bool SourcePins::take_back(SourcePin& pin, std::string_view why) {
  if (pin.refused) return false;
  pin.refused = true;
  for (const SourcePin::User& user : pin.users) refuse(user, kPredictor, pin.words, why);
  return true;
}

// ---- what the edited sources come to

std::set<std::pair<std::string, ObjectRef>> SourcePins::changed(std::deque<Session>& again) const {
  std::set<std::pair<std::string, ObjectRef>> others;
  for (const auto& [who, stored] : forms_) others.insert(who);
  for (Session& session : again)
    each_pinned(session, [&](const ServiceResult& result, const Node* stored) {
      const auto before = forms_.find(std::pair(session.cluster(), result.service->ref()));
      if (before == forms_.end() || (stored == nullptr) != (before->second == nullptr)) return;
      if (!stored || equal(stored, before->second)) others.erase(before->first);
    });
  return others;
}

bool SourcePins::hold(std::deque<Session>& again) {
  const auto wrong = changed(again);
  bool held = true;
  for (SourcePin& pin : pins_)
    for (size_t i = 0; i < pin.users.size(); ++i)
      if (wrong.contains(std::pair(pin.users[i].session->cluster(), pin.users[i].result->service->ref())) && take_back(pin, "the service would not stay what it is")) held = false;
  if (held && !wrong.empty())  // somebody else reads these files
    for (SourcePin& pin : pins_)
      if (take_back(pin, cat("the edits of this run would change ", wrong.begin()->second.namespace_, '/', wrong.begin()->second.name))) held = false;
  return held;
}

// ---- answers

std::map<std::string, std::vector<TextEdit>> SourcePins::edits() const {
  std::map<std::string, std::vector<TextEdit>> files;
  for (const SourcePin& pin : pins_)
    if (!pin.refused) files[pin.file].insert(files[pin.file].end(), pin.edits.begin(), pin.edits.end());
  for (auto& [file, list] : files) std::sort(list.begin(), list.end());
  return files;
}

FileTexts SourcePins::texts() const {
  FileTexts texts;
  for (const auto& [file, list] : edits()) texts.emplace(file, edited(source_text(file), list));
  return texts;
}

size_t SourcePins::count() const {
  return static_cast<size_t>(std::count_if(pins_.begin(), pins_.end(), [](const SourcePin& pin) { return !pin.refused; }));
}

}  // namespace isvcc

#include "review/diff/fold.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"
#include "review/diff/edit.h"
#include "review/diff/wording.h"

namespace isvcc::diff {
namespace {

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::string with_placeholder(std::string_view text, std::string_view word, std::string_view placeholder) {
  std::string out;
  size_t from = 0;
  for (size_t at = word.empty() ? std::string_view::npos : text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool starts = at == 0 || !is_word(text[at - 1]), ends = at + word.size() == text.size() || !is_word(text[at + word.size()]);
    if (!starts || !ends || at < from) continue;
    out.append(text.substr(from, at - from)).append(placeholder);
    from = at + word.size();
  }
  return out.append(text.substr(from));
}

std::string value_text(View value) { return value ? brief(value, SIZE_MAX) : std::string(); }

// Everything a change says, word for word.
std::string text_of(const Change& change) { return cat(change.path, '\0', value_text(change.before), '\0', value_text(change.after)); }

// Which objects may share a change: pods whatever makes them, metadata of any object, else objects of one kind.
std::string scope_of(const Change& change, const SideObject& object) {
  if (is_in_pod(change, object.kind)) return "pod";
  return starts_with(change.path, "metadata.") ? std::string("metadata") : kind_words(object);
}

// Text that changes share exactly when they are told as one.
std::string signature(const ObjectRef& service, const ObjectChange& object, const Change* change) {
  const SideObject& o = object.object();
  if (!change) return sha256_hex(generic(cat(object.after ? '+' : '-', kind_words(o), '\0', o.name, '\0', value_text(o.node)), service));
  std::string out = cat(scope_of(*change, o), '\0', static_cast<int>(change->op), change->secret ? 's' : ' ', generic(change->path, service), '\0');
  if (const auto edit = edit_of(*change)) return cat(out, edit->head.empty() ? "" : "…", edit->before, '\0', edit->after, edit->tail.empty() ? "" : "…");
  return cat(out, generic(cat(value_text(change->before), '\0', value_text(change->after)), service));
}

bool folds(const ServiceChange& s) { return !s.ref.kind.empty() && s.before.state != ServiceState::Absent && s.after.state != ServiceState::Absent; }

struct Occurrence {
  size_t service;
  ChangeRef place;
};
using Occurrences = std::map<std::string, std::vector<Occurrence>>;

Occurrences occurrences(const Report& report) {
  Occurrences out;
  for (size_t s = 0; s < report.services.size(); ++s) {
    const ServiceChange& service = report.services[s];
    // What is not to be shared has names that nobody else has.
    const std::string alone = folds(service) ? std::string() : cat(s, '\0');
    for (size_t o = 0; o < service.objects.size(); ++o) {
      const ObjectChange& object = service.objects[o];
      if (!object.before || !object.after) out[alone + signature(service.ref, object, nullptr)].push_back({s, {o, std::nullopt}});
      for (size_t c = 0; c < object.changes.size(); ++c) out[alone + signature(service.ref, object, &object.changes[c])].push_back({s, {o, c}});
    }
  }
  return out;
}

// ---- one change, everywhere it is

class Teller {
 public:
  Teller(const Report& report, const std::vector<Occurrence>& places) : report_(report), places_(places), shared_(places.front().service != places.back().service) {}

  ToldChange told() const {
    ToldChange out{places_[0].place, objects(), false, {}};
    const Change* first = change(places_[0]);
    if (!first || std::all_of(places_.begin(), places_.end(), [&](const Occurrence& o) { return text_of(*change(o)) == text_of(*first); })) return out;
    out.placeholders = shared_;
    const std::set<std::string> around = surroundings();
    if (around.size() > 1) out.variants.assign(around.begin(), around.end());
    return out;
  }
  std::vector<size_t> services() const {
    std::vector<size_t> out;
    for (const Occurrence& o : places_)
      if (out.empty() || out.back() != o.service) out.push_back(o.service);
    return out;
  }

 private:
  const ServiceChange& service(const Occurrence& o) const { return report_.services[o.service]; }
  const Change* change(const Occurrence& o) const { return o.place.change ? &service(o).objects[o.place.object].changes[*o.place.change] : nullptr; }
  std::string spelled(std::string_view text, const Occurrence& o) const { return shared_ ? generic(text, service(o).ref) : std::string(text); }

  std::vector<ObjectName> objects() const {
    std::set<ObjectName> names;
    for (const Occurrence& o : places_) {
      const SideObject& object = service(o).objects[o.place.object].object();
      names.insert({kind_words(object), spelled(object.name, o)});
    }
    return {names.begin(), names.end()};
  }
  std::set<std::string> surroundings() const {
    std::set<std::string> out;
    for (const Occurrence& o : places_)
      if (const auto edit = edit_of(*change(o))) out.insert(spelled(cat(edit->head, "…", edit->tail), o));
    return out;
  }

  const Report& report_;
  const std::vector<Occurrence>& places_;
  bool shared_;
};

// Those of the same objects together, the objects in the order in which the service has them.
void sort_changes(std::vector<ToldChange>& changes) {
  std::map<std::vector<ObjectName>, size_t> first;
  for (const ToldChange& c : changes) {
    const auto [at, fresh] = first.try_emplace(c.objects, c.place.object);
    if (!fresh) at->second = std::min(at->second, c.place.object);
  }
  std::stable_sort(changes.begin(), changes.end(), [&](const ToldChange& a, const ToldChange& b) {
    return std::tie(first[a.objects], a.objects, a.place.object, a.place.change) < std::tie(first[b.objects], b.objects, b.place.object, b.place.change);
  });
}

void sort_bundles(std::vector<Bundle>& bundles) {
  std::stable_sort(bundles.begin(), bundles.end(), [](const Bundle& a, const Bundle& b) {
    return a.effects.worst() != b.effects.worst() ? a.effects.worst() > b.effects.worst() : a.services.size() > b.services.size();
  });
}

}  // namespace

std::string generic(std::string_view text, const ObjectRef& service) {
  return with_placeholder(with_placeholder(text, service.name, kServicePlaceholder), service.namespace_, kNamespacePlaceholder);
}

const ObjectChange& object_of(const ServiceChange& service, const ToldChange& told) { return service.objects[told.place.object]; }

const Change* change_of(const ServiceChange& service, const ToldChange& told) {
  return told.place.change ? &object_of(service, told).changes[*told.place.change] : nullptr;
}

Effects effects_of(const ServiceChange& service, const ToldChange& told) {
  const Change* change = change_of(service, told);
  return change ? Effects(change->effect) : object_of(service, told).effects;
}

Folding fold(const Report& report) {
  Folding out;
  out.own.resize(report.services.size());
  out.shared.resize(report.services.size());
  std::map<std::vector<size_t>, Bundle> bundles;
  for (const auto& [text, places] : occurrences(report)) {
    const Teller teller(report, places);
    std::vector<size_t> services = teller.services();
    if (services.size() == 1) {
      out.own[services[0]].push_back(teller.told());
      continue;
    }
    Bundle& bundle = bundles[services];
    bundle.changes.push_back(teller.told());
    bundle.effects.add(effects_of(report.services[services[0]], bundle.changes.back()));
    bundle.services = std::move(services);
  }
  for (auto& [services, bundle] : bundles) out.bundles.push_back(std::move(bundle));
  sort_bundles(out.bundles);
  for (Bundle& bundle : out.bundles) sort_changes(bundle.changes);
  for (auto& changes : out.own) sort_changes(changes);
  for (size_t b = 0; b < out.bundles.size(); ++b)
    for (size_t s : out.bundles[b].services) out.shared[s].push_back(b);
  return out;
}

}  // namespace isvcc::diff

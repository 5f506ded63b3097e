#include "review/diff/fold.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"
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

void append_value(std::string& out, View value, const ObjectRef& service) {
  out += generic(value ? brief(value, SIZE_MAX) : std::string(), service);
  out += '\0';
}

// Text that two changes share exactly when they are the same change of two services; with an empty `service`, word for word.
std::string signature(const ObjectRef& service, const ObjectChange& object, const Change* change) {
  const SideObject& o = object.object();
  std::string out = change && is_in_pod(*change, o.kind) ? std::string("pod") : cat(o.kind, '\0', generic(o.name, service));
  out += '\0';
  if (change) {
    out += cat(static_cast<int>(change->op), change->secret ? 's' : ' ', generic(change->path, service), '\0');
    append_value(out, change->before, service);
    append_value(out, change->after, service);
    return out;
  }
  out += object.after ? '+' : '-';
  append_value(out, o.node, service);
  return sha256_hex(out);
}

const Change* change_at(const ObjectChange& object, const ChangeRef& place) { return place.change ? &object.changes[*place.change] : nullptr; }

bool folds(const ServiceChange& s) { return !s.ref.kind.empty() && s.before.state != ServiceState::Absent && s.after.state != ServiceState::Absent; }

struct Occurrence {
  size_t service;
  ChangeRef place;
  Effects effects;
};
using Occurrences = std::map<std::string, std::vector<Occurrence>>;

template <class Visit>
void each_change(const ServiceChange& service, const Visit& visit) {
  for (size_t o = 0; o < service.objects.size(); ++o) {
    const ObjectChange& object = service.objects[o];
    if (!object.before || !object.after) visit(object, nullptr, ChangeRef{o, std::nullopt});
    for (size_t c = 0; c < object.changes.size(); ++c) visit(object, &object.changes[c], ChangeRef{o, c});
  }
}

Occurrences occurrences(const Report& report) {
  Occurrences out;
  for (size_t s = 0; s < report.services.size(); ++s) {
    const ServiceChange& service = report.services[s];
    if (!folds(service)) continue;
    each_change(service, [&](const ObjectChange& object, const Change* change, ChangeRef place) {
      out[signature(service.ref, object, change)].push_back({s, place, change ? Effects(change->effect) : object.effects});
    });
  }
  return out;
}

// Object names differ anyway; what counts is whether the change itself reads the same everywhere.
bool reads_the_same(const Report& report, const std::vector<Occurrence>& places) {
  const auto text_of = [&](const Occurrence& o) {
    const ObjectChange& object = report.services[o.service].objects[o.place.object];
    const Change* change = change_at(object, o.place);
    std::string out = change ? change->path : std::string();
    append_value(out, change ? change->before : View(), {});
    append_value(out, change ? change->after : View(), {});
    return out;
  };
  const std::string first = text_of(places[0]);
  return std::all_of(places.begin(), places.end(), [&](const Occurrence& o) { return text_of(o) == first; });
}

std::vector<std::string> objects_of(const Report& report, const std::vector<Occurrence>& places) {
  std::set<std::string> names;
  for (const Occurrence& o : places) {
    const ServiceChange& service = report.services[o.service];
    const SideObject& object = service.objects[o.place.object].object();
    names.insert(cat(kind_words(object), ' ', generic(object.name, service.ref)));
  }
  return {names.begin(), names.end()};
}

std::vector<size_t> services_of(const std::vector<Occurrence>& places) {
  std::vector<size_t> services;
  for (const Occurrence& o : places)
    if (services.empty() || services.back() != o.service) services.push_back(o.service);
  return services;
}

// Changes with the same services, in the order of the first service's objects.
std::vector<Bundle> bundles_of(const Report& report, const Occurrences& all) {
  std::map<std::vector<size_t>, Bundle> by_services;
  for (const auto& [text, places] : all) {
    std::vector<size_t> services = services_of(places);
    if (services.size() < 2) continue;
    Bundle& bundle = by_services[services];
    bundle.services = std::move(services);
    bundle.changes.push_back({places[0].place, objects_of(report, places)});
    bundle.changes.back().place.generic = !reads_the_same(report, places);
    bundle.effects.add(places[0].effects);
  }
  std::vector<Bundle> out;
  for (auto& [services, bundle] : by_services) {
    std::sort(bundle.changes.begin(), bundle.changes.end(), [](const SharedChange& a, const SharedChange& b) {
      return std::tie(a.place.object, a.objects, a.place.change) < std::tie(b.place.object, b.objects, b.place.change);
    });
    out.push_back(std::move(bundle));
  }
  std::stable_sort(out.begin(), out.end(), [](const Bundle& a, const Bundle& b) {
    return a.effects.worst() != b.effects.worst() ? a.effects.worst() > b.effects.worst() : a.services.size() > b.services.size();
  });
  return out;
}

}  // namespace

std::string generic(std::string_view text, const ObjectRef& service) {
  return with_placeholder(with_placeholder(text, service.name, kServicePlaceholder), service.namespace_, kNamespacePlaceholder);
}

Folding fold(const Report& report) {
  Folding out;
  out.own.resize(report.services.size());
  out.shared.resize(report.services.size());
  const Occurrences all = occurrences(report);
  out.bundles = bundles_of(report, all);
  for (size_t b = 0; b < out.bundles.size(); ++b)
    for (size_t s : out.bundles[b].services) out.shared[s].push_back(b);
  for (size_t s = 0; s < report.services.size(); ++s)
    each_change(report.services[s], [&](const ObjectChange& object, const Change* change, ChangeRef place) {
      if (folds(report.services[s])) {
        const auto& places = all.find(signature(report.services[s].ref, object, change))->second;
        if (places.front().service != places.back().service) return;
      }
      out.own[s].push_back(place);
    });
  return out;
}

}  // namespace isvcc::diff

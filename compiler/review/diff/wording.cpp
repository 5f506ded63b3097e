#include "review/diff/wording.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "emit/yaml_writer.h"
#include "review/diff/edit.h"

namespace isvcc::diff {
namespace {

constexpr size_t kLongLine = 120;     // bytes of a value before its equal ends are left out
constexpr size_t kKeptAround = 30;
constexpr size_t kMostAligned = 400;  // lines
constexpr size_t kMostNamespaces = 8;
constexpr size_t kMostVariants = 4;
constexpr size_t kGistParts = 2;
constexpr size_t kGistValue = 60;  // bytes of both values

std::string list_of(const std::vector<std::string>& parts) { return join(parts, ", "); }

}  // namespace

std::string grouped(int64_t number) {
  std::string digits = cat(number < 0 ? -number : number);
  for (size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return number < 0 ? "-" + digits : digits;
}

std::string count_of(size_t count, std::string_view one, std::string_view many) { return cat(grouped(static_cast<int64_t>(count)), ' ', count == 1 ? one : many); }

std::string effect_words(Effects effects) {
  std::string out;
  for (int e = kEffects; e-- > 0;)
    if (effects.has(static_cast<Effect>(e))) out += cat(out.empty() ? "" : " + ", effect_name(static_cast<Effect>(e)));
  return out;
}

namespace {

// How a service counts in the summary; what matters most comes last.
struct Headline {
  std::string_view one, many;
};
constexpr Headline kHeadlines[] = {{"changes only in metadata", "change only in metadata"},
                                   {"changes configuration", "change configuration"},
                                   {"scales", "scale"},
                                   {"changes traffic", "change traffic"},
                                   {"restarts", "restart"},
                                   {"starts", "start"},
                                   {"is new", "are new"},
                                   {"renders again", "render again"},
                                   {"gets another name", "get another name"},
                                   {"is recreated", "are recreated"},
                                   {"stops", "stop"},
                                   {"is deleted", "are deleted"},
                                   {"breaks", "break"}};
enum HeadlineIndex : size_t { Metadata, Config, Scale, Traffic, Restart, Starts, New, Mends, Renamed, Recreated, Stops, Deleted, Breaks };

size_t headline_of(const ServiceChange& s) {
  if (s.breaks()) return Breaks;
  if (s.created()) return s.renamed_from ? Renamed : New;
  if (s.deleted()) return Deleted;
  if (s.mends()) return Mends;
  if (s.running == Running::Stops) return Stops;
  if (s.running == Running::Starts) return Starts;
  if (s.running == Running::Rebuilt || s.effects.has(Effect::Replace)) return Recreated;
  for (const auto& [effect, index] : {std::pair(Effect::Restart, Restart), {Effect::Traffic, Traffic}, {Effect::Scale, Scale}, {Effect::Config, Config}})
    if (s.effects.has(effect)) return index;
  return s.effects.has(Effect::Create) || s.effects.has(Effect::Delete) ? Config : Metadata;
}

}  // namespace

std::vector<EffectCount> effect_counts(const Report& report) {
  std::array<size_t, std::size(kHeadlines)> counts{};
  for (const ServiceChange& s : report.services)
    if (!s.ref.kind.empty() && !s.renamed_to) ++counts[headline_of(s)];
  std::vector<EffectCount> out;
  for (size_t i = counts.size(); i-- > 0;)
    if (counts[i]) out.push_back({std::string(counts[i] == 1 ? kHeadlines[i].one : kHeadlines[i].many), counts[i]});
  return out;
}

std::string verdict(const Report& report) {
  const std::vector<EffectCount> counts = effect_counts(report);
  const std::string all = count_of(std::max(report.services_after, report.services_before), "service", "services");
  if (report.services.empty()) return cat("nothing that isvcc renders changes (", count_of(report.services_after, "service", "services"), ')');
  if (counts.empty()) return "no service changes; objects that belong to no service do";
  const bool others = std::any_of(report.services.begin(), report.services.end(), [](const ServiceChange& s) { return s.ref.kind.empty(); });
  const char* end = others ? "; so do objects that belong to no service" : "";
  if (counts.size() == 1) return cat(grouped(static_cast<int64_t>(counts[0].count)), " of ", all, ' ', counts[0].words, end);
  size_t sum = 0;
  std::vector<std::string> parts;
  for (const EffectCount& c : counts) {
    sum += c.count;
    parts.push_back(cat(grouped(static_cast<int64_t>(c.count)), ' ', c.words));
  }
  return cat(grouped(static_cast<int64_t>(sum)), " of ", all, " change: ", list_of(parts), end);
}

std::string runtime_words(const SideService& service) {
  if (service.runtime_name.empty()) return "no runtime";
  return cat(service.runtime_kind, ' ', service.runtime_name, service.automatic ? " (selected)" : " (named)");
}

std::string service_name(const ObjectRef& ref) {
  if (ref.kind.empty()) return "objects of no service";
  return cat(ref.kind == "InferenceService" ? "" : cat(ref.kind, ' '), ref.namespace_, '/', ref.name);
}

std::string kind_words(const SideObject& object) { return cat(api_group(object.api_version) == "serving.knative.dev" ? "Knative " : "", object.kind); }

std::string service_words(const ServiceChange& s) {
  if (!s.ref.kind.empty() && !s.breaks()) {
    if (s.renamed_from) return "another name";
    if (s.created()) return cat("new, ", count_of(s.objects.size(), "object", "objects"));
    if (s.deleted()) return cat("deleted, ", count_of(s.objects.size(), "object", "objects"));
  }
  if (s.breaks()) return s.after.state == ServiceState::Broken ? "breaks" : "cannot be compared";
  if (s.mends()) return "renders again";
  if (s.running == Running::Stops) return "stops";
  if (s.running == Running::Starts) return "starts";
  return effect_words(s.effects);
}

std::vector<Fact> facts_of(const ServiceChange& s) {
  std::vector<Fact> out;
  if (s.after.state == ServiceState::Broken) out.push_back({cat(s.before.state == ServiceState::Rendered ? "can no longer be rendered: " : "cannot be rendered: ", s.after.problem), true});
  if (s.after.state == ServiceState::Unknown) out.push_back({cat(s.before.file, " has errors"), true});
  if (s.mends()) out.push_back({"could not be rendered before, so its objects are not compared", false});
  if (s.runtime_switched()) out.push_back({cat("runtime: ", runtime_words(s.before), " → ", runtime_words(s.after)), true});
  if (s.mode_switched()) out.push_back({cat("deployment mode: ", s.before.mode, " → ", s.after.mode), true});
  if (s.created() && !s.after.runtime_name.empty()) out.push_back({cat("runtime: ", runtime_words(s.after)), false});
  if (s.renamed_from) out.push_back({cat("was ", service_name(*s.renamed_from), "; the old objects are deleted, these are new"), false});
  if (s.renamed_to) out.push_back({cat("is now ", service_name(*s.renamed_to)), false});
  return out;
}

// ---- errors and totals

std::vector<ErrorGroup> group_errors(const std::vector<SideError>& errors) {
  std::vector<ErrorGroup> out;
  std::map<std::pair<std::string, std::string>, size_t> known;
  for (const SideError& e : errors) {
    const auto [at, fresh] = known.try_emplace({e.code, generic(e.message, e.object)}, out.size());
    if (fresh) out.push_back({&e, 0});
    ++out[at->second].count;
  }
  return out;
}

std::string error_words(const ErrorGroup& group) {
  const SideError& e = *group.first;
  const std::string place = e.file.empty() ? std::string() : cat(printable(e.file), e.line ? cat(':', e.line, ':', e.column) : std::string(), ": ");
  return cat(place, e.message, " [", e.code, ']', group.count > 1 ? cat(" and ", grouped(static_cast<int64_t>(group.count - 1)), " more like it") : std::string());
}

std::string errors_on_both_words(const Report& report) {
  const size_t count = report.errors.on_both.size();
  if (count == 0) return {};
  return cat(count_of(count, "error is", "errors are"), " on both sides; what ", count == 1 ? "it hides" : "they hide", " is not compared");
}

namespace {

using AmountWords = std::string (*)(int64_t);

std::string range_words(int64_t least, int64_t most, bool bounded, AmountWords words) {
  if (!bounded) return cat(words(least), " and up");
  return most > least ? cat(words(least), " – ", words(most)) : words(least);
}

// `number` picks one of the amounts.
template <class Number>
void add_row(const Report& report, std::string what, AmountWords words, const Number& number, std::vector<TotalsRow>& out) {
  const Demand &a = report.demand_before, &b = report.demand_after;
  if (number(a.least) == number(b.least) && number(a.most) == number(b.most)) return;
  out.push_back({std::move(what), range_words(number(a.least), number(a.most), a.bounded, words), range_words(number(b.least), number(b.most), b.bounded, words)});
}

int64_t device(const Amounts& amounts, const std::string& name) {
  const auto found = amounts.devices.find(name);
  return found == amounts.devices.end() ? 0 : found->second;
}

}  // namespace

std::vector<TotalsRow> totals_of(const Report& report) {
  std::vector<TotalsRow> out;
  add_row(report, "pods", grouped, [](const Amounts& a) { return a.pods; }, out);
  std::map<std::string, int64_t> names = report.demand_before.most.devices;
  names.insert(report.demand_after.most.devices.begin(), report.demand_after.most.devices.end());
  for (const auto& [name, ignored] : names) add_row(report, name, grouped, [&key = name](const Amounts& a) { return device(a, key); }, out);
  add_row(report, "cpu", cpu_words, [](const Amounts& a) { return a.cpu_milli; }, out);
  add_row(report, "memory", memory_words, [](const Amounts& a) { return a.memory_bytes; }, out);
  return out;
}

std::string surge_words(const Report& report) {
  const Amounts& surge = report.surge;
  if (surge.pods == 0) return {};
  std::vector<std::string> parts = {count_of(static_cast<size_t>(surge.pods), "pod", "pods")};
  for (const auto& [name, number] : surge.devices)
    if (number) parts.push_back(cat(grouped(number), ' ', name));
  if (surge.cpu_milli) parts.push_back(cat(cpu_words(surge.cpu_milli), " cpu"));
  if (surge.memory_bytes) parts.push_back(cat(memory_words(surge.memory_bytes), " memory"));
  return list_of(parts);
}

// ---- places

namespace {

struct PodPrefix {
  std::string_view path, words;
};
// Where pod templates are, and what to call what is in them.
constexpr PodPrefix kPods[] = {
    {"spec.template.", ""},
    {"spec.leaderWorkerTemplate.leaderTemplate.", "leader "},
    {"spec.leaderWorkerTemplate.workerTemplate.", "worker "},
};

struct ListWords {
  std::string_view list, words;
};
constexpr ListWords kContainerLists[] = {{"spec.containers[", ""}, {"spec.initContainers[", "init "}};

std::string container_words(std::string_view rest, std::string_view prefix, std::string_view words) {
  const size_t end = rest.find(']');
  const std::string_view name = rest.substr(0, end);
  std::string_view field = rest.substr(end + 1);
  if (starts_with(field, ".")) field.remove_prefix(1);
  std::string inside(field);
  if (starts_with(field, "env[") && ends_with(field, "].value")) inside = cat("env ", field.substr(4, field.size() - 11));
  else if (starts_with(field, "env[") && ends_with(field, "]")) inside = cat("env ", field.substr(4, field.size() - 5));
  else if (starts_with(field, "args[") && ends_with(field, "]")) inside = std::string(field.substr(5, field.size() - 6));
  return inside.empty() ? cat(prefix, words, "container ", name) : cat(prefix, words, name, ": ", inside);
}

std::string pod_words(std::string_view path, std::string_view prefix) {
  for (const ListWords& list : kContainerLists)
    if (starts_with(path, list.list)) return container_words(path.substr(list.list.size()), prefix, list.words);
  return cat(prefix, "pod: ", starts_with(path, "spec.") ? path.substr(5) : path);
}

}  // namespace

namespace {

const PodPrefix* pod_prefix(const Change& change, std::string_view kind) {
  if (kind == "CronJob") return nullptr;
  for (const PodPrefix& pod : kPods)
    if (starts_with(change.path, pod.path)) return &pod;
  return nullptr;
}

}  // namespace

bool is_in_pod(const Change& change, std::string_view kind) { return pod_prefix(change, kind) != nullptr; }

std::string place_words(const Change& change, std::string_view kind) {
  const PodPrefix* pod = pod_prefix(change, kind);
  return pod ? pod_words(std::string_view(change.path).substr(pod->path.size()), pod->words) : change.path;
}

// ---- values

namespace {

std::vector<std::string> lines_of_text(std::string_view text) {
  std::vector<std::string> out;
  for (std::string_view line : split(text, '\n')) out.push_back(printable(line));
  if (out.size() > 1 && out.back().empty()) out.pop_back();
  return out;
}

// Continuation bytes belong to the character before them.
size_t character_start(std::string_view text, size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

// Leaves out what two long lines have in common at their ends.
void shorten(std::string& a, std::string& b) {
  if (a.size() <= kLongLine && b.size() <= kLongLine) return;
  const size_t shorter = std::min(a.size(), b.size());
  size_t head = 0, tail = 0;
  while (head < shorter && a[head] == b[head]) ++head;
  while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  const size_t from = head > 2 * kKeptAround ? character_start(a, head - kKeptAround) : 0;
  for (std::string* text : {&a, &b}) {
    const size_t end = tail > 2 * kKeptAround ? character_start(*text, text->size() - tail + kKeptAround) : text->size();
    *text = cat(from ? "…" : "", std::string_view(*text).substr(from, end - from), end < text->size() ? "…" : "");
  }
}

void cut(std::string& line, size_t longest) {
  if (line.size() <= longest) return;
  const size_t end = character_start(line, longest);
  line = cat(std::string_view(line).substr(0, end), "… (", grouped(static_cast<int64_t>(line.size() - end)), " more bytes)");
}

std::string keys_in_order(View list) {
  std::vector<std::string_view> keys;
  for (const Node* item : list.items()) keys.push_back(View(item).text());
  return printable(join(keys, " "));
}

}  // namespace

std::vector<std::string> value_lines(View value) {
  if (!value) return {};
  if (value.is_text() && !value.text().empty()) return lines_of_text(value.text());
  std::string yaml;
  write_yaml(yaml, value);
  std::vector<std::string> out;
  for (std::string_view line : split(yaml, '\n'))
    if (!line.empty()) out.push_back(printable(line));
  return out;
}

namespace {

// The part that changes, with dots for what differs from service to service.
void set_edit(const Change& change, ChangeLines& out) {
  const auto edit = edit_of(change);
  if (!edit) return;
  const char *head = edit->head.empty() ? "" : "…", *tail = edit->tail.empty() ? "" : "…";
  out.before = {printable(cat(head, edit->before, tail))};
  out.after = {printable(cat(head, edit->after, tail))};
}

std::string variants_words(const std::vector<std::string>& variants) {
  std::vector<std::string> shown;
  for (const std::string& v : variants)
    if (shown.size() < kMostVariants) shown.push_back(printable(v));
  return cat(variants.size(), " different: ", list_of(shown), variants.size() > shown.size() ? ", …" : "");
}

ChangeLines lines_of_change(const Change& change, std::string_view kind) {
  ChangeLines out{place_words(change, kind), {}, {}, {}};
  if (change.secret) {
    out.note = cat("secret value ", op_name(change.op), ", not shown");
    return out;
  }
  if (change.op == Op::Respelled) out.note = "same flags, written in another way";
  if (change.op == Op::Renamed) out.note = "renamed";
  if (change.op == Op::Reordered) {
    out.note = "same content, other order";
    out.before = {keys_in_order(change.before)};
    out.after = {keys_in_order(change.after)};
  } else if (change.op != Op::Respelled) {
    out.before = value_lines(change.before);
    out.after = value_lines(change.after);
  }
  return out;
}

}  // namespace

ChangeLines lines_of(const ServiceChange& service, const ToldChange& told, size_t longest) {
  const Change& change = *change_of(service, told);
  ChangeLines out = lines_of_change(change, object_of(service, told).object().kind);
  if (!told.variants.empty()) {
    set_edit(change, out);
    out.note = variants_words(told.variants);
  }
  if (told.placeholders) {
    out.place = generic(out.place, service.ref);
    for (auto* lines : {&out.before, &out.after})
      for (std::string& line : *lines) line = generic(line, service.ref);
  }
  if (longest == SIZE_MAX) return out;
  if (out.before.size() == 1 && out.after.size() == 1) shorten(out.before[0], out.after[0]);
  for (auto* lines : {&out.before, &out.after})
    for (std::string& line : *lines) cut(line, longest);
  return out;
}

std::string objects_words(const std::vector<ObjectName>& objects) {
  std::map<std::string, std::vector<std::string>> names_of_kind;
  for (const ObjectName& o : objects) names_of_kind[o.kind].push_back(o.name);
  std::map<std::vector<std::string>, std::vector<std::string>> kinds_of_names;
  for (const auto& [kind, names] : names_of_kind) kinds_of_names[names].push_back(kind);
  std::vector<std::string> parts;
  for (const auto& [names, kinds] : kinds_of_names) parts.push_back(printable(cat(list_of(kinds), ' ', list_of(names))));
  return join(parts, "; ");
}

std::string gist_of(const ServiceChange& service, const std::vector<ToldChange>& changes) {
  // The worst first.
  std::vector<const ToldChange*> order;
  for (const ToldChange& c : changes) order.push_back(&c);
  std::stable_sort(order.begin(), order.end(), [&](const ToldChange* a, const ToldChange* b) { return effects_of(service, *a).worst() > effects_of(service, *b).worst(); });
  std::vector<std::string> parts;
  for (const ToldChange* told : order) {
    if (parts.size() == kGistParts) break;
    const ObjectChange& object = object_of(service, *told);
    if (!told->place.change) {
      parts.push_back(cat(objects_words(told->objects), object.after ? " is new" : " is deleted"));
      continue;
    }
    ChangeLines lines = lines_of(service, *told);
    if (const auto edit = edit_of(*change_of(service, *told)); edit && told->variants.empty()) set_edit(*change_of(service, *told), lines);
    const bool small = lines.before.size() == 1 && lines.after.size() == 1 && lines.before[0].size() + lines.after[0].size() <= kGistValue;
    parts.push_back(small ? cat(lines.place, ' ', lines.before[0], " → ", lines.after[0]) : lines.place);
  }
  const size_t left = changes.size() - parts.size();
  return cat(list_of(parts), left ? cat(" and ", left, " more") : std::string());
}

std::vector<SignedLine> interleaved(const std::vector<std::string>& before, const std::vector<std::string>& after, size_t context) {
  std::vector<SignedLine> all;
  if (before.size() * after.size() > kMostAligned * kMostAligned) {
    for (const std::string& line : before) all.push_back({'-', line});
    for (const std::string& line : after) all.push_back({'+', line});
    return all;
  }
  const size_t columns = after.size() + 1;
  std::vector<uint32_t> lengths((before.size() + 1) * columns);
  for (size_t i = before.size(); i-- > 0;)
    for (size_t j = after.size(); j-- > 0;)
      lengths[i * columns + j] = before[i] == after[j] ? lengths[(i + 1) * columns + j + 1] + 1 : std::max(lengths[(i + 1) * columns + j], lengths[i * columns + j + 1]);
  for (size_t i = 0, j = 0; i < before.size() || j < after.size();) {
    if (i < before.size() && j < after.size() && before[i] == after[j]) {
      all.push_back({' ', before[i++]});
      ++j;
    } else if (j == after.size() || (i < before.size() && lengths[(i + 1) * columns + j] >= lengths[i * columns + j + 1])) {
      all.push_back({'-', before[i++]});
    } else {
      all.push_back({'+', after[j++]});
    }
  }
  std::vector<bool> kept(all.size());
  for (size_t i = 0; i < all.size(); ++i)
    if (all[i].sign != ' ')
      for (size_t k = i > context ? i - context : 0; k < std::min(all.size(), i + context + 1); ++k) kept[k] = true;
  std::vector<SignedLine> out;
  for (size_t i = 0; i < all.size(); ++i) {
    if (kept[i]) out.push_back(std::move(all[i]));
    else if (out.empty() || out.back().sign != '~') out.push_back({'~', "…"});
  }
  return out;
}

std::string members_words(const Report& report, const std::vector<size_t>& services, size_t most_names) {
  if (services.size() <= most_names) {
    std::vector<std::string> names;
    for (size_t s : services) names.push_back(service_name(report.services[s].ref));
    std::sort(names.begin(), names.end());
    return list_of(names);
  }
  std::map<std::string, size_t> namespaces;
  for (size_t s : services) ++namespaces[report.services[s].ref.namespace_];
  std::vector<std::pair<std::string, size_t>> by_count(namespaces.begin(), namespaces.end());
  std::stable_sort(by_count.begin(), by_count.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> parts;
  for (const auto& [name, count] : by_count)
    if (parts.size() < kMostNamespaces) parts.push_back(cat(name, ' ', grouped(static_cast<int64_t>(count))));
  return cat(list_of(parts), by_count.size() > parts.size() ? cat(" and ", by_count.size() - parts.size(), " other namespaces") : std::string());
}

std::string kinds_words(const ServiceChange& service) {
  std::map<std::string, size_t> kinds;
  for (const ObjectChange& o : service.objects) ++kinds[kind_words(o.object())];
  std::vector<std::string> parts;
  for (const auto& [kind, count] : kinds) parts.push_back(count == 1 ? kind : cat(count, ' ', kind, 's'));
  return list_of(parts);
}

}  // namespace isvcc::diff

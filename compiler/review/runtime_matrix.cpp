#include "review/runtime_matrix.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.h"
#include "select/labels.h"

namespace isvcc {
namespace {

constexpr size_t kMostProtocols = 16;  // of one format; more would only be an attack

struct Question {
  std::string format;
  std::optional<std::string> version;
  std::string protocol;
  bool multi_node = false;
};

// What the runtimes of one scope list for automatic selection under one format name.
struct FormatUse {
  std::set<std::optional<std::string>> versions;
  std::set<std::pair<bool, std::string>> protocols;  // v1 and v2 before grpc-…
  bool any_protocol = false;
  std::set<bool> multi_node;
};

using Formats = std::map<std::string, FormatUse>;

bool may_serve(const Runtime& r) { return !r.disabled && !r.multi_model; }

void add_protocols(View listed, FormatUse& use) {
  use.any_protocol = use.any_protocol || listed.size() == 0;
  for (const Node* item : listed.items()) {
    const std::string_view protocol = View(item).text();
    if (use.protocols.size() < kMostProtocols) use.protocols.emplace(!starts_with(protocol, "v"), protocol);
  }
}

void add_runtime(const Runtime& r, Formats& formats) {
  const View spec = r.spec;
  for (const Node* item : spec["supportedModelFormats"].items()) {
    const View format = item;
    if (!format["autoSelect"].is_true()) continue;
    FormatUse& use = formats[std::string(format["name"].text())];
    use.versions.insert(std::nullopt);
    if (format["version"]) use.versions.insert(std::string(format["version"].text()));
    add_protocols(spec["protocolVersions"], use);
    use.multi_node.insert(r.multi_node);
  }
}

std::vector<std::string> protocols_of(const FormatUse& use) {
  std::vector<std::string> out;
  for (const auto& [later, protocol] : use.protocols) out.push_back(protocol);
  if (use.any_protocol) out.emplace_back(kOtherProtocol);
  return out;
}

class MatrixBuilder {
 public:
  explicit MatrixBuilder(const Facts& facts) : facts_(facts) {}

  RuntimeMatrix build() {
    add_scope({}, facts_.runtimes.cluster);
    std::map<std::string_view, const RuntimeScope*> namespaces;
    for (const auto& [name, scope] : facts_.runtimes.namespaces) namespaces.emplace(name, &scope);
    for (const auto& [name, scope] : namespaces) add_scope(name, *scope);
    std::stable_sort(matrix_.rows.begin(), matrix_.rows.end(), [](const MatrixRow& a, const MatrixRow& b) {
      return std::tie(a.format, a.namespace_, a.multi_node) < std::tie(b.format, b.namespace_, b.multi_node);
    });
    find_users();
    count_services();
    find_clashes();
    find_outranked();
    return std::move(matrix_);
  }

 private:
  void add_scope(std::string_view namespace_, const RuntimeScope& scope) {
    Formats formats;
    for (const Runtime& r : scope.runtimes) {
      if (may_serve(r)) add_runtime(r, formats);
      matrix_.runtimes.push_back({.runtime = &r, .users = {}, .automatic_users = 0, .hides = hidden_by(r), .outranked_by = nullptr});
    }
    std::sort(matrix_.runtimes.end() - static_cast<std::ptrdiff_t>(scope.runtimes.size()), matrix_.runtimes.end(),
              [](const RuntimeUse& a, const RuntimeUse& b) { return a.runtime->object->name < b.runtime->object->name; });
    for (const auto& [format, use] : formats) add_format(namespace_, format, use);
  }

  const Runtime* hidden_by(const Runtime& r) const {
    const auto found = facts_.runtimes.cluster.by_name.find(r.object->name);
    return r.cluster || found == facts_.runtimes.cluster.by_name.end() ? nullptr : &facts_.runtimes.cluster.runtimes[found->second];
  }

  // One row for all protocols and versions with the same answer.
  void add_format(std::string_view namespace_, const std::string& format, const FormatUse& use) {
    for (const bool multi_node : use.multi_node) {
      std::vector<MatrixRow> rows;
      for (const std::string& protocol : protocols_of(use)) {
        const size_t first = rows.size();
        for (const auto& version : use.versions) add_question(namespace_, {format, version, protocol, multi_node}, rows, first);
      }
      fold_protocols(rows);
    }
  }

  void add_question(std::string_view namespace_, const Question& q, std::vector<MatrixRow>& rows, size_t first) {
    std::vector<const Runtime*> order = answer(namespace_, q);
    if (order.empty()) return;
    const auto same = std::find_if(rows.begin() + static_cast<std::ptrdiff_t>(first), rows.end(), [&](const MatrixRow& r) { return r.order == order; });
    if (same != rows.end()) same->versions.push_back(q.version);
    else rows.push_back({namespace_, q.format, {q.version}, {q.protocol}, q.multi_node, std::move(order), 0});
  }

  void fold_protocols(std::vector<MatrixRow>& rows) {
    const size_t first = matrix_.rows.size();
    for (MatrixRow& row : rows) {
      const auto same = std::find_if(matrix_.rows.begin() + static_cast<std::ptrdiff_t>(first), matrix_.rows.end(),
                                     [&](const MatrixRow& r) { return r.order == row.order && r.versions == row.versions; });
      if (same != matrix_.rows.end()) same->protocols.push_back(row.protocols[0]);
      else matrix_.rows.push_back(std::move(row));
    }
  }

  // Empty for a namespace without a candidate of its own: the row of the cluster says it.
  std::vector<const Runtime*> answer(std::string_view namespace_, const Question& q) {
    const Make make(arena_);
    const Node* format = make.map({{"name", make.text(q.format)}, {"version", q.version ? make.text(*q.version) : nullptr}});
    const Node* model = make.map({{"modelFormat", format}, {"protocolVersion", make.text(q.protocol)}});
    std::vector<const Runtime*> order;
    if (!namespace_.empty()) {
      order = automatic_candidates(facts_.runtimes.in(namespace_), model, q.multi_node);
      if (order.empty()) return order;
    }
    const std::vector<const Runtime*> cluster = automatic_candidates(facts_.runtimes.cluster, model, q.multi_node);
    order.insert(order.end(), cluster.begin(), cluster.end());
    return order;
  }

  void find_users() {
    std::map<const Object*, RuntimeUse*> uses;
    for (RuntimeUse& use : matrix_.runtimes) uses[use.runtime->object] = &use;
    for (const ServiceFacts& service : facts_.services) {
      const auto found = uses.find(runtime_of(service));
      if (found == uses.end()) continue;
      found->second->users.push_back(&service);
      found->second->automatic_users += service.plan->runtime->automatic;
    }
  }

  // format, version, protocol, multi-node, namespace → row.
  using Key = std::tuple<std::string_view, std::optional<std::string>, std::string_view, bool, std::string_view>;

  void count_services() {
    std::map<Key, MatrixRow*> rows;
    for (MatrixRow& row : matrix_.rows)
      for (const auto& version : row.versions)
        for (const std::string& protocol : row.protocols) rows.emplace(Key(row.format, version, protocol, row.multi_node, row.namespace_), &row);
    for (const ServiceFacts& service : facts_.services) count_service(service, rows);
  }

  static void count_service(const ServiceFacts& service, const std::map<Key, MatrixRow*>& rows) {
    const View predictor = service.service->view().at("spec.predictor"), model = predictor["model"], format = model["modelFormat"];
    if (!service.plan || !model || model["runtime"]) return;
    const std::optional<std::string> version = format["version"] ? std::optional<std::string>(format["version"].text()) : std::nullopt;
    const std::string_view protocol = wanted_protocol(model);
    const bool multi_node = static_cast<bool>(predictor["workerSpec"]);
    for (std::string_view namespace_ : {service.service->namespace_, std::string_view()})
      for (std::string_view p : {protocol, kOtherProtocol}) {
        const auto found = rows.find(Key(format["name"].text(), version, p, multi_node, namespace_));
        if (found == rows.end()) continue;
        ++found->second->services;
        return;
      }
  }

  void find_clashes() {
    std::set<std::tuple<const Runtime*, const Runtime*, std::string_view>> told;
    for (const MatrixRow& row : matrix_.rows)
      for (size_t i = 1; i < row.order.size(); ++i) {
        const Runtime &a = *row.order[i - 1], &b = *row.order[i];
        if (a.cluster != b.cluster || (a.cluster && !row.namespace_.empty()) || a.protocol_class != b.protocol_class) continue;
        if (priority_for(a.spec, row.format) != priority_for(b.spec, row.format)) continue;
        if (told.emplace(&a, &b, row.format).second) matrix_.clashes.push_back({&a, &b, &row, i == 1});
      }
  }

  void find_outranked() {
    std::map<const Runtime*, const Runtime*> outranked;
    for (const MatrixRow& row : matrix_.rows)
      for (const Runtime* r : row.order)
        if (r->cluster == row.namespace_.empty()) outranked.emplace(r, row.order[0]);
    for (const MatrixRow& row : matrix_.rows) outranked[row.order[0]] = nullptr;
    for (RuntimeUse& use : matrix_.runtimes)
      if (const auto found = outranked.find(use.runtime); found != outranked.end()) use.outranked_by = found->second;
  }

  const Facts& facts_;
  Arena arena_;
  RuntimeMatrix matrix_;
};

}  // namespace

RuntimeMatrix runtime_matrix(const Facts& facts) { return MatrixBuilder(facts).build(); }

}  // namespace isvcc

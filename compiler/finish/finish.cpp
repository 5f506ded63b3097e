#include "finish/finish.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace isvcc {

Manifest manifest_of(View object, const Object* owner) {
  return {object.node(), object["apiVersion"].text(), object["kind"].text(), metadata(object)["namespace"].text(), metadata(object)["name"].text(), owner, {}, nullptr};
}

const Node* with_owner_reference(View object, const Object& owner, Scratch& scratch) {
  const Make make = scratch.make(Pass::Lowering);
  const Node* reference = make.map({{"apiVersion", make.borrowed(owner.api_version)},
                                    {"blockOwnerDeletion", make.boolean(true)},
                                    {"controller", make.boolean(true)},
                                    {"kind", make.borrowed(owner.kind)},
                                    {"name", make.borrowed(owner.name)},
                                    {"uid", make.borrowed("")}});
  return make.with(object, "metadata", make.with(metadata(object), "ownerReferences", make.list({reference})));
}

static void report_clash(const Manifest& a, const Manifest& b, Diagnostics& diags) {
  auto made_for = [](const Manifest& m) { return m.owner ? cat(m.owner->kind, ' ', quote(m.owner->name)) : std::string("a copied object"); };
  diags.report(Code::RenderedTwice, Stage::Output, b.owner ? metadata(b.owner->view())["name"] : View(),
               cat(b.kind, ' ', quote(b.name), " in namespace ", quote(b.namespace_), " is rendered for ", made_for(a), " and, differently, for ", made_for(b)))
      .hinting("rename one of the two services: in a cluster the controller would overwrite one object with the other, again and again");
}

static bool same_name(const Manifest& a, const Manifest& b) { return a.name == b.name && a.namespace_ == b.namespace_; }
static bool comes_before(const Manifest* a, const Manifest* b) { return a->namespace_ != b->namespace_ ? a->namespace_ < b->namespace_ : a->name < b->name; }

// By group and kind: there are few, and the objects of one come nearly in order.
using ByKind = std::map<std::pair<std::string_view, std::string_view>, std::vector<const Manifest*>>;

// They come nearly in order: each goes back past the few before it that belong behind it. Where those are many, all are sorted.
static void put_in_order(std::vector<const Manifest*>& all) {
  size_t moves_left = 8 * all.size();
  for (size_t i = 1; i < all.size(); ++i) {
    const Manifest* m = all[i];
    size_t at = i;
    for (; at > 0 && comes_before(m, all[at - 1]); --at) all[at] = all[at - 1];
    all[at] = m;
    if (i - at > moves_left) return std::stable_sort(all.begin(), all.end(), comes_before);
    moves_left -= i - at;
  }
}

static ByKind by_kind(std::span<const Manifest* const> manifests) {
  ByKind kinds;
  for (const Manifest* m : manifests) kinds[{api_group(m->api_version), m->kind}].push_back(m);
  for (auto& [kind, all] : kinds) put_in_order(all);
  return kinds;
}

std::vector<Manifest> in_order(std::span<const Manifest* const> manifests, const std::function<std::string(const Manifest&)>& content, Diagnostics& diags) {
  auto same = [&](const Manifest& a, const Manifest& b) { return a.node && b.node ? equal(a.node, b.node) : content(a) == content(b); };
  const ByKind kinds = by_kind(manifests);
  std::vector<Manifest> ordered;
  ordered.reserve(manifests.size());
  for (const auto& [kind, all] : kinds) {
    const Manifest* kept = nullptr;
    for (const Manifest* m : all) {
      if (!kept || !same_name(*kept, *m)) ordered.push_back(*(kept = m));
      else if (!same(*kept, *m)) report_clash(*kept, *m, diags);
    }
  }
  return ordered;
}

}  // namespace isvcc

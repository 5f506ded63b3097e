#include "finish/finish.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"

namespace isvcc {

Manifest manifest_of(View object, const Object* owner) {
  return {object.node(), object["apiVersion"].text(), object["kind"].text(), metadata(object)["namespace"].text(), metadata(object)["name"].text(), owner, {}};
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

static auto order_of(const Manifest& m) { return std::tuple(api_group(m.api_version), m.kind, m.namespace_, m.name); }

static void report_clash(const Manifest& a, const Manifest& b, Diagnostics& diags) {
  auto made_for = [](const Manifest& m) { return m.owner ? cat(m.owner->kind, ' ', quote(m.owner->name)) : std::string("a copied object"); };
  diags.report(Code::RenderedTwice, Stage::Output, b.owner ? metadata(b.owner->view())["name"] : View(),
               cat(b.kind, ' ', quote(b.name), " in namespace ", quote(b.namespace_), " is rendered for ", made_for(a), " and, differently, for ", made_for(b)))
      .hinting("rename one of the two services: in a cluster the controller would overwrite one object with the other, again and again");
}

void order_manifests(std::vector<Manifest>& manifests, const std::function<std::string(const Manifest&)>& content, Diagnostics& diags) {
  auto same = [&](const Manifest& a, const Manifest& b) { return a.node && b.node ? equal(a.node, b.node) : content(a) == content(b); };
  std::stable_sort(manifests.begin(), manifests.end(), [](const Manifest& a, const Manifest& b) { return order_of(a) < order_of(b); });
  std::vector<Manifest> kept;
  kept.reserve(manifests.size());
  for (const Manifest& m : manifests) {
    if (!kept.empty() && order_of(kept.back()) == order_of(m)) {
      if (!same(kept.back(), m)) report_clash(kept.back(), m, diags);
      continue;
    }
    kept.push_back(m);
  }
  manifests = std::move(kept);
}

}  // namespace isvcc

#pragma once
// Rendered objects → the final list: owner references, output validation, name clashes, order.
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "diag/scratch.h"
#include "kserve/object.h"
#include "kserve/profile.h"

namespace isvcc {

class StoredText;

// One object ready to be written.
struct Manifest {
  const Node* node = nullptr;     // null once it is printed
  std::string_view api_version, kind, namespace_, name;
  const Object* owner = nullptr;  // the service or graph it was made for; null for shared and copied objects
  std::string_view text = {};     // the object as YAML, when it was printed already
  const StoredText* stored = nullptr;  // the same, perhaps lying elsewhere
};

// Reads identity from the object itself.
Manifest manifest_of(View object, const Object* owner);

// metadata.ownerReferences as SetControllerReference writes it, uid empty: there is none offline.
const Node* with_owner_reference(View object, const Object& owner, Scratch& scratch);

// Compares a rendered object with its schema. A value that its author wrote and KServe passes on is an error of the author's (E0892).
// False, after a report (E0891), for everything else: that is a bug of isvcc.
bool check_output(const Manifest& manifest, const SchemaSet& schemas, Scratch& scratch);

// The manifests by (API group, kind, namespace, name). Reports two different objects of one identity; of equal ones the first stays.
// `content` is asked for objects that have no tree any more: equal texts are equal objects.
std::vector<Manifest> in_order(std::span<const Manifest* const> manifests, const std::function<std::string(const Manifest&)>& content, Diagnostics& diags);

}  // namespace isvcc

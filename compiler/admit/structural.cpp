// Kinds without a webhook.
#include "admit/structural.h"
#include "admit/admit.h"
#include "admit/stages.h"

namespace isvcc {

const Node* admit_structure(const Object& object, StatusOnCreate status, const Profile& profile, Scratch& scratch, const Schema** schema) {
  scratch.diags.about(object.ref());
  const KindSchema kind = find_schema(object, profile, scratch);
  if (schema) *schema = kind.schema;
  if (!kind.schema) return kind.refused ? nullptr : object.node;
  const Node* decoded = decode(object, *kind.schema, profile, scratch);
  if (!decoded) return nullptr;
  const Node* created = status == StatusOnCreate::Dropped ? without_status(decoded, scratch) : decoded;
  return passes_schema(created, *kind.schema, scratch) ? created : nullptr;
}

Admission admit_structural(const Object& object, const Profile& profile, Scratch& scratch) {
  return {admit_structure(object, StatusOnCreate::Kept, profile, scratch)};
}

}  // namespace isvcc

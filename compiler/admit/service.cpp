// InferenceService: all stages.
#include "admit/admit.h"
#include "admit/isvc_defaults.h"
#include "admit/isvc_rules.h"
#include "ops/schema_ops.h"

namespace isvcc {

Admission admit_service(const Object& object, const Repository& repository, const Profile& profile, Scratch& scratch) {
  scratch.diags.about(object.ref());
  const KindSchema kind = find_schema(object, profile, scratch);
  if (!kind.schema) return {};
  const Node* decoded = decode(object, *kind.schema, profile, scratch);
  if (!decoded) return {};
  const Node* mutated = mutate_service(decoded, object, *kind.schema, repository, profile, scratch);
  if (!mutated) return {};
  // Go's encoding brings nulls along that the server takes out again before it defaults for the second time.
  const Node* stored = apply_defaults(prune(mutated, *kind.schema, UnknownFields::Silent, scratch), *kind.schema, scratch);
  if (!passes_schema(stored, *kind.schema, scratch)) return {};
  return check_service(ServiceCheck(stored, profile, scratch)) ? Admission{stored} : Admission{};
}

}  // namespace isvcc

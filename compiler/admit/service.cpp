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
  const Node* stored = mutate_service(decoded, object, *kind.schema, repository, profile, scratch);
  if (!stored) return {};
  // The server defaults once more after the webhook: a framework's fields, moved to `model`, lost what Go's encoding leaves out.
  stored = apply_defaults(stored, *kind.schema, scratch);
  if (!passes_schema(stored, *kind.schema, scratch)) return {};
  return check_service(ServiceCheck(stored, profile, scratch)) ? Admission{stored} : Admission{};
}

}  // namespace isvcc

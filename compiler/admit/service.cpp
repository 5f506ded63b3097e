// InferenceService: all stages.
#include "admit/admit.h"
#include "admit/isvc_defaults.h"
#include "admit/isvc_rules.h"

namespace isvcc {

Admission admit_service(const Object& object, const Repository& repository, const Profile& profile, Scratch& scratch) {
  scratch.diags.about(object.ref());
  const KindSchema kind = find_schema(object, profile, scratch);
  if (!kind.schema) return {};
  const Node* decoded = decode(object, *kind.schema, profile, scratch);
  if (!decoded) return {};
  const Node* stored = mutate_service(decoded, object, *kind.schema, repository, profile, scratch);
  if (!stored) return {};
  // The server defaults once more after the webhook. Nothing that Go's encoding or the webhook adds has defaults of the CRD below it,
  // so that changes nothing and is left out (tests/unit/admit/recordings_test.cpp checks it).
  if (!passes_schema(stored, *kind.schema, scratch)) return {};
  return check_service(ServiceCheck(stored, profile, scratch)) ? Admission{stored} : Admission{};
}

}  // namespace isvcc

#pragma once
// The structural stages of a kind that no webhook changes: decode, default, validate. Calls no webhook.
#include "diag/scratch.h"
#include "kserve/object.h"
#include "kserve/profile.h"

namespace isvcc {

enum class StatusOnCreate { Kept, Dropped };  // Dropped: the CRD has a status subresource

// The object as it would be stored unless a webhook refuses it; null when it is refused already. An object of a kind without a schema
// comes back as it is. `schema`, if given, is set to the kind's.
const Node* admit_structure(const Object& object, StatusOnCreate status, const Profile& profile, Scratch& scratch,
                            const Schema** schema = nullptr);

}  // namespace isvcc

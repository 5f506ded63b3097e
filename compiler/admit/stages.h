#pragma once
// The API server's steps around KServe's webhooks, the same for every kind: finding the schema, decoding, structural validation.
#include "diag/scratch.h"
#include "kserve/object.h"
#include "kserve/profile.h"

namespace isvcc {

// What the cluster knows about a kind.
struct KindSchema {
  const Schema* schema = nullptr;  // null: isvcc has no schema for the kind
  bool refused = false;            // the kind does not exist in this API version; reported
};

KindSchema find_schema(const Object& object, const Profile& profile, Scratch& scratch);

// Decoding: unknown fields and nulls removed, metadata read, CRD defaults applied. Null: refused.
const Node* decode(const Object& object, const Schema& schema, const Profile& profile, Scratch& scratch);

// ValidateObjectMeta and structural validation; both report. True: the object passed.
bool passes_schema(View object, const Schema& schema, Scratch& scratch);

// A webhook decodes into Go types before it looks: false when that fails, with diagnostics of stage validation.
bool decodes_in_webhook(View object, const Schema& schema, Scratch& scratch);

// The object without `status`, which a create request cannot set where the CRD has a status subresource.
const Node* without_status(View object, Scratch& scratch);

// A finding about one value of `root`, as the text of its path; the span is that of the value or of the nearest parent that was written.
Diagnostic& report_at(View root, std::string path, Code code, Stage stage, std::string message, Scratch& scratch);

// A refusal by a validating webhook: `upstream` is its text.
Diagnostic& refuse(View root, std::string path, Code code, std::string upstream, std::string message, Scratch& scratch);

}  // namespace isvcc

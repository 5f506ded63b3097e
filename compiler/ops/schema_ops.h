#pragma once
// What the API server and Go's typed clients do to an object, driven by its Schema.
#include "diag/scratch.h"
#include "schema/schema.h"

namespace isvcc {

enum class UnknownFields { Report, Silent };

// Removes fields the schema does not know and nulls it does not allow (without a default), as the API server does while decoding.
// With Report every unknown field is a diagnostic of stage strict, with the nearest known name as a hint.
const Node* prune(View object, const Schema& schema, UnknownFields unknown, Scratch& scratch);

// CRD defaults, top-down: only below present parents, for absent or null keys.
const Node* apply_defaults(View object, const Schema& schema, Scratch& scratch);

// Structural validation: every violation is a diagnostic of stage schema, with the API server's text as `upstream`.
// Returns true when there was none.
bool validate(View object, const Schema& schema, Scratch& scratch);

// True when prune() would remove nothing and validate() find nothing, its rules apart. Quick; false only means "look closer": long list
// maps and embedded resources always get there.
bool conforms(View object, const Schema& schema);

enum class ZeroValues { Drop, KeepReceived };

// Decodes into the Go type and encodes again: fields without omitempty appear, quantities become canonical, unknown fields go.
// With Drop zero values of omitempty fields disappear (a controller's read and write); with KeepReceived those the author
// wrote stay (the mutating webhook of controller-runtime v0.22).
// Null, with a diagnostic of stage defaulting, when a value has the wrong JSON type.
const Node* reencode(View object, const Schema& schema, ZeroValues zeros, Scratch& scratch);
// The same of a controller's read and write, with Go's words in `error` instead of a diagnostic.
const Node* reencode(View object, const Schema& schema, Arena& arena, std::string& error);
// The same of a Map whose fields are encoded already: only its own unknown, unset and missing fields are left to see to.
const Node* reencode_outermost(View object, const Schema& schema, Arena& arena);

}  // namespace isvcc

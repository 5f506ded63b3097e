#pragma once
// Loaded documents → the repository's objects: identity, namespace, duplicates, and what the run's profile takes from them.
#include "driver/pipeline.h"

namespace isvcc {

// Adds every Kubernetes object of the documents, then the bundled ones that the sources do not define themselves.
void collect_objects(const CompileRequest& request, Compilation& out, Scratch& scratch);

// Adds documents that came later, from `first` on.
void collect_documents(const CompileRequest& request, size_t first, Compilation& out, Scratch& scratch);

// Release, schemas (with CRDs among the sources) and configuration.
void make_profile(const CompileRequest& request, Compilation& out, Scratch& scratch);

}  // namespace isvcc

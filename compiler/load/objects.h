#pragma once
// Documents → Kubernetes objects: lists are taken apart, and what is no object is reported or, in a folder, left out.
#include <string>
#include <vector>

#include "diag/scratch.h"
#include "load/load.h"

namespace isvcc {

// Whether the user named the file, or it was found in a folder, where files that are no manifests are to be expected.
enum class Found : uint8_t { Named, InFolder };

// Appends the objects in `document` to `out`. Members of `kind: List` (and of ConfigMapList and its like, whose members may leave
// kind and apiVersion to the list) get a json_path like "items[3].items[0]". Mirrors UnstructuredList of apimachinery.
void take_apart(const Document& document, Found found, const Limits& limits, Scratch& scratch, std::vector<Document>& out);

}  // namespace isvcc

#pragma once
// Documents → Kubernetes objects: lists are taken apart, and what is no object is reported or, in a folder, left out.
#include <string>
#include <vector>

#include "diag/scratch.h"
#include "load/load.h"
#include "load/openshift_template.h"

namespace isvcc {

// Whether the user named the file, or it was found in a folder, where files that are no manifests are to be expected.
enum class Found : uint8_t { Named, InFolder };

// Takes the documents of one file apart.
class ObjectFinder {
 public:
  ObjectFinder(Found found, const Limits& limits, Scratch& scratch, std::vector<Document>& out) : found_(found), limits_(limits), scratch_(scratch), out_(out) {}

  // What parameters of OpenShift templates are set to; must outlive the finder.
  ObjectFinder& with(const TemplateValues& values) { values_ = &values; return *this; }

  // Appends the objects in `document` to `out`. Members of `kind: List` (and of ConfigMapList and its like, whose members may leave
  // kind and apiVersion to the list) get a json_path like "items[3].items[0]", those of an OpenShift Template one like "objects[2]". Mirrors UnstructuredList of apimachinery.
  void add(const Document& document);

 private:
  void members(const Document& list);
  void objects_of_template(const Document& document);
  const Node* with_type_of_list(View member, View list) const;
  bool is_object(const Document& document);
  bool refuse(const Document& document, std::string message);
  bool refuse_other_kind(const Document& document);
  bool leave_out(const Document& document);

  Found found_;
  const Limits& limits_;
  Scratch& scratch_;
  std::vector<Document>& out_;
  const TemplateValues* values_ = nullptr;
  uint64_t value_bytes_left_ = limits_.file_bytes;
  size_t refused_ = 0, left_out_ = 0;
};

}  // namespace isvcc

#include "driver/incremental/references.h"

#include "repo/repository.h"

namespace isvcc {

static std::string_view namespace_of(View root, std::string_view default_namespace) { return metadata(root)["namespace"].text(default_namespace); }

std::set<ServiceName> defined_services(const Documents& documents, std::string_view default_namespace) {
  std::set<ServiceName> names;
  for (const Document& d : documents.all)
    if (View(d.root)["kind"].text() == "InferenceService") names.emplace(namespace_of(d.root, default_namespace), metadata(d.root)["name"].text());
  return names;
}

static void add_texts(View value, std::string_view namespace_, std::set<ServiceName>& names) {
  if (value.is_text()) names.emplace(namespace_, value.text());
  for (const Field& f : value.fields()) add_texts(f.value, namespace_, names);
  for (const Node* item : value.items()) add_texts(item, namespace_, names);
}

std::set<ServiceName> referred_services(const Documents& documents, std::string_view default_namespace) {
  std::set<ServiceName> names;
  for (const Document& d : documents.all) {
    const std::string_view kind = View(d.root)["kind"].text();
    if (kind == "InferenceGraph" || kind == "TrainedModel") add_texts(View(d.root)["spec"], namespace_of(d.root, default_namespace), names);
  }
  return names;
}

}  // namespace isvcc

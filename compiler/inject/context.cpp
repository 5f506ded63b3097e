#include "inject/context.h"

#include "kserve/names.h"

namespace isvcc {

ContainerEdit* model_container(PodEdit& pod) {
  ContainerEdit* user = pod.container(names::kKserveContainer);
  return user ? user : pod.container(names::kWorkerContainer);
}

std::vector<ContainerEdit*> model_readers(PodEdit& pod) {
  std::vector<ContainerEdit*> readers;
  if (ContainerEdit* model = model_container(pod)) readers.push_back(model);
  if (ContainerEdit* transformer = pod.container(names::kTransformerContainer)) readers.push_back(transformer);
  return readers;
}

bool models_are_read_only(View annotations) { return annotations[names::kStorageReadOnly].text() != "false"; }

}  // namespace isvcc

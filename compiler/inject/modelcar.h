#pragma once
// A modelcar: a container of the model's image that sleeps and lends its file system to the model server through the shared process
// namespace, and an init container that fetches and checks the image.
#include "inject/oci.h"

namespace isvcc {

void add_modelcar(const OciModel& model, ContainerEdit& reader, PodEdit& pod,
                  const InjectContext& context);  // ConfigureModelcarToContainer

}  // namespace isvcc

#pragma once
// Models that are OCI images: a modelcar beside the model server, or the image mounted as a volume. Used by the webhook for a single URI
// and by the controller for storageUris.
#include <string>

#include "inject/context.h"
#include "inject/model_uri.h"

namespace isvcc {

// Where one image goes: its number among the OCI models of the pod names the containers and volumes of a modelcar.
struct OciModel {
  OciUri uri;
  std::string_view mode;  // "native": an image volume; anything else: a modelcar
  std::string path;
  size_t index = 0;
};

// Serves the image to the model container and the transformer container. Returns KServe's error text.
std::string add_oci_model(const OciModel& model, PodEdit& pod, const InjectContext& context);

}  // namespace isvcc

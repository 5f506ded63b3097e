#pragma once
// What the server type of the selected runtime changes on the service in the controller's memory, and on its image.
#include "merge/context.h"

namespace isvcc {

// The server type a well-known runtime name stands for, "" for others (GetServerTypeFromRuntimeName).
std::string_view server_type_of_name(std::string_view runtime_name);

// Protocol, environment, arguments and labels that MLServer, TorchServe and Triton need (SetRuntimeDefaults).
void apply_runtime_defaults(MergeContext& context, View runtime_annotations);

// The image with runtimeVersion, -gpu or -cpu applied (UpdateImageTag). `model` names runtime and version.
std::string image_with_tag(std::string_view image, View model, View merged_container, View runtime_annotations, const Profile& profile);

}  // namespace isvcc

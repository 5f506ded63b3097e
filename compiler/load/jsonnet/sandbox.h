#pragma once
// What a Jsonnet worker gives up before it looks at its input: every system call that it does not need.
namespace isvcc::jsonnet {

// After this the process can read and write the descriptors it has, use memory and end. Where the build has no libseccomp, or the kernel
// no filters, the process still has no descriptors, no environment and no new privileges. False: not even that could be had.
bool give_up_rights();

}  // namespace isvcc::jsonnet

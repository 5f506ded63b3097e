// What `isvcc --jsonnet-worker` is, for tests that have no isvcc.
#include "emit/yaml_writer.h"
#include "load/jsonnet.h"

int main() { return isvcc::jsonnet_worker_main(isvcc::kJsonnetWorkerFd, [](std::string& out, isvcc::View value) { isvcc::write_yaml(out, value, isvcc::YamlStyle::Tanka); }); }

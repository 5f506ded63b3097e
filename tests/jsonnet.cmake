# The Jsonnet tests start workers: a small program of their own.
isvcc_unit_test(jsonnet USES isvcc_load isvcc_emit)
if(TARGET test_jsonnet)
  add_executable(jsonnet_worker support/jsonnet_worker.cpp)
  target_link_libraries(jsonnet_worker PRIVATE isvcc_load isvcc_emit)
  target_compile_definitions(test_jsonnet PRIVATE ISVCC_JSONNET_WORKER="$<TARGET_FILE:jsonnet_worker>")
  add_dependencies(test_jsonnet jsonnet_worker)
endif()

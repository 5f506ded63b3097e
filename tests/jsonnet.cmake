# The Jsonnet tests start workers: a small program of their own.
isvcc_unit_test(jsonnet USES isvcc_load isvcc_emit)
isvcc_unit_test(jsonnet_hostile USES isvcc_load isvcc_emit)
add_executable(jsonnet_worker support/jsonnet_worker.cpp)
target_link_libraries(jsonnet_worker PRIVATE isvcc_load isvcc_emit)
foreach(test test_jsonnet test_jsonnet_hostile)
  target_compile_definitions(${test} PRIVATE ISVCC_JSONNET_WORKER="$<TARGET_FILE:jsonnet_worker>")
  add_dependencies(${test} jsonnet_worker)
endforeach()

# The micro-benchmarks, where Google Benchmark is at hand: cmake --preset release -DISVCC_BENCH=ON, then build/release/tests/micro.
find_package(benchmark QUIET)
if(benchmark_FOUND)
  add_executable(micro bench/micro.cpp)
  target_link_libraries(micro PRIVATE isvcc_ops isvcc_load isvcc_emit benchmark::benchmark)
else()
  message(STATUS "Google Benchmark is not installed: no micro-benchmarks")
endif()

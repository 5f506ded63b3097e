# Faults injected into the output writer: a library to preload, a small program under test, and the runner.
find_package(Python3 COMPONENTS Interpreter)
if(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND Python3_FOUND)
  add_library(isvcc_fault_shim MODULE ${CMAKE_CURRENT_LIST_DIR}/fault_shim.cpp)
  target_link_libraries(isvcc_fault_shim PRIVATE ${CMAKE_DL_LIBS})
  add_library(isvcc_clock_shim MODULE ${CMAKE_CURRENT_LIST_DIR}/clock_shim.cpp)  # for tests/cli/determinism.py
  target_link_libraries(isvcc_clock_shim PRIVATE ${CMAKE_DL_LIBS})
  add_executable(isvcc_fault_subject ${CMAKE_CURRENT_LIST_DIR}/subject.cpp)
  target_link_libraries(isvcc_fault_subject PRIVATE isvcc_emit)
  add_test(NAME faults COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/run_faults.py --subject $<TARGET_FILE:isvcc_fault_subject>
                               --shim $<TARGET_FILE:isvcc_fault_shim> --kills 30 --pairs 12 --stride 11)
endif()

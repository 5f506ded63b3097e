# templates/lib as C++ data: its files (for imports of isvcc/…) and what each KServe release installs, evaluated.
find_library(JSONNET_LIBRARY jsonnet REQUIRED)
find_path(JSONNET_INCLUDE_DIR libjsonnet.h REQUIRED)
add_library(isvcc_jsonnet INTERFACE)
target_link_libraries(isvcc_jsonnet INTERFACE ${JSONNET_LIBRARY})
target_include_directories(isvcc_jsonnet SYSTEM INTERFACE ${JSONNET_INCLUDE_DIR})

# The filter of system calls around Jsonnet workers; without the library they are confined by everything else.
pkg_check_modules(SECCOMP IMPORTED_TARGET libseccomp)
add_library(isvcc_sandbox INTERFACE)
if(SECCOMP_FOUND)
  target_link_libraries(isvcc_sandbox INTERFACE PkgConfig::SECCOMP)
  target_compile_definitions(isvcc_sandbox INTERFACE ISVCC_SECCOMP)
endif()

add_executable(embed_templates ${CMAKE_SOURCE_DIR}/compiler/tools/embed_templates.cpp)
target_link_libraries(embed_templates PRIVATE isvcc_jsonnet)
file(GLOB template_library CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/templates/lib/*.libsonnet)

function(isvcc_embed folder what)
  get_target_property(type isvcc_${folder} TYPE)
  if(type STREQUAL INTERFACE_LIBRARY)
    return()  # the folder has no sources yet
  endif()
  set(out ${CMAKE_BINARY_DIR}/generated/${folder}/embedded_${what}.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND embed_templates ${what} ${out} ${CMAKE_SOURCE_DIR}/templates/lib
    DEPENDS embed_templates ${template_library} COMMENT "Embedding templates/lib as ${what}" VERBATIM)
  target_sources(isvcc_${folder} PRIVATE ${out})
endfunction()

isvcc_embed(load library)
isvcc_embed(kserve releases)

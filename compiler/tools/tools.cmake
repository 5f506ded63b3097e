# Build-time compiler of schemas/*.schema → ${CMAKE_BINARY_DIR}/generated/schema_image.cpp, part of isvcc_schema.
add_library(isvcc_notation STATIC ${CMAKE_SOURCE_DIR}/compiler/tools/notation.cpp ${CMAKE_SOURCE_DIR}/compiler/tools/tables.cpp
            ${CMAKE_SOURCE_DIR}/compiler/tools/source.cpp)
target_link_libraries(isvcc_notation PUBLIC isvcc_tree)
add_executable(schema_compiler ${CMAKE_SOURCE_DIR}/compiler/tools/schema_compiler.cpp)
target_link_libraries(schema_compiler PRIVATE isvcc_notation)

file(GLOB_RECURSE schema_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/schemas/*.schema)
set(schema_image ${CMAKE_BINARY_DIR}/generated/schema_image.cpp)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/generated)
add_custom_command(OUTPUT ${schema_image} COMMAND schema_compiler ${schema_image} ${schema_files}
                   DEPENDS schema_compiler ${schema_files} COMMENT "Compiling the schemas" VERBATIM)
target_sources(isvcc_schema PRIVATE ${schema_image})

# The built-in schemas as text, for ci/check_schemas.py; not part of isvcc.
add_executable(schema_dump EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/compiler/tools/schema_dump.cpp)
target_link_libraries(schema_dump PRIVATE isvcc_schema)

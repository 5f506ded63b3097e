# What `cmake --install` puts where, and the .deb and .tar.gz that CPack makes of it.
include(GNUInstallDirs)

# Completions and manual pages come from the program's own table of commands and options.
set(generated ${CMAKE_BINARY_DIR}/share)
set(verbs ${CMAKE_SOURCE_DIR}/compiler/driver/verbs.def)
add_custom_command(OUTPUT ${generated}/stamp DEPENDS isvcc ${verbs} packaging/share.sh VERBATIM
  COMMAND ${CMAKE_SOURCE_DIR}/packaging/share.sh $<TARGET_FILE:isvcc> ${verbs} ${generated}
  COMMAND ${CMAKE_COMMAND} -E touch ${generated}/stamp)
add_custom_target(isvcc_share ALL DEPENDS ${generated}/stamp)

install(TARGETS isvcc RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${generated}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${generated}/completion/bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME isvcc)
install(FILES ${generated}/completion/zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions RENAME _isvcc)
install(FILES ${generated}/completion/fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d RENAME isvcc.fish)
# The binary carries the Jsonnet library; this copy is for editors and for `jsonnet -J`.
install(DIRECTORY ${CMAKE_SOURCE_DIR}/templates/lib/ DESTINATION ${CMAKE_INSTALL_DATADIR}/isvcc/lib/isvcc FILES_MATCHING PATTERN "*.libsonnet")
install(DIRECTORY ${CMAKE_SOURCE_DIR}/templates/integrations DESTINATION ${CMAKE_INSTALL_DATADIR}/isvcc USE_SOURCE_PERMISSIONS)
install(FILES ${CMAKE_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY ${CMAKE_SOURCE_DIR}/docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs FILES_MATCHING PATTERN "*.md")
file(GLOB licence LICENSE*)
if(licence)
  install(FILES ${licence} DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME isvcc)
set(CPACK_PACKAGE_VENDOR isvcc)
set(CPACK_PACKAGE_CONTACT "isvcc maintainers <maintainers@isvcc.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "offline compiler for KServe manifests")
set(CPACK_PACKAGE_DESCRIPTION "Reads InferenceServices and serving runtimes from YAML, JSON and Jsonnet\nand writes the objects that a cluster with KServe would make of them,\nwithout a cluster and without the network.")
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
string(TOLOWER ${CMAKE_SYSTEM_NAME} system)
set(CPACK_PACKAGE_FILE_NAME isvcc-${PROJECT_VERSION}-${system}-${CMAKE_SYSTEM_PROCESSOR})
# The archive unpacks anywhere: its paths start at bin/ and share/, below one folder with its name.
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_SOURCE_DIR}/packaging/cpack.cmake)
include(CPack)

# What is installed, and the Debian package made of it (harness/release/package.sh).
include(GNUInstallDirs)

set(PACKAGE_FILES "${CMAKE_BINARY_DIR}/package")
set(MADE_BY_PROGRAM "")
# conform_made_file(FILE ARGUMENTS…): what the program itself prints.
function(conform_made_file file)
  add_custom_command(OUTPUT "${PACKAGE_FILES}/${file}"
    COMMAND ${CMAKE_COMMAND} -E make_directory "${PACKAGE_FILES}"
    COMMAND conform ${ARGN} > "${PACKAGE_FILES}/${file}"
    DEPENDS conform VERBATIM)
  set(MADE_BY_PROGRAM ${MADE_BY_PROGRAM} "${PACKAGE_FILES}/${file}" PARENT_SCOPE)
endfunction()
conform_made_file(conform.1 manual)
conform_made_file(conform.bash completion bash)
conform_made_file(_conform completion zsh)
conform_made_file(conform.fish completion fish)
# The list of parts needs what was linked, so it is made last.
add_custom_command(OUTPUT "${PACKAGE_FILES}/conform.cdx.json"
  COMMAND python3 "${CMAKE_SOURCE_DIR}/harness/release/parts.py" "$<TARGET_FILE:conform>"
          "${PACKAGE_FILES}/conform.cdx.json"
  DEPENDS conform "${CMAKE_SOURCE_DIR}/harness/release/parts.py" VERBATIM)
add_custom_target(package_files DEPENDS ${MADE_BY_PROGRAM} "${PACKAGE_FILES}/conform.cdx.json")

set(DOCUMENTS "${CMAKE_INSTALL_DATADIR}/doc/conform")
install(FILES "${PACKAGE_FILES}/conform.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
install(FILES "${PACKAGE_FILES}/conform.bash" RENAME conform
  DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES "${PACKAGE_FILES}/_conform"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions")
install(FILES "${PACKAGE_FILES}/conform.fish"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
install(FILES "${PACKAGE_FILES}/conform.cdx.json" "${CMAKE_SOURCE_DIR}/README.md"
              "${CMAKE_SOURCE_DIR}/harness/CHANGELOG.md"
              "${CMAKE_SOURCE_DIR}/harness/SECURITY.md" DESTINATION "${DOCUMENTS}")
install(FILES "${CMAKE_SOURCE_DIR}/cases/README.md" RENAME CASES.md DESTINATION "${DOCUMENTS}")
install(FILES "${CMAKE_SOURCE_DIR}/LICENSE" RENAME copyright DESTINATION "${DOCUMENTS}")
install(DIRECTORY "${CMAKE_SOURCE_DIR}/harness/schemas/" DESTINATION share/conform/schemas
  FILES_MATCHING PATTERN "*.schema.json")
install(DIRECTORY "${CMAKE_SOURCE_DIR}/reports/" DESTINATION share/conform/schemas
  FILES_MATCHING PATTERN "*.schema.json")

set(CPACK_GENERATOR DEB)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_CONTACT "the conform developers")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"It holds what an HTTP API answers against what its documentation promises: YAML
files say what is promised and what to try, an embedded mock or a service is
tried, and JUnit, HTML and signed reports say what was found.")
include(CPack)

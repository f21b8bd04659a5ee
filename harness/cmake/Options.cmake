# One INTERFACE target carries the flags; every target of ours links it, none exports it.
add_library(conform_options INTERFACE)
target_compile_options(conform_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion
                       # Sources compiled as one see what another of them names.
                       $<$<NOT:$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>>:-Wshadow>
                       # A release is the same wherever it was built.
                       "$<$<CONFIG:Release>:-ffile-prefix-map=${CMAKE_BINARY_DIR}=build>"
                       "$<$<CONFIG:Release>:-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.>"
                       # g++ 12 sees overlaps in std::string's operator+ that are none (GCC bug 105651).
                       -Wno-restrict)
target_include_directories(conform_options INTERFACE "${CMAKE_SOURCE_DIR}/harness")
target_link_libraries(conform_options INTERFACE Threads::Threads)
if(CONFORM_WERROR)
  target_compile_options(conform_options INTERFACE -Werror)
endif()
if(CONFORM_SANITIZE)
  target_compile_options(conform_options INTERFACE "-fsanitize=${CONFORM_SANITIZE}"
                         -fno-omit-frame-pointer -fno-sanitize-recover=all)
  # Instrumented, std::regex makes g++ 12 warn of members that are not read.
  target_compile_options(conform_options INTERFACE -Wno-maybe-uninitialized)
  target_link_options(conform_options INTERFACE "-fsanitize=${CONFORM_SANITIZE}")
endif()
if(CONFORM_FUZZ)
  target_compile_options(conform_options INTERFACE -fsanitize=fuzzer-no-link
                         -Wno-unknown-warning-option)
  target_link_options(conform_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(CONFORM_COVERAGE)
  target_compile_options(conform_options INTERFACE --coverage -O0)
  target_link_options(conform_options INTERFACE --coverage)
endif()

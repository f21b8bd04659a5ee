# conform_room(NAME SOURCES a.cc … TESTS a_test.cc …): a library conform_NAME, and its test program.
function(conform_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;TESTS" ${ARGN})
  list(TRANSFORM FLOOR_${name} PREPEND conform_ OUTPUT_VARIABLE below)
  add_library(conform_${name} STATIC ${ROOM_SOURCES})
  target_link_libraries(conform_${name} PUBLIC conform_options ${below} ${OUTSIDE_${name}})
  if(BUILD_TESTING AND ROOM_TESTS)
    conform_test_program(${name}_test ROOMS ${name} SOURCES ${ROOM_TESTS})
  endif()
endfunction()

# conform_test_program(NAME ROOMS r… SOURCES a_test.cc…): one ctest a GoogleTest program.
function(conform_test_program name)
  cmake_parse_arguments(PROGRAM "" "" "ROOMS;SOURCES" ${ARGN})
  list(TRANSFORM PROGRAM_ROOMS PREPEND conform_)
  add_executable(${name} ${PROGRAM_SOURCES})
  target_link_libraries(${name} PRIVATE conform_testing ${PROGRAM_ROOMS} GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE
    CONFORM_TESTDATA="${CMAKE_SOURCE_DIR}/harness/testdata" CONFORM_SOURCE="${CMAKE_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 300)
endfunction()

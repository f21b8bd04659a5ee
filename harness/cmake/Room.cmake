# conform_room(NAME SOURCES a.cc … TESTS a_test.cc …): a library conform_NAME, and its test program.
function(conform_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;TESTS" ${ARGN})
  list(TRANSFORM FLOOR_${name} PREPEND conform_ OUTPUT_VARIABLE below)
  add_library(conform_${name} STATIC ${ROOM_SOURCES})
  target_link_libraries(conform_${name} PUBLIC conform_options ${below} ${OUTSIDE_${name}})
  # A dozen sources at a time: headers are read once, and a first build takes a third of the time.
  # Of more at a time g++ inlines less: the program takes 3 % longer. So names without a namespace are
  # told apart within a room, and within its tests, also from what headers declare: an overload that
  # fits better is called in silence.
  set_target_properties(conform_${name} PROPERTIES
    UNITY_BUILD "${CONFORM_UNITY}" UNITY_BUILD_BATCH_SIZE 12)
  if(BUILD_TESTING AND ROOM_TESTS)
    conform_test_program(${name}_test ROOMS ${name} SOURCES ${ROOM_TESTS})
  endif()
endfunction()

# conform_test_program(NAME ROOMS r… SOURCES a_test.cc…): one ctest a GoogleTest program.
function(conform_test_program name)
  cmake_parse_arguments(PROGRAM "" "" "ROOMS;SOURCES" ${ARGN})
  list(TRANSFORM PROGRAM_ROOMS PREPEND conform_)
  add_executable(${name} ${PROGRAM_SOURCES})
  target_link_libraries(${name} PRIVATE conform_testing ${PROGRAM_ROOMS} conform_test_main)
  set_target_properties(${name} PROPERTIES
    UNITY_BUILD "${CONFORM_UNITY}" UNITY_BUILD_BATCH_SIZE 24)
  target_compile_definitions(${name} PRIVATE
    CONFORM_TESTDATA="${CMAKE_SOURCE_DIR}/harness/testdata" CONFORM_SOURCE="${CMAKE_SOURCE_DIR}")
  # Tests call what is optimised; their own code only takes time to compile.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O0>)
  if(CONFORM_SANITIZE)
    target_compile_options(${name} PRIVATE -O0)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  # A sanitizer makes a program up to ten times as slow, counting lines five times.
  set(patience 300)
  if(CONFORM_SANITIZE OR CONFORM_COVERAGE)
    set(patience 1200)
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${patience})
endfunction()

# valijson, headers only: installed, or unpacked below build/third_party by harness/bootstrap.sh.
find_path(Valijson_INCLUDE_DIR valijson/validator.hpp
  HINTS "${CONFORM_THIRD_PARTY}/usr/include" "${CMAKE_SOURCE_DIR}/build/third_party/usr/include"
  PATHS /usr/include)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Valijson REQUIRED_VARS Valijson_INCLUDE_DIR)
if(Valijson_FOUND AND NOT TARGET valijson::valijson)
  add_library(valijson::valijson INTERFACE IMPORTED)
  set_target_properties(valijson::valijson PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${Valijson_INCLUDE_DIR}")
endif()

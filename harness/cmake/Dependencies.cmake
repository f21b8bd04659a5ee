# Everything from outside, found once. The Debian packages are listed in harness/packages.txt.
find_package(Threads REQUIRED)
find_package(GTest REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(tl-expected REQUIRED)
find_package(pugixml REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(ZLIB REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(httplib REQUIRED IMPORTED_TARGET cpp-httplib)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(gumbo REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(cmark REQUIRED IMPORTED_TARGET libcmark-gfm)
pkg_check_modules(brotlidec REQUIRED IMPORTED_TARGET libbrotlidec)

# For `conform --version`: name and the variable that holds the version found.
set(CONFORM_LIBRARIES "")
foreach(library IN ITEMS brotli=brotlidec_VERSION CLI11=CLI11_VERSION cmark-gfm=cmark_VERSION
        cpp-httplib=httplib_VERSION fmt=fmt_VERSION GoogleTest=GTest_VERSION gumbo=gumbo_VERSION
        nlohmann-json=nlohmann_json_VERSION OpenSSL=OPENSSL_VERSION pugixml=pugixml_VERSION
        RE2=re2_VERSION SQLiteCpp=SQLiteCpp_VERSION tl-expected=tl-expected_VERSION
        yaml-cpp=yaml-cpp_VERSION zlib=ZLIB_VERSION_STRING)
  string(REPLACE "=" ";" library "${library}")
  list(GET library 0 name)
  list(GET library 1 variable)
  list(APPEND CONFORM_LIBRARIES "${name} ${${variable}}")
endforeach()
list(TRANSFORM CONFORM_LIBRARIES REPLACE " 0.0.0$" "")  # Debian's RE2 knows no version of its own
list(JOIN CONFORM_LIBRARIES ", " CONFORM_LIBRARIES)

# What each room takes from outside; what it takes from inside is in Floors.cmake.
set(OUTSIDE_base fmt::fmt nlohmann_json::nlohmann_json tl::expected yaml-cpp OpenSSL::Crypto)
set(OUTSIDE_contract PkgConfig::re2)
set(OUTSIDE_case PkgConfig::re2)
# The extensions of cmark-gfm (tables) have no pkg-config file of their own.
set(OUTSIDE_page PkgConfig::cmark cmark-gfm-extensions PkgConfig::gumbo PkgConfig::httplib PkgConfig::re2
    OpenSSL::SSL)
set(OUTSIDE_exchange OpenSSL::SSL ZLIB::ZLIB PkgConfig::brotlidec)
set(OUTSIDE_mock OpenSSL::SSL PkgConfig::httplib)
set(OUTSIDE_bundle PkgConfig::httplib ZLIB::ZLIB)
set(OUTSIDE_report pugixml::pugixml)
set(OUTSIDE_history PkgConfig::re2 SQLiteCpp)
set(OUTSIDE_notify PkgConfig::httplib OpenSSL::SSL)
set(OUTSIDE_run CLI11::CLI11 GTest::gtest)

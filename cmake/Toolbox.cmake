# Compilers' strictness, the faster tools where they are present, and the outside libraries (all from Debian 12).

find_program(CCACHE ccache)
if(CCACHE)
  # What one checkout has compiled serves the next one, wherever that lies.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # The compiler tidies its memory from 1 GiB on instead of 128 MiB: a tenth of the time for 130 MB more a process.
  add_compile_options(--param=ggc-min-heapsize=1048576)
endif()

add_library(kula_warnings INTERFACE)
target_compile_options(kula_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Werror)

find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS system)
find_package(fmt REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(zip REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(yaml REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)
find_package(BZip2 REQUIRED)
pkg_check_modules(simdjson REQUIRED IMPORTED_TARGET simdjson)
pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl)
find_package(nlohmann_json REQUIRED)
# A JSON value that turns into anything by itself cannot be told from an error in a `Result`.
target_compile_definitions(nlohmann_json::nlohmann_json INTERFACE JSON_USE_IMPLICIT_CONVERSIONS=0)
pkg_check_modules(icu REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(libpq REQUIRED IMPORTED_TARGET libpq)
find_package(spdlog REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(OpenSSL REQUIRED)
pkg_check_modules(gpgme REQUIRED IMPORTED_TARGET gpgme)
pkg_check_modules(gmime REQUIRED IMPORTED_TARGET gmime-3.0)
pkg_check_modules(argon2 REQUIRED IMPORTED_TARGET libargon2)
find_package(date REQUIRED)
pkg_check_modules(CLI11 REQUIRED IMPORTED_TARGET CLI11)

# Mustache templates: headers only, in Debian without a CMake or pkg-config file.
find_path(KAINJOW_MUSTACHE_INCLUDE kainjow/mustache.hpp REQUIRED)
add_library(kainjow_mustache INTERFACE)
target_include_directories(kainjow_mustache SYSTEM INTERFACE "${KAINJOW_MUSTACHE_INCLUDE}")

# SOCI comes without a CMake or pkg-config file in Debian.
find_path(SOCI_INCLUDE soci/soci.h REQUIRED)
add_library(soci INTERFACE)
target_include_directories(soci SYSTEM INTERFACE ${SOCI_INCLUDE})
target_link_libraries(soci INTERFACE soci_core soci_sqlite3 soci_postgresql)

if(KULA_TESTS)
  find_package(GTest REQUIRED)
  include(GoogleTest)
  add_library(kula_testing INTERFACE)
  target_link_libraries(kula_testing INTERFACE GTest::gmock GTest::gtest_main)
endif()

# The desk, built by npm and put into the program.
#
#   target_link_libraries(<target> PRIVATE desk_assets)
#
# gives `std::vector<kula::net::Asset> kula::desk_assets();` from "desk_assets.hpp": every file of web/dist, as it is and
# compressed with gzip -9. Touching anything under web/, the contract or the translations builds the desk again.

include_guard(GLOBAL)
find_package(Python3 REQUIRED COMPONENTS Interpreter)
find_program(NPM npm REQUIRED)

set(desk "${PROJECT_SOURCE_DIR}/web")
set(desk_packages "${desk}/node_modules/.package-lock.json")
set(desk_page "${desk}/dist/index.html")
set(desk_generated "${PROJECT_BINARY_DIR}/desk")

add_custom_command(OUTPUT "${desk_packages}"
  COMMAND "${PROJECT_SOURCE_DIR}/scripts/parts/desk-packages"
  DEPENDS "${desk}/package-lock.json"
  WORKING_DIRECTORY "${desk}"
  COMMENT "Fetching the desk's packages" VERBATIM)

file(GLOB_RECURSE desk_sources CONFIGURE_DEPENDS "${desk}/src/*" "${desk}/public/*" "${PROJECT_SOURCE_DIR}/data/i18n/*")
list(FILTER desk_sources EXCLUDE REGEX "generated\\.ts$|\\.test\\.tsx?$|i18n/portal\\.")
add_custom_command(OUTPUT "${desk_page}"
  COMMAND "${NPM}" run --silent build -- --logLevel warn
  COMMAND "${CMAKE_COMMAND}" -E touch "${desk_page}"
  DEPENDS "${desk_packages}" ${desk_sources} "${desk}/index.html" "${desk}/vite.config.ts" "${desk}/tsconfig.json"
          "${desk}/scripts/contract.mjs" "${PROJECT_SOURCE_DIR}/api/openapi.yaml"
  WORKING_DIRECTORY "${desk}"
  COMMENT "Building the desk" VERBATIM)

add_custom_command(OUTPUT "${desk_generated}/desk_assets.cpp"
  COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/cmake/embed_desk.py" "${desk}/dist" "${desk_generated}"
  DEPENDS "${desk_page}" "${PROJECT_SOURCE_DIR}/cmake/embed_desk.py"
  COMMENT "Putting the desk into the program" VERBATIM)

file(CONFIGURE OUTPUT "${desk_generated}/include/desk_assets.hpp" CONTENT [[
#pragma once
#include <vector>

#include "net/static_files.hpp"

namespace kula {
/// The desk's files, for `net::StaticFiles`.
std::vector<net::Asset> desk_assets();
}  // namespace kula
]] @ONLY)

add_library(desk_assets OBJECT "${desk_generated}/desk_assets.cpp")
target_include_directories(desk_assets PUBLIC "${desk_generated}/include")
target_link_libraries(desk_assets PUBLIC net)

# The one build idea of this project: a room.
#
#   room(<name> FLOOR <n>
#     [PURPOSE "<one line for ARCHITECTURE.md>"]
#     [USES <room>...]            rooms whose faces appear in this room's own face
#     [USES_INSIDE <room>...]     rooms that only this room's inside includes
#     [LIBRARIES <target>...]     outside libraries, linked privately
#     [FACE_LIBRARIES <target>...])  outside libraries whose headers the face includes
#
# One room is one folder, one target, one namespace (kula::<name>), one include root (include/<name>/*.hpp) and one
# test binary (tests/*_test.cpp, globbed). A room may use only rooms on a lower floor; the fence stands here.

define_property(TARGET PROPERTY KULA_FLOOR BRIEF_DOCS "Floor of a room" FULL_DOCS "Floor of a room")
set_property(GLOBAL PROPERTY KULA_ROOMS "")
add_custom_target(fuzzers)

# The fence: a room may use only rooms on a lower floor.
function(check_floors name floor)
  foreach(used IN LISTS ARGN)
    if(NOT TARGET ${used})
      message(FATAL_ERROR "room ${name} uses ${used}, which is no room on a lower floor")
    endif()
    get_target_property(floor_used ${used} KULA_FLOOR)
    if(NOT floor_used LESS floor)
      message(FATAL_ERROR "room ${name} (floor ${floor}) may not use ${used} (floor ${floor_used})")
    endif()
  endforeach()
endfunction()

# Most of a compiler's time goes into headers, which files of one room share. Where KULA_BATCH is more than 1, that many
# are compiled as one unit, in some two fifths of the time. They then share their anonymous namespace, too (decision 0016).
function(compile_in_batches target)
  if(KULA_BATCH GREATER 1)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${KULA_BATCH})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      target_compile_options(${target} PRIVATE -Wno-subobject-linkage)  # Takes the unit's files for headers.
    endif()
  endif()
endfunction()

# Adds a row to the table of rooms.
function(record_room name floor purpose)
  file(RELATIVE_PATH folder "${PROJECT_SOURCE_DIR}/src" "${CMAKE_CURRENT_SOURCE_DIR}")
  get_filename_component(wing "${folder}" DIRECTORY)
  list(JOIN ARGN " " uses)
  set_property(GLOBAL APPEND PROPERTY KULA_ROOMS "| ${wing} | ${floor} | `${name}` | ${purpose} | ${uses} |")
endfunction()

# A program is the room on the top floor: main and wiring, an executable instead of a library.
function(program name)
  cmake_parse_arguments(ROOM "" "FLOOR;PURPOSE" "USES_INSIDE;LIBRARIES" ${ARGN})
  check_floors(${name} ${ROOM_FLOOR} ${ROOM_USES_INSIDE})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  # What reads options includes CLI11, five seconds each time: side by side it shares batches.
  set(commands ${sources})
  list(FILTER commands INCLUDE REGEX "(main|_command|_options?)\\.cpp$")
  list(REMOVE_ITEM sources ${commands})
  add_executable(${name} ${commands} ${sources})
  target_include_directories(${name} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE ${ROOM_USES_INSIDE} ${ROOM_LIBRARIES} kula_warnings)
  list_migrations(${name} ${ROOM_USES_INSIDE})
  compile_in_batches(${name})
  record_room(${name} ${ROOM_FLOOR} "${ROOM_PURPOSE}" ${ROOM_USES_INSIDE})
endfunction()

# A program knows the scripts of all its rooms: `std::vector<storage::Migrations> kula::rooms_migrations()` in floor order,
# declared in the generated "rooms_migrations.hpp". Whoever adds a room with tables has nothing to add to a list.
function(list_migrations name)
  set(declared "")
  set(called "")
  foreach(used IN LISTS ARGN)
    get_target_property(has_migrations ${used} KULA_MIGRATIONS)
    if(has_migrations)
      string(APPEND declared "namespace kula::${used} {\nstorage::Migrations const& ${used}_migrations();\n}\n")
      string(APPEND called "        ${used}::${used}_migrations(),\n")
    endif()
  endforeach()
  set(generated "${CMAKE_CURRENT_BINARY_DIR}/generated")
  file(CONFIGURE OUTPUT "${generated}/rooms_migrations.hpp" CONTENT [[
#pragma once
#include <vector>
#include "storage/migration.hpp"
namespace kula {
/// The scripts of all rooms, from the lowest floor up.
std::vector<storage::Migrations> rooms_migrations();
}  // namespace kula
]] @ONLY)
  file(CONFIGURE OUTPUT "${generated}/rooms_migrations.cpp" CONTENT [[
#include "rooms_migrations.hpp"
@declared@namespace kula {
std::vector<storage::Migrations> rooms_migrations() {
    return {
@called@    };
}
}  // namespace kula
]] @ONLY)
  target_sources(${name} PRIVATE "${generated}/rooms_migrations.cpp")
  target_include_directories(${name} PRIVATE "${generated}")
endfunction()

function(room name)
  cmake_parse_arguments(ROOM "" "FLOOR;PURPOSE" "USES;USES_INSIDE;LIBRARIES;FACE_LIBRARIES" ${ARGN})
  if(ROOM_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "room ${name}: unknown arguments ${ROOM_UNPARSED_ARGUMENTS}")
  endif()
  check_floors(${name} ${ROOM_FLOOR} ${ROOM_USES} ${ROOM_USES_INSIDE})

  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  file(GLOB faces CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/include/${name}/*.hpp")
  add_library(${name} ${KULA_LIBRARY_KIND} ${sources})
  target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS include FILES ${faces})
  target_include_directories(${name} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
  target_link_libraries(${name} PUBLIC ${ROOM_USES} ${ROOM_FACE_LIBRARIES}
                                PRIVATE ${ROOM_USES_INSIDE} ${ROOM_LIBRARIES} kula_warnings)
  set_target_properties(${name} PROPERTIES KULA_FLOOR ${ROOM_FLOOR} VERIFY_INTERFACE_HEADER_SETS ON)
  embed_migrations(${name})
  compile_in_batches(${name})
  record_room(${name} ${ROOM_FLOOR} "${ROOM_PURPOSE}" ${ROOM_USES} ${ROOM_USES_INSIDE})
  room_tests(${name} "${ROOM_USES_INSIDE};${ROOM_LIBRARIES}")
endfunction()

# A sanitizer makes each start of a program dear: a room's tests run in few processes, instead of in one each.
function(run_in_shards name environment)
  math(EXPR last "${KULA_TEST_SHARDS} - 1")
  foreach(shard RANGE ${last})
    add_test(NAME ${name}.${shard} COMMAND ${name}_test --gtest_brief=1)
    set(told ${environment} GTEST_TOTAL_SHARDS=${KULA_TEST_SHARDS} GTEST_SHARD_INDEX=${shard})
    set_tests_properties(${name}.${shard} PROPERTIES ${ARGN} TIMEOUT 600 ENVIRONMENT "${told}")
  endforeach()
endfunction()

# tests/*_test.cpp of a room become one binary that links that room and what its inside includes; tests/*_fuzz.cpp one binary each.
function(room_tests name libraries)
  file(GLOB tests CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/tests/*_test.cpp")
  if(tests AND KULA_TESTS)
    add_executable(${name}_test ${tests})
    target_include_directories(${name}_test PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
    target_link_libraries(${name}_test PRIVATE ${name} ${libraries} kula_testing kula_warnings)
    set(properties LABELS room TIMEOUT 120)
    set(environment "")
    get_target_property(linked ${name} LINK_LIBRARIES)
    if(name STREQUAL "storage" OR "storage" IN_LIST linked)  # Storage twins and the room's own migrations.
      target_link_libraries(${name}_test PRIVATE storage_testing)
      target_include_directories(${name}_test PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/generated")
      list(APPEND properties FIXTURES_REQUIRED postgresql)
      list(APPEND environment "KULA_TEST_POSTGRESQL=${KULA_TEST_POSTGRESQL}")
    endif()
    compile_in_batches(${name}_test)
    if(KULA_TEST_SHARDS)
      run_in_shards(${name} "${environment}" ${properties})
    else()
      if(environment)
        list(APPEND properties ENVIRONMENT ${environment})
      endif()
      gtest_discover_tests(${name}_test TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST PROPERTIES ${properties})
    endif()
  endif()
  file(GLOB fuzzers CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/tests/*_fuzz.cpp")
  if(fuzzers AND KULA_FUZZ)
    foreach(source IN LISTS fuzzers)
      get_filename_component(fuzzer "${source}" NAME_WE)
      add_executable(${fuzzer} "${source}")
      target_include_directories(${fuzzer} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
      target_link_libraries(${fuzzer} PRIVATE ${name} ${libraries} kula_warnings)
      target_link_options(${fuzzer} PRIVATE -fsanitize=fuzzer)
      add_dependencies(fuzzers ${fuzzer})
    endforeach()
  endif()
endfunction()

# A room that owns tables keeps them in migrations/NNNN_name.sql. They are compiled in as
# `storage::Migrations const& <room>_migrations()`, declared in the generated, private header "<room>_migrations.hpp".
function(embed_migrations name)
  file(GLOB scripts CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/migrations/*.sql")
  if(NOT scripts)
    return()
  endif()
  list(SORT scripts)
  set(entries "")
  foreach(script IN LISTS scripts)
    get_filename_component(stem "${script}" NAME_WE)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${script}")
    file(READ "${script}" sql)
    string(APPEND entries "        {\"${stem}\", R\"sql(${sql})sql\"},\n")
  endforeach()
  set(generated "${CMAKE_CURRENT_BINARY_DIR}/generated")
  file(CONFIGURE OUTPUT "${generated}/${name}_migrations.hpp" CONTENT [[
#pragma once
#include "storage/migration.hpp"
namespace kula::@name@ {
storage::Migrations const& @name@_migrations();
}  // namespace kula::@name@
]] @ONLY)
  file(CONFIGURE OUTPUT "${generated}/${name}_migrations.cpp" CONTENT [[
#include "@name@_migrations.hpp"
namespace kula::@name@ {
storage::Migrations const& @name@_migrations() {
    static storage::Migrations const migrations{"@name@", {
@entries@    }};
    return migrations;
}
}  // namespace kula::@name@
]] @ONLY)
  set_target_properties(${name} PROPERTIES KULA_MIGRATIONS ON)
  target_sources(${name} PRIVATE "${generated}/${name}_migrations.cpp")
  target_include_directories(${name} PRIVATE "${generated}")
endfunction()

# Writes the room table that ARCHITECTURE.md must hold; a test compares the two.
function(write_room_table file)
  get_property(rooms GLOBAL PROPERTY KULA_ROOMS)
  list(JOIN rooms "\n" rows)
  file(CONFIGURE OUTPUT "${file}" CONTENT
       "| Wing | Floor | Room | What it knows | Uses |\n|---|---|---|---|---|\n${rows}\n" @ONLY)
endfunction()

# Compiles files of data/ into a room or program, so that it needs no file beside it:
# `std::string_view kula::<namespace>::shipped_data(std::string_view path)`, declared in the generated "shipped_data.hpp".
# Paths are as given, relative to data/; asking for one that was not shipped is a bug and throws.
function(ship_data name namespace)
  set(entries "")
  foreach(path IN LISTS ARGN)
    set(file "${PROJECT_SOURCE_DIR}/data/${path}")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
    file(READ "${file}" content)
    string(APPEND entries "    if (path == \"${path}\") return R\"shipped(${content})shipped\";\n")
  endforeach()
  set(generated "${CMAKE_CURRENT_BINARY_DIR}/generated")
  file(CONFIGURE OUTPUT "${generated}/shipped_data.hpp" CONTENT [[
#pragma once
#include <string_view>
namespace @namespace@ {
std::string_view shipped_data(std::string_view path);
}  // namespace @namespace@
]] @ONLY)
  file(CONFIGURE OUTPUT "${generated}/shipped_data.cpp" CONTENT [[
#include "shipped_data.hpp"
#include <stdexcept>
#include <string>
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverlength-strings"
namespace @namespace@ {
std::string_view shipped_data(std::string_view path) {
@entries@    throw std::logic_error("not shipped: " + std::string(path));
}
}  // namespace @namespace@
#pragma GCC diagnostic pop
]] @ONLY)
  target_sources(${name} PRIVATE "${generated}/shipped_data.cpp")
  target_include_directories(${name} PRIVATE "${generated}")
  if(TARGET ${name}_test)
    target_include_directories(${name}_test PRIVATE "${generated}")
  endif()
endfunction()

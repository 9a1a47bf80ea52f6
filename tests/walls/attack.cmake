# Builds the house with one attack in it, and fails unless the build is refused with REFUSAL (or holds, when empty).
file(REMOVE_RECURSE "${PLACE}")
execute_process(
  COMMAND ${CMAKE_COMMAND} -S "${HOUSE}" -B "${PLACE}" -G Ninja "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DATTACK=${ATTACK}"
  OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE status)
if(status EQUAL 0)
  execute_process(COMMAND ${CMAKE_COMMAND} --build "${PLACE}" --target all all_verify_interface_header_sets
                  OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE status)
endif()
# CMake breaks its messages over lines.
string(REGEX REPLACE "[ \n]+" " " flat "${output}")
if(REFUSAL STREQUAL "" AND NOT status EQUAL 0)
  message(FATAL_ERROR "the house without an attack does not build:\n${output}")
elseif(NOT REFUSAL STREQUAL "" AND status EQUAL 0)
  message(FATAL_ERROR "the wall fell: ${ATTACK} was built")
elseif(NOT flat MATCHES "${REFUSAL}")
  message(FATAL_ERROR "refused, but not with \"${REFUSAL}\":\n${output}")
endif()

# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# For projects built with CMake: find_package(witgen). A target gets the glue of a world:
#
#   witgen_add_guest(TARGET WORLD world WIT path... [OPTIONS option...] [DEPENDS target...])
#     of a guest: {world}.h and {world}.c. An executable becomes a reactor with the ending .wasm. The compiler is one for wasm32, as
#     in wasm32-wasi.cmake beside this file, a toolchain file whose path is in WITGEN_WASM_TOOLCHAIN. Where libwitguest is
#     installed, so is witguest::native and so on: link it to the target.
#
#   witgen_add_host(TARGET WORLD world WIT path... [GUEST_MODULE file] [ENGINES engine...] [OPTIONS option...] [DEPENDS target...])
#     of a host: {world}_host.h and .c, and withost::withost. With the engine wasm2c, which is the default, the guest in GUEST_MODULE
#     becomes a part of the target.
#
# WORLD is the world's name, in full if need be. WIT are files and directories, as on the command line; OPTIONS are more of that
# (--sync f). DEPENDS are targets that make WIT or the module. witgen runs when anything that it has read is newer, and a C file is
# compiled when its text has changed.

if(CMAKE_VERSION VERSION_LESS 3.20)
  set(witgen_FOUND FALSE)
  set(witgen_NOT_FOUND_MESSAGE "witgen's package needs CMake 3.20: depfiles for Makefiles came with that")
  return()
endif()
cmake_policy(VERSION 3.20...3.25)

get_filename_component(_witgen_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(WITGEN_WASM_TOOLCHAIN "${CMAKE_CURRENT_LIST_DIR}/wasm32-wasi.cmake")
if(NOT WITGEN_EXECUTABLE)
  set(WITGEN_EXECUTABLE "${_witgen_prefix}/bin/witgen")
endif()
if(NOT EXISTS "${WITGEN_EXECUTABLE}")
  set(witgen_FOUND FALSE)
  set(witgen_NOT_FOUND_MESSAGE "there is no ${WITGEN_EXECUTABLE}; WITGEN_EXECUTABLE says where it is")
  return()
endif()
if(NOT TARGET witgen::witgen)
  add_executable(witgen::witgen IMPORTED)
  set_target_properties(witgen::witgen PROPERTIES IMPORTED_LOCATION "${WITGEN_EXECUTABLE}")
endif()
find_package(witguest QUIET PATHS "${_witgen_prefix}/share/cmake/witguest" NO_DEFAULT_PATH)
find_package(withost QUIET PATHS "${_witgen_prefix}/share/cmake/withost" NO_DEFAULT_PATH)
unset(_witgen_prefix)

# Sets witgen_files to what the command in witgen_command writes.
macro(_witgen_list_files)
  execute_process(COMMAND "${WITGEN_EXECUTABLE}" ${witgen_command} --list-outputs
    OUTPUT_VARIABLE witgen_files ERROR_VARIABLE witgen_error RESULT_VARIABLE witgen_result OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT witgen_result EQUAL 0)
    message(FATAL_ERROR "${witgen_caller}: ${witgen_error}")
  endif()
  string(REPLACE ";" "\\;" witgen_files "${witgen_files}")
  string(REPLACE "\n" ";" witgen_files "${witgen_files}")
endmacro()

# Checks what both functions are given, as arg_*, and makes paths absolute.
macro(_witgen_check_arguments target)
  if(NOT WITGEN_EXECUTABLE)
    message(FATAL_ERROR "${witgen_caller}: call find_package(witgen) in this directory, or in one above it")
  endif()
  if(NOT TARGET ${target})
    message(FATAL_ERROR "${witgen_caller}: there is no target '${target}'; add_executable or add_library comes first")
  endif()
  if(NOT arg_WORLD OR NOT arg_WIT)
    message(FATAL_ERROR "${witgen_caller}: needs WORLD and WIT")
  endif()
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${witgen_caller}: unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  set(witgen_paths "")
  foreach(witgen_path IN LISTS arg_WIT)
    get_filename_component(witgen_path "${witgen_path}" ABSOLUTE)
    list(APPEND witgen_paths "${witgen_path}")
  endforeach()
  set(arg_WIT "${witgen_paths}")
  if(arg_GUEST_MODULE)
    get_filename_component(arg_GUEST_MODULE "${arg_GUEST_MODULE}" ABSOLUTE)
  endif()
endmacro()

# The rule, and the target's share of it. The stamp is what is out of date or not: files that stay as they are keep their time stamps.
function(_witgen_add_files target side dir files command depends targets)
  set(stamp "${dir}/${side}.stamp")
  set(depfile "${dir}/${side}.d")
  set(forget "")
  if(CMAKE_GENERATOR MATCHES "Makefiles")
    # CMake adds what a depfile says to what it has said before: a file that is gone would be newer than the stamp for ever
    set(forget COMMAND "${CMAKE_COMMAND}" -E rm -f
      "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}_witgen_${side}.dir/compiler_depend.internal")
  endif()
  add_custom_command(OUTPUT "${stamp}" BYPRODUCTS ${files} DEPFILE "${depfile}" VERBATIM
    COMMAND "${WITGEN_EXECUTABLE}" ${command} --depfile "${depfile}" -MT "${stamp}"
    COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}"
    ${forget}
    DEPENDS "${WITGEN_EXECUTABLE}" ${depends}
    COMMENT "Generating glue for ${target}")
  add_custom_target(${target}_witgen_${side} DEPENDS "${stamp}")
  add_dependencies(${target} ${target}_witgen_${side})
  foreach(needed IN LISTS targets)
    add_dependencies(${target}_witgen_${side} ${needed})
    add_dependencies(${target} ${needed})
  endforeach()
  set_source_files_properties(${files} PROPERTIES GENERATED TRUE)
  target_sources(${target} PRIVATE ${files})
  target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${dir}>")
endfunction()

function(witgen_add_guest target)
  set(witgen_caller "witgen_add_guest(${target})")
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "WORLD" "WIT;OPTIONS;DEPENDS")
  _witgen_check_arguments(${target})
  set(dir "${CMAKE_CURRENT_BINARY_DIR}/${target}.witgen")
  set(witgen_command --guest ${arg_WIT} --world "${arg_WORLD}" --out-dir "${dir}" ${arg_OPTIONS})
  _witgen_list_files()
  _witgen_add_files(${target} guest "${dir}" "${witgen_files}" "${witgen_command}" "${arg_WIT}" "${arg_DEPENDS}")
  get_target_property(type ${target} TYPE)
  if(type STREQUAL EXECUTABLE)
    target_link_options(${target} PRIVATE -mexec-model=reactor)
    set_target_properties(${target} PROPERTIES SUFFIX .wasm)
  endif()
endfunction()

# The guest as C, by wabt's wasm2c: {world}_wasm2c.c includes it.
function(_witgen_add_wasm2c target dir files module)
  find_program(WITHOST_WASM2C wasm2c DOC "wabt's translator of modules to C")
  if(NOT WITHOST_WASM2C)
    message(FATAL_ERROR "${witgen_caller}: no wasm2c (Debian package wabt); WITHOST_WASM2C says where it is")
  endif()
  list(FILTER files INCLUDE REGEX "_wasm2c\\.c$")
  string(REGEX REPLACE "_wasm2c\\.c$" "_guest" stem "${files}")
  get_filename_component(name "${files}" NAME)
  string(REGEX REPLACE "_wasm2c\\.c$" "" name "${name}")
  add_custom_command(OUTPUT "${stem}.c" "${stem}.h" VERBATIM
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${dir}"
    COMMAND "${WITHOST_WASM2C}" -n "${name}" "${module}" -o "${stem}.c"
    DEPENDS "${module}"
    COMMENT "Translating the guest of ${target} to C")
  target_sources(${target} PRIVATE "${stem}.c" "${stem}.h")
  set_source_files_properties("${stem}.c" PROPERTIES HEADER_FILE_ONLY TRUE)
  set_property(SOURCE "${files}" APPEND PROPERTY OBJECT_DEPENDS "${stem}.c;${stem}.h")
endfunction()

function(witgen_add_host target)
  set(witgen_caller "witgen_add_host(${target})")
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "WORLD;GUEST_MODULE" "WIT;ENGINES;OPTIONS;DEPENDS")
  _witgen_check_arguments(${target})
  if(NOT TARGET withost::withost)
    message(FATAL_ERROR "${witgen_caller}: libwithost is not installed beside ${WITGEN_EXECUTABLE}")
  endif()
  if(NOT arg_ENGINES)
    set(arg_ENGINES wasm2c)
  endif()
  if(wasm2c IN_LIST arg_ENGINES AND NOT arg_GUEST_MODULE)
    message(FATAL_ERROR "${witgen_caller}: the engine wasm2c needs GUEST_MODULE; ENGINES wasmtime loads guests at run time")
  endif()
  set(dir "${CMAKE_CURRENT_BINARY_DIR}/${target}.witgen")
  list(JOIN arg_ENGINES "," engines)
  set(witgen_command --host --engine ${engines} ${arg_WIT} --world "${arg_WORLD}" --out-dir "${dir}" ${arg_OPTIONS})
  if(arg_GUEST_MODULE)
    list(APPEND witgen_command --guest-module "${arg_GUEST_MODULE}")
  endif()
  _witgen_list_files()
  _witgen_add_files(${target} host "${dir}" "${witgen_files}" "${witgen_command}" "${arg_WIT};${arg_GUEST_MODULE}" "${arg_DEPENDS}")
  if(wasm2c IN_LIST arg_ENGINES)
    _witgen_add_wasm2c(${target} "${dir}" "${witgen_files}" "${arg_GUEST_MODULE}")
  endif()
  target_link_libraries(${target} PUBLIC withost::withost)
endfunction()

# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# For guests built with CMake: find_package(witguest), then target_link_libraries(guest witguest::native), or ::affine, ::serial.
# witguest_asyncify(guest): if it has goroutines; rewrites the linked module by Binaryen's wasm-opt.

get_filename_component(_witguest_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

foreach(_witguest_mode native affine serial)
  if(NOT TARGET witguest::${_witguest_mode})
    add_library(witguest::${_witguest_mode} STATIC IMPORTED)
    set_target_properties(witguest::${_witguest_mode} PROPERTIES
      IMPORTED_LOCATION "${_witguest_prefix}/lib/wasm32-wasi/libwitguest-${_witguest_mode}.a"
      INTERFACE_INCLUDE_DIRECTORIES "${_witguest_prefix}/include")
  endif()
endforeach()

unset(_witguest_mode)
unset(_witguest_prefix)

function(witguest_asyncify target)
  find_program(WITGUEST_WASM_OPT wasm-opt)
  if(NOT WITGUEST_WASM_OPT)
    message(FATAL_ERROR "witguest_asyncify: no wasm-opt (Debian package binaryen); WITGUEST_WASM_OPT says where it is")
  endif()
  set(module "$<TARGET_FILE:${target}>")
  add_custom_command(TARGET ${target} POST_BUILD VERBATIM
    COMMAND "${WITGUEST_WASM_OPT}" --asyncify --pass-arg=asyncify-ignore-imports -Oz "${module}" -o "${module}")
endfunction()

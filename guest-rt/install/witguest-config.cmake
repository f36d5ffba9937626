# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# For guests built with CMake: find_package(witguest), then target_link_libraries(guest witguest::native), or ::affine, ::serial.

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

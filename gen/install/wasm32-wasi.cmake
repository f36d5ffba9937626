# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# A toolchain file for guests: cmake --toolchain share/cmake/witgen/wasm32-wasi.cmake ...
# It wants clang with wasm-ld, and a C library for wasm32 (Debian packages clang, lld, wasi-libc and libclang-rt-14-dev-wasm32).

set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
if(NOT CMAKE_C_COMPILER)
  set(CMAKE_C_COMPILER clang)
endif()
set(CMAKE_C_COMPILER_TARGET wasm32-wasi)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

# A system without a name has no place for packages either; what is installed beside this file is found.
get_filename_component(_witgen_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT _witgen_prefix IN_LIST CMAKE_PREFIX_PATH)
  list(APPEND CMAKE_PREFIX_PATH "${_witgen_prefix}")
endif()
unset(_witgen_prefix)

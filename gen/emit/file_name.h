/*
 * File name: what the generated files are called, {world} in C spelling and an ending.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_FILE_NAME_H
#define WITGEN_EMIT_FILE_NAME_H

#include "emit/emit.h"

/* In the order in which they are generated. */
typedef enum emit_file_kind {
  EMIT_FILE_OBJECT,
  EMIT_FILE_HEADER,
  EMIT_FILE_SOURCE,
  EMIT_FILE_HOST_HEADER,
  EMIT_FILE_HOST_SOURCE,
  EMIT_FILE_HOST_WASM2C,
  EMIT_FILE_HOST_WASMTIME,
  EMIT_FILE_KINDS
} emit_file_kind;

/* `snake` is the world in C spelling. */
str file_name(emit_file_kind kind, str snake, arena *a);

#endif

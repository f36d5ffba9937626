/*
 * File name: see file_name.h, and emit_file_names in emit.h.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/file_name.h"

#include "emit/names.h"
#include "support/vec.h"

str file_name(emit_file_kind kind, str snake, arena *a) {
  static const char *const endings[EMIT_FILE_KINDS] = {
      [EMIT_FILE_OBJECT] = "_component_type.o", [EMIT_FILE_HEADER] = ".h",           [EMIT_FILE_SOURCE] = ".c",
      [EMIT_FILE_HOST_HEADER] = "_host.h",      [EMIT_FILE_HOST_SOURCE] = "_host.c", [EMIT_FILE_HOST_WASM2C] = "_wasm2c.c",
      [EMIT_FILE_HOST_WASMTIME] = "_wasmtime.c"};
  return str_format(a, "%.*s%s", STR_ARG(snake), endings[kind]);
}

static bool file_wanted(emit_file_kind kind, emit_side side, const emit_options *options) {
  switch (kind) {
  case EMIT_FILE_OBJECT: return side == SIDE_GUEST && options->object_file;
  case EMIT_FILE_HEADER:
  case EMIT_FILE_SOURCE: return side == SIDE_GUEST;
  case EMIT_FILE_HOST_HEADER:
  case EMIT_FILE_HOST_SOURCE: return side == SIDE_HOST;
  case EMIT_FILE_HOST_WASM2C: return side == SIDE_HOST && options->engine_wasm2c;
  case EMIT_FILE_HOST_WASMTIME: return side == SIDE_HOST && options->engine_wasmtime;
  case EMIT_FILE_KINDS: break;
  }
  return false;
}

bool emit_file_names(str world_name, emit_side side, const emit_options *options, arena *a, diag *d, str_vec *out) {
  str name = options->rename_world.len ? options->rename_world : world_name;
  if (!names_check_world(name, a, d))
    return false;
  for (emit_file_kind kind = 0; kind < EMIT_FILE_KINDS; kind++)
    if (file_wanted(kind, side, options))
      vec_push(a, out, file_name(kind, names_snake(a, name), a));
  return true;
}

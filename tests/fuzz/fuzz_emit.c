/*
 * Fuzz: WIT text to C of both sides, with options. The first two bytes are options, the rest is WIT: each world that is accepted is written, or
 * refused with a reason, as guest and as host for both engines; where an option says so, twice, with the same result.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/emit.h"
#include "help.h"
#include "wit/resolve.h"

static emit_options options_of(uint8_t a, uint8_t b) {
  return (emit_options){
      .encoding = (string_encoding)(a % 3),
      .no_helpers = a & 4,
      .no_sig_flattening = a & 8,
      .object_file = a & 16,
      .autodrop_borrows = a & 32,
      .async_helpers = a & 64,
      .threading_helpers = a & 128,
      .for_task = b & 1, /* b & 2: twice */
      .engine_wasm2c = true,
      .engine_wasmtime = true,
  };
}

static bool emit(const resolved *input, const world *w, emit_side side, const emit_options *o, arena *a, emit_file_vec *files) {
  diag d;
  diag_init(&d, a);
  bool fine = emit_world(&input->model, w, side, o, a, &d, files);
  check_messages(&d, fine);
  return fine;
}

static void check_world(const resolved *input, const world *w, emit_side side, const emit_options *o, bool twice, arena *a) {
  emit_file_vec once = {0}, again = {0};
  bool fine = emit(input, w, side, o, a, &once);
  if (!twice) {
    return;
  }
  require(fine == emit(input, w, side, o, a, &again), "once accepted, once refused");
  require(!fine || once.count == again.count, "not the same files");
  for (size_t i = 0; fine && i < once.count; i++) {
    require(once.items[i].bytes.len > 0, "an empty file");
    require(str_eq(once.items[i].bytes, again.items[i].bytes), "not the same text");
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 2) {
    return 0;
  }
  arena a;
  diag d;
  resolved input;
  arena_init(&a);
  diag_init(&d, &a);
  emit_options o = options_of(data[0], data[1]);
  str_vec paths = {.items = (str[]){str_of(fuzz_file(data + 2, size - 2))}, .count = 1};
  bool fine = wit_resolve(&paths, &(resolve_options){.all_features = true}, &a, &d, &input);
  check_messages(&d, fine);
  for (size_t i = 0; fine && i < input.model.worlds.count; i++) {
    check_world(&input, input.model.worlds.items[i], SIDE_GUEST, &o, data[1] & 2, &a);
    check_world(&input, input.model.worlds.items[i], SIDE_HOST, &o, data[1] & 2, &a);
  }
  arena_release(&a);
  return 0;
}

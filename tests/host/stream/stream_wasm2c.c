/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The world of intrinsics on wasm2c.
 */
#include <withost/wasm2c.h>

#include <threads.h>

#include "stream_host.h"

struct Z_streams_instance_t { stream_instance i; };

static inline uint64_t Z_streamsZ_call(struct Z_streams_instance_t *m, uint32_t code, uint32_t type, uint32_t a, uint32_t b,
                                       uint32_t c) {
  return stream__call(&m->i, NULL, code, type, a, b, c);
}
static inline uint64_t Z_streamsZ_block(struct Z_streams_instance_t *m, uint32_t code, uint32_t type, uint32_t a, uint32_t b,
                                        uint32_t c) {
  return stream__call(&m->i, &withost_can_block, code, type, a, b, c);
}
static inline void Z_streamsZ_return(struct Z_streams_instance_t *m, uint64_t result) { stream__return(&m->i, result); }

#define Z_stream_instantiate(...) WITHOST_WASM2C_INSTANTIATE(stream, Z_stream_instantiate, __VA_ARGS__)
#include "stream_guest.h"
#undef Z_stream_instantiate
#include "stream_guest.c"

static uint32_t core_realloc(void *core, uint32_t old, uint32_t old_size, uint32_t align, uint32_t size) {
  return Z_streamZ_cabi_realloc(core, old, old_size, align, size);
}
static uint64_t core_op(void *core, uint32_t code, uint32_t type, uint32_t a, uint32_t b, uint32_t c) {
  return Z_streamZ_op(core, code, type, a, b, c);
}
static uint64_t core_pump(void *core, uint32_t end, uint32_t times) { return Z_streamZ_pump(core, end, times); }
static void core_op_async(void *core, uint32_t code, uint32_t type, uint32_t a, uint32_t b, uint32_t c) {
  Z_streamZ_Z5BasyncZ2DliftZ2DstackfulZ5Dop(core, code, type, a, b, c);
}

static void module_init(void) {
  withost_wasm2c_types types = {0};
  withost_wasm2c_init(&types, Z_stream_init_module);
}

static void core_open(withost_instance *base, void *core) {
  static once_flag once = ONCE_FLAG_INIT;
  call_once(&once, module_init);
  stream_instance *i = (stream_instance *)base;
  stream_open_core(core, i);
  withost_wasm2c_set_memory(base, Z_streamZ_memory(core));
  base->realloc = core_realloc;
  i->core = (stream_core){core_op, core_pump, core_op_async};
}

static void core_close(void *core) { Z_stream_free(core); }

const withost_program *stream_program_wasm2c(void) {
  static const withost_program program = {.abi = WITHOST_ABI,
                                          .world = "test:streams/streams",
                                          .engine = "wasm2c",
                                          .core_size = sizeof(Z_stream_instance_t),
                                          .open = core_open,
                                          .close = core_close};
  return &program;
}

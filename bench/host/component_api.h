/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What bench/host.c uses of libwasmtime's component C API, the peer; see host-rt/src/engine/wasmtime_api.h for why there is
 * no header of it.
 */
#ifndef BENCH_COMPONENT_API_H
#define BENCH_COMPONENT_API_H

#include "../../host-rt/src/engine/wasmtime_api.h"

typedef struct wasmtime_component_t wasmtime_component_t;
typedef struct wasmtime_component_linker_t wasmtime_component_linker_t;
typedef struct wasmtime_component_linker_instance_t wasmtime_component_linker_instance_t;
typedef struct wasmtime_component_export_index_t wasmtime_component_export_index_t;
typedef struct wasmtime_call_future wasmtime_call_future_t;
typedef struct wasmtime_component_instance { uint64_t store_id; uint32_t place; } wasmtime_component_instance_t;
typedef struct wasmtime_component_func {
  struct { uint64_t store_id; uint32_t place1; } store;
  uint32_t place2;
  void *place3;
} wasmtime_component_func_t;

enum { COMPONENT_U8 = 2, COMPONENT_U32 = 6, COMPONENT_U64 = 8, COMPONENT_F64 = 10, COMPONENT_STRING = 12,
       COMPONENT_LIST = 13, COMPONENT_RECORD = 14 };

typedef struct component_val {
  uint8_t kind;
  union {
    uint8_t u8;
    uint32_t u32;
    uint64_t u64;
    double f64;
    wasm_byte_vec_t string;
    struct { size_t size; struct component_val *data; } list;
    struct { size_t size; struct component_field *data; } record;
    uint64_t words[3];
  } of;
} component_val;
typedef struct component_field { wasm_byte_vec_t name; component_val value; } component_field;

typedef wasmtime_error_t *(*component_callback)(void *, wasmtime_context_t *, const void *type, component_val *, size_t,
                                                component_val *, size_t);

/* What an async callback leaves behind: is asked until it returns true. */
typedef struct wasmtime_async_continuation {
  bool (*callback)(void *env);
  void *env;
  void (*finalizer)(void *env);
} wasmtime_async_continuation_t;
typedef void (*component_async_callback)(void *, wasmtime_context_t *, const void *type, component_val *, size_t,
                                         component_val *, size_t, wasmtime_error_t **, wasmtime_async_continuation_t *);

wasmtime_error_t *wasmtime_linker_define_unknown_imports_as_traps(wasmtime_linker_t *, wasmtime_module_t *);
void wasmtime_config_wasm_component_model_async_set(wasm_config_t *, bool);
wasmtime_error_t *wasmtime_component_new(const wasm_engine_t *, const uint8_t *, size_t, wasmtime_component_t **);
wasmtime_component_linker_t *wasmtime_component_linker_new(const wasm_engine_t *);
wasmtime_component_linker_instance_t *wasmtime_component_linker_root(wasmtime_component_linker_t *);
wasmtime_error_t *wasmtime_component_linker_instance_add_instance(wasmtime_component_linker_instance_t *, const char *, size_t,
                                                                  wasmtime_component_linker_instance_t **);
wasmtime_error_t *wasmtime_component_linker_instance_add_func(wasmtime_component_linker_instance_t *, const char *, size_t,
                                                              component_callback, void *, void (*)(void *));
wasmtime_error_t *wasmtime_component_linker_instance_add_func_async(wasmtime_component_linker_instance_t *, const char *, size_t,
                                                                    component_async_callback, void *, void (*)(void *));
void wasmtime_component_linker_instance_delete(wasmtime_component_linker_instance_t *);
wasmtime_error_t *wasmtime_component_linker_define_unknown_imports_as_traps(wasmtime_component_linker_t *,
                                                                            const wasmtime_component_t *);
void wasmtime_component_linker_allow_shadowing(wasmtime_component_linker_t *, bool);
wasmtime_error_t *wasmtime_component_linker_instantiate(const wasmtime_component_linker_t *, wasmtime_context_t *,
                                                        const wasmtime_component_t *, wasmtime_component_instance_t *);
wasmtime_component_export_index_t *wasmtime_component_instance_get_export_index(
  const wasmtime_component_instance_t *, wasmtime_context_t *, const wasmtime_component_export_index_t *, const char *, size_t);
bool wasmtime_component_instance_get_func(const wasmtime_component_instance_t *, wasmtime_context_t *,
                                          const wasmtime_component_export_index_t *, wasmtime_component_func_t *);
wasmtime_error_t *wasmtime_component_func_call(const wasmtime_component_func_t *, wasmtime_context_t *, const component_val *,
                                               size_t, component_val *, size_t);
wasmtime_call_future_t *wasmtime_component_func_call_async(const wasmtime_component_func_t *, wasmtime_context_t *,
                                                           const component_val *, size_t, component_val *, size_t,
                                                           wasmtime_error_t **);
wasmtime_call_future_t *wasmtime_component_linker_instantiate_async(const wasmtime_component_linker_t *, wasmtime_context_t *,
                                                                    const wasmtime_component_t *,
                                                                    wasmtime_component_instance_t *, wasmtime_error_t **);
bool wasmtime_call_future_poll(wasmtime_call_future_t *);
void wasmtime_call_future_delete(wasmtime_call_future_t *);
void wasmtime_component_val_delete(component_val *);

#endif

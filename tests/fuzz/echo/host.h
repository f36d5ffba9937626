/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * For hosts: making C values of bytes, and saying what was seen where. One echo is one call with its values: parameters and
 * result as bytes, and as they are seen in the guest, in the host's import, in the guest again, and in the host again.
 */
#ifndef ECHO_HOST_H
#define ECHO_HOST_H

#include <withost/wasmtime.h>

#include "buffer.h"

/* In the order in which they happen. */
typedef enum echo_place {
  ECHO_GUEST_PARAMS, ECHO_IMPORT_PARAMS, ECHO_GUEST_RESULT, ECHO_EXPORT_RESULT, ECHO_PLACES
} echo_place;

typedef struct echo_bytes { const uint8_t *data; size_t size; } echo_bytes;

typedef struct echo {
  withost_store *store;
  const char *where;          /* for messages: seed, engine, function, round */
  echo_bytes wanted[ECHO_PLACES];
  echo_bytes params, result;  /* what to make values of */
  uint32_t echoed;            /* the import answers with this parameter; ECHO_FRESH: with `result` */
  bool is_later;              /* an async import answers when the guest waits */
  unsigned next;              /* place */
  unsigned wrong;
  bool is_done;
  withost_call *waiting;      /* for this answer */
  int (*answer)(struct echo *e, withost_call *call);
  struct echo_block { struct echo_block *next; } *blocks;
} echo;
enum { ECHO_FRESH = 255 };

typedef struct echo_function { const char *name; bool is_async; int (*call)(echo *e, void *guest); } echo_function;

typedef struct echo_world {
  unsigned long seed;
  const echo_function *functions;
  size_t count;
  int (*open)(withost_store *store, const withost_program *program, echo *host, void **guest);
  int (*close)(void *guest);
  int (*heap)(void *guest, uint32_t *blocks);
  const withost_program *(*wasm2c)(void);
  int (*load)(withost_wasmtime *engine, const uint8_t *module, size_t size, withost_program **program);
} echo_world;

/* Compares; places have to come in their order. */
void echo_check(echo *e, echo_place place, const uint8_t *data, size_t size);

/* A resource's destructor ran: none is to, since each handle that is owned comes back to the host. */
void echo_thing_gone(echo *e);

/* Answers a call of an async import, now or later. */
void echo_answer(echo *e, withost_call *call, int (*answer)(echo *e, withost_call *call));
/* An async export's callback: true if there is a result to look at. */
bool echo_done(echo *e, int status);

/* Values live until the call is over, each list and string in a block of its own: a sanitizer sees who reads past it. */
typedef struct echo_reader { echo *echo; const uint8_t *at, *end; } echo_reader;

static inline echo_reader echo_params(echo *e) { return (echo_reader){e, e->params.data, e->params.data + e->params.size}; }
static inline echo_reader echo_result(echo *e) { return (echo_reader){e, e->result.data, e->result.data + e->result.size}; }
void *echo_take(echo_reader *b, size_t size);
void echo_get(echo_reader *b, void *to, size_t size);
void echo_reader_end(const echo_reader *b);
uint8_t *echo_get_string(echo_reader *b, size_t *length);

static inline bool echo_get_bool(echo_reader *b) { uint8_t v; echo_get(b, &v, sizeof v); return v != 0; }
static inline uint8_t echo_get_u8(echo_reader *b) { uint8_t v; echo_get(b, &v, sizeof v); return v; }
static inline uint16_t echo_get_u16(echo_reader *b) { uint16_t v; echo_get(b, &v, sizeof v); return v; }
static inline uint32_t echo_get_u32(echo_reader *b) { uint32_t v; echo_get(b, &v, sizeof v); return v; }
static inline uint64_t echo_get_u64(echo_reader *b) { uint64_t v; echo_get(b, &v, sizeof v); return v; }
static inline int8_t echo_get_s8(echo_reader *b) { int8_t v; echo_get(b, &v, sizeof v); return v; }
static inline int16_t echo_get_s16(echo_reader *b) { int16_t v; echo_get(b, &v, sizeof v); return v; }
static inline int32_t echo_get_s32(echo_reader *b) { int32_t v; echo_get(b, &v, sizeof v); return v; }
static inline int64_t echo_get_s64(echo_reader *b) { int64_t v; echo_get(b, &v, sizeof v); return v; }
static inline float echo_get_f32(echo_reader *b) { float v; echo_get(b, &v, sizeof v); return v; }
static inline double echo_get_f64(echo_reader *b) { double v; echo_get(b, &v, sizeof v); return v; }

#endif

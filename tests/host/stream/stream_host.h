/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A world made of intrinsics, by hand: exports `op` (sync-typed) and `op-async` (stackful) call the intrinsic that `code`
 * names, on the stream or future type `type`. Every function returns an error of withost, and the intrinsic's result.
 */
#ifndef STREAM_HOST_H
#define STREAM_HOST_H

#include <withost/glue.h>

typedef enum stream_code {
  OP_NEW,
  OP_READ,  /* end, ptr, count */
  OP_WRITE, /* end, ptr, count */
  OP_CANCEL_READ,
  OP_CANCEL_WRITE,
  OP_DROP_READABLE,
  OP_DROP_WRITABLE,
  OP_FORWARD, /* readable, writable */
  OP_FUTURE = 16, /* added to one of the above */
  OP_SET_NEW = 32,
  OP_JOIN, /* waitable, set */
  OP_POLL, /* set, ptr */
  OP_SET_DROP,
  OP_LIFT,        /* end: stream to the host */
  OP_LIFT_FUTURE,
  OP_LIFT_AND_STRING, /* end, ptr, length: as an import with both does */
  OP_MAKE_FILE,       /* rep: a handle */
  OP_DROP_FILE,
  OP_YIELD
} stream_code;

typedef enum stream_payload { U8, U32, UNIT, STRING, OWNED, PAIR, FILES, NESTED, S32, U32_AGAIN, OTHER_FILES, PAYLOADS } stream_payload;
extern const withost_stream_type stream_types[PAYLOADS];

typedef struct stream_string { const uint8_t *ptr; size_t len; } stream_string;

/* An element of FILES: an own handle of the host's resource, and a string that who reads it frees. In a guest: handle, address,
 * length. An element of NESTED is a stream of U8. */
typedef struct stream_file { uint32_t rep; stream_string name; } stream_file;
extern const withost_resource_type stream_file_type;

typedef struct stream_core {
  uint64_t (*op)(void *core, uint32_t code, uint32_t type, uint32_t a, uint32_t b, uint32_t c);
  uint64_t (*pump)(void *core, uint32_t end, uint32_t times);
  void (*op_async)(void *core, uint32_t code, uint32_t type, uint32_t a, uint32_t b, uint32_t c);
} stream_core;

typedef struct stream_instance {
  withost_instance base;
  stream_core core;
  void *lifted; /* by OP_LIFT */
  uint8_t *destroyed; /* how often, by rep; or NULL */
} stream_instance;

const withost_program *stream_program_wasm2c(void);
int stream_instantiate(withost_store *store, stream_instance **instance);

int stream_op(stream_instance *i, uint32_t code, uint32_t type, uint32_t a, uint32_t b, uint32_t c, uint64_t *result);
int stream_pump(stream_instance *i, uint32_t end, uint32_t times, uint64_t *result);
typedef void (*stream_op_done)(void *user, withost_call *call, int status, const uint64_t *result);
int stream_op_async(stream_instance *i, uint32_t code, uint32_t type, uint32_t a, uint32_t b, uint32_t c,
                    stream_op_done done, void *user, withost_call **call);
/* As a function with a stream among its parameters does. */
int stream_lower(stream_instance *i, uint32_t type, withost_stream *stream, uint32_t *end);
int stream_lower_future(stream_instance *i, uint32_t type, withost_future *future, uint32_t *end);

/* What the trampolines call. */
uint64_t stream__call(stream_instance *i, const withost_blocking *block, uint32_t code, uint32_t type, uint32_t a, uint32_t b,
                      uint32_t c);
void stream__return(stream_instance *i, uint64_t result);

#endif

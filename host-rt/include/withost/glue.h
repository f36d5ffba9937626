/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What generated host glue may call. Not for authors of hosts: withost.h is the manual for those.
 *
 * Generated are typed lifting and lowering in straight-line C, and constant tables. Everything with a loop, a state or a
 * rule of the canonical ABI is in the library. How the pieces of one world fit:
 *
 *   <world>_host.h    types, the imports struct, a function per export
 *   <world>_host.c    lifts and lowers; knows no engine. It calls the guest through <world>_core, a struct of typed
 *                     function pointers, and defines <world>__<import>, one typed function per core import
 *   <world>_wasm2c.c  binds both to the mangled names of wasm2c (see wasm2c.h); <world>_wasmtime.c to libwasmtime
 *
 * Laws of the glue
 *
 *  G1. Guest code runs inside an *entry* only. A trap (ours or the engine's) jumps to the innermost entry's WITHOST_TRY.
 *  G2. A trap never jumps over host code: after every call of host code from inside an entry, glue calls
 *      withost_import_leave, which goes on with a trap that happened below.
 *  G3. Anything that may run guest code or grow memory (withost_realloc above all) invalidates pointers into guest memory.
 *  G4. withost_trap, and every function here that is marked "traps", may be called inside an entry only, with no host
 *      code between the entry and the call.
 *  G5. One bounds check per aggregate (withost_check), then plain loads and stores.
 */
#ifndef WITHOST_GLUE_H
#define WITHOST_GLUE_H

#include <string.h>

#include <withost/withost.h>

/*
 * How a trap jumps. The compiler's own setjmp saves four words and costs 2.5 ns; clang has it for x86 only, and
 * ThreadSanitizer follows that of the C library only. The library and the glue must agree: see WITHOST_ABI.
 */
#ifndef WITHOST_USE_SETJMP
#if defined(__SANITIZE_THREAD__) || !defined(__GNUC__)
#define WITHOST_USE_SETJMP 1
#elif defined(__clang__) && !defined(__x86_64__) && !defined(__i386__)
#define WITHOST_USE_SETJMP 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define WITHOST_USE_SETJMP 1
#endif
#endif
#endif
#ifndef WITHOST_USE_SETJMP
#define WITHOST_USE_SETJMP 0
#endif
#if WITHOST_USE_SETJMP
#include <setjmp.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Written into every withost_program by the generator; withost_instantiate refuses another. */
#define WITHOST_ABI (1u | (unsigned)WITHOST_USE_SETJMP << 16)

#define WITHOST_LIKELY(x) __builtin_expect(!!(x), 1)
#define WITHOST_UNLIKELY(x) __builtin_expect(!!(x), 0)
#define WITHOST_NORETURN __attribute__((__noreturn__))
#define WITHOST_COLD __attribute__((__cold__))

/* ---- Constant tables ------------------------------------------------------------------------------------------------ */

/* One per WIT function and binding: a named import has its own with its own label. */
typedef struct withost_function {
  const char *interface;   /* "demo:hello/timer"; NULL: the world itself */
  const char *name;        /* "wait", "[method]r.m" */
  const char *label;       /* named import or export, else NULL */
  const char *external_id; /* or NULL */
  bool is_async;           /* by its WIT type */
  uint64_t result_type;    /* equal in one world for equal types; 0: no result */
} withost_function;

/* The union of all completion callbacks; `deliver` casts it back. */
typedef void (*withost_done)(void);

typedef enum withost_lift { WITHOST_LIFT_SYNC, WITHOST_LIFT_CALLBACK, WITHOST_LIFT_STACKFUL } withost_lift;

/* One per exported async-typed function. */
typedef struct withost_export {
  withost_function function;
  size_t params_size; /* of the struct that `start` reads */
  /* How the guest made it; known when its program is linked. */
  withost_lift (*form)(const withost_instance *instance);
  /* Lowers the parameters and calls the core function. CALLBACK: returns the packed code. SYNC: lifts the result, gives it
   * to withost_task_return, calls post-return. Runs inside an entry. */
  uint32_t (*start)(withost_instance *instance, const void *params);
  uint32_t (*callback)(withost_instance *instance, uint32_t event, uint32_t p1, uint32_t p2);
  /* Calls the author's typed callback. result: NULL unless status is OK. */
  void (*deliver)(withost_done done, void *user, withost_call *call, int status, const void *result);
} withost_export;

/* How a guest encodes its strings. The numbers are those of its component-type section. */
typedef enum withost_encoding { WITHOST_UTF8, WITHOST_UTF16, WITHOST_LATIN1_UTF16 } withost_encoding;

/* What a core function of the world asks of the guest that uses it: an exported memory, and cabi_realloc besides. */
typedef enum withost_needs { WITHOST_NEEDS_NOTHING, WITHOST_NEEDS_MEMORY, WITHOST_NEEDS_REALLOC } withost_needs;

/* A guest's code on one engine. Generated per engine; constant. */
struct withost_program {
  uint32_t abi;          /* WITHOST_ABI */
  const char *world;     /* "demo:hello/hello" */
  const char *engine;    /* "wasm2c" */
  withost_encoding encoding;
  size_t core_size;      /* bytes of the engine's own instance */
  /* Why the guest does not fit the world, in words; NULL if it does. NULL: that was found out before. */
  const char *(*misfit)(void);
  /* Makes the core instance in `core` (zeroed, core_size bytes), sets memory, realloc, and the world's core table; runs
   * nothing of the guest except data segments and start. Inside an entry: may trap. */
  void (*open)(withost_instance *instance, void *core);
  void (*close)(void *core);
  /* Brings *memory_size up to date, for an engine whose memories never move; NULL: it always is. */
  void (*measure)(void *core);
  void (*initialize)(void *core); /* _initialize; NULL if the guest has none */
  bool nests;            /* the engine's own stack check allows one stack only: tasks never run on those of the pool */
};

/* ---- Instances ------------------------------------------------------------------------------------------------------ */

struct withost_wasmtime; /* wasmtime.h */

typedef struct withost_thread withost_thread;
typedef struct withost_task withost_task;
typedef struct withost_subtask withost_subtask;
typedef struct withost_stack withost_stack;

typedef struct withost_queue { withost_thread *first, *last; } withost_queue;
typedef struct withost_moves { struct withost_move *items; uint32_t used, capacity; } withost_moves;

/* First member of every generated <world>_instance. Generated code reads the first block; the rest is the library's. */
struct withost_instance {
  uint8_t *const *memory;      /* where the engine keeps the base: read again after G3 */
  const uint32_t *memory_size; /* and how many bytes it has at least: withost_memory_size */
  withost_thread *running;     /* the thread whose guest code is on the stack; NULL: none */
  bool may_leave;
  bool poisoned;
  bool unsettled;              /* `moves` is not empty */
  withost_encoding encoding;   /* the program's */
  void *core;                  /* the engine's instance, passed to every core function */
  uint32_t (*realloc)(void *core, uint32_t old, uint32_t old_size, uint32_t align, uint32_t size); /* or NULL */

  void *self;                  /* its own address: see withost_wasm2c_self */
  withost_store *store;
  const withost_program *program;
  size_t size;                 /* of the generated struct */
  struct {                     /* the handle table, see table.h */
    struct withost_slot *slots;
    uint32_t used, capacity, free;
  } handles, threads;
  withost_moves moves;         /* handles lifted by the glue since the guest's call: see resource.c */
  struct withost_owned *owned; /* copies that the glue made since then, linked */
  withost_error_context *kept; /* and contexts that it kept, linked */
  bool journal;                /* an element of a stream is being lowered: `moves` has what the guest got of it */
  uintptr_t was_at;            /* where memory was before lowering made it move; 0: it has not */
  uint32_t was_size;
  withost_subtask *lifting;    /* begun, its arguments are not lifted yet */
  uint32_t held;               /* resources of this instance that the host holds */
  bool closing;
  uint32_t backpressure;
  uint32_t held_back;          /* tasks that have not been let in */
  withost_thread *exclusive;   /* holder of the lock of callback and sync lifts */
  withost_queue entering;      /* tasks held back by backpressure or the lock, in order */
  withost_queue entering_unlocked; /* those that need no lock */
  withost_queue locked_out;    /* ready threads that need the lock */
  withost_task *tasks;         /* all live tasks */
  withost_subtask *subtasks;   /* all calls that the host has not answered */
  withost_instance *prev, *next;
  char *trap;                  /* the first trap's message */
  const struct withost_wasi *wasi; /* what it may have of wasi_snapshot_preview1; NULL: nothing */
  uint32_t wasi_closed;        /* a bit for each stream that it has closed */
  withost_thread *switch_to;   /* runs next, before anything else of the store */
  withost_subtask *sweeping;   /* the next that a sweep will tell to cancel */
  withost_thread *barging;     /* a sync-typed one that waits for others: the uppermost */
  uint32_t nested;             /* frames on the stack that wait for other threads, or a sweep */
  void *sync_task[27];         /* the task of a sync call from outside, made once: see sync.c */
  void *realloc_task[27];      /* and of a call of realloc: see memory.c */
};

/*
 * Allocates a generated instance of `size` bytes (zeroed but for its head) and opens the core instance in it. The caller
 * fills its own members in `prepare`, which runs before any guest code. Errors: EABI, ENOMEM, ELINK, ETRAP.
 */
int withost_instantiate(withost_store *store, const withost_program *program, size_t size,
                        void (*prepare)(withost_instance *instance, const void *imports, void *host), const void *imports,
                        void *host, withost_instance **instance);

/* ---- Entries and traps ---------------------------------------------------------------------------------------------- */

#if WITHOST_USE_SETJMP
typedef struct withost_target { jmp_buf buffer; } withost_target;
#define WITHOST_SETJMP(target) _setjmp((target)->buffer) /* without the signal mask, everywhere */
#else
typedef struct withost_target { void *words[5]; } withost_target;
#define WITHOST_SETJMP(target) __builtin_setjmp((target)->words)
#endif

/* One entry into a guest; lives on the C stack, costs a cheap setjmp. */
typedef struct withost_entry {
  withost_target target;
  struct withost_entry *outer;
  uintptr_t outer_limit;
  withost_thread *interrupted; /* what was running in the instance: NULL, or the caller of a nested entry */
  withost_thread *thread;      /* that entered */
  withost_instance *instance;
} withost_entry;

/* True the first time; false when a trap came back: then only withost_leave_trapped(entry) may follow. Locals that changed
 * in between are indeterminate. */
#define WITHOST_TRY(entry) WITHOST_LIKELY(WITHOST_SETJMP(&(entry)->target) == 0)

/* Ends the innermost entry: poisons the instance with a message "function: reason". `printf`-like. Traps. */
WITHOST_NORETURN WITHOST_COLD void withost_trap(withost_instance *instance, const char *format, ...)
  __attribute__((__format__(__printf__, 2, 3)));
/* Goes on with a trap that already has its message. */
WITHOST_NORETURN WITHOST_COLD void withost_trap_again(withost_instance *instance);

/* ---- Memory --------------------------------------------------------------------------------------------------------- */

static inline uint8_t *withost_memory(const withost_instance *i) { return *i->memory; }

/* How many bytes it has now: an engine may have to be asked. */
WITHOST_COLD uint32_t withost_memory_size(const withost_instance *instance);
/* Whether it has `end` bytes. */
static inline bool withost_memory_has(const withost_instance *i, uint64_t end) {
  return WITHOST_LIKELY(end <= *i->memory_size) || end <= withost_memory_size(i);
}

/* Traps unless [address, address + size) is in memory and aligned (a power of two). Returns its address here. */
static inline uint8_t *withost_check(withost_instance *i, uint32_t address, uint32_t size, uint32_t align) {
  if (WITHOST_UNLIKELY(address & (align - 1))) withost_trap(i, "unaligned pointer");
  if (WITHOST_UNLIKELY(!withost_memory_has(i, (uint64_t)address + size))) withost_trap(i, "pointer out-of-bounds");
  return *i->memory + address;
}

/* Guest memory is little endian; so is every host that we support. memcpy keeps it free of aliasing rules. */
static inline uint8_t withost_load_u8(const uint8_t *p) { return *p; }
static inline uint16_t withost_load_u16(const uint8_t *p) { uint16_t v; memcpy(&v, p, 2); return v; }
static inline uint32_t withost_load_u32(const uint8_t *p) { uint32_t v; memcpy(&v, p, 4); return v; }
static inline uint64_t withost_load_u64(const uint8_t *p) { uint64_t v; memcpy(&v, p, 8); return v; }
static inline float withost_load_f32(const uint8_t *p) { float v; memcpy(&v, p, 4); return v; }
static inline double withost_load_f64(const uint8_t *p) { double v; memcpy(&v, p, 8); return v; }
static inline void withost_store_u8(uint8_t *p, uint8_t v) { *p = v; }
static inline void withost_store_u16(uint8_t *p, uint16_t v) { memcpy(p, &v, 2); }
static inline void withost_store_u32(uint8_t *p, uint32_t v) { memcpy(p, &v, 4); }
static inline void withost_store_u64(uint8_t *p, uint64_t v) { memcpy(p, &v, 8); }
static inline void withost_store_f32(uint8_t *p, float v) { memcpy(p, &v, 4); }
static inline void withost_store_f64(uint8_t *p, double v) { memcpy(p, &v, 8); }

/* A checked address, here. After whatever may grow memory it has to be asked for again. */
static inline uint8_t *withost_at(const withost_instance *i, uint32_t address) { return *i->memory + address; }
/* The word is made first: that may trap, or grow memory. */
static inline void withost_store_word(const withost_instance *i, uint32_t address, uint32_t v) {
  withost_store_u32(withost_at(i, address), v);
}
/* Address and length of a list. */
static inline void withost_store_list(const withost_instance *i, uint32_t address, uint32_t list, size_t length) {
  withost_store_u32(withost_at(i, address), list);
  withost_store_u32(withost_at(i, address) + 4, (uint32_t)length);
}

/* Floats in slots that cases of a variant share. */
static inline uint32_t withost_f32_to_bits(float v) { uint32_t b; memcpy(&b, &v, 4); return b; }
static inline uint64_t withost_f64_to_bits(double v) { uint64_t b; memcpy(&b, &v, 8); return b; }
static inline float withost_bits_to_f32(uint32_t b) { float v; memcpy(&v, &b, 4); return v; }
static inline double withost_bits_to_f64(uint64_t b) { double v; memcpy(&v, &b, 8); return v; }

/* The guest's allocator: checks the pointer that it returns. Is called for size 0 too. Traps. */
uint32_t withost_realloc(withost_instance *instance, uint32_t old, uint32_t old_size, uint32_t align, uint32_t size);

/* Checks a list's pointer and length (alignment and bounds also when empty). Returns its address here. Traps. */
static inline uint8_t *withost_check_list(withost_instance *i, uint32_t address, uint32_t length, uint32_t size,
                                          uint32_t align) {
  uint64_t bytes = (uint64_t)length * size;
  if (WITHOST_UNLIKELY(address & (align - 1))) withost_trap(i, "unaligned pointer");
  if (WITHOST_UNLIKELY(bytes >= 1u << 28 || !withost_memory_has(i, address + bytes))) withost_trap(i, "list content out-of-bounds");
  return *i->memory + address;
}

/* Copies a list of plain scalars into new guest memory; returns its address there. Traps. */
uint32_t withost_lower_bytes(withost_instance *instance, const void *data, size_t length, uint32_t size, uint32_t align);
/* Room for a list whose elements the glue stores one by one. Traps. */
uint32_t withost_lower_list(withost_instance *instance, size_t length, uint32_t size, uint32_t align);

/* Memory for lifted values that have another layout here: freed when the import, or the callback, returns. Traps. */
void *withost_scratch(withost_instance *instance, size_t size, size_t align);
/* Brackets for it, where the glue lifts outside of import_enter/leave. */
size_t withost_scratch_mark(const withost_instance *instance);
void withost_scratch_release(withost_instance *instance, size_t mark);

/* A copy that outlives the call, in memory of the store's allocator; NULL for no bytes. Traps. */
void *withost_own(withost_instance *instance, const void *data, size_t size);
/* The same for an error context: one more reference, which is the host's. */
withost_error_context *withost_own_error_context(withost_instance *instance, withost_error_context *context);
/* Gives such a copy back; also after its store is gone. NULL is fine. */
void withost_free(void *data);

/* ---- Strings -------------------------------------------------------------------------------------------------------- */

/* Checks bounds and encoding; *length becomes bytes of UTF-8. UTF-8 is a view, others are converted to scratch. Traps. */
const uint8_t *withost_lift_string(withost_instance *instance, withost_encoding encoding, uint32_t address, uint32_t units,
                                   size_t *length);
/* Copies UTF-8 into new guest memory in its encoding; *units is what to store beside the address. Traps on bad UTF-8. */
uint32_t withost_lower_string(withost_instance *instance, withost_encoding encoding, const uint8_t *text, size_t length,
                              uint32_t *units);
/* Lowers a string and stores its address and units. Traps. */
static inline void withost_store_string(withost_instance *i, withost_encoding encoding, uint32_t address, const uint8_t *text,
                                        size_t length) {
  uint32_t units, at = withost_lower_string(i, encoding, text, length, &units);
  withost_store_list(i, address, at, units);
}
/* Traps unless it is a Unicode scalar value. */
static inline uint32_t withost_lift_char(withost_instance *i, uint32_t c) {
  if (WITHOST_UNLIKELY(c >= 0x110000 || (c >= 0xd800 && c < 0xe000))) withost_trap(i, "invalid `char` bit pattern");
  return c;
}
/* Traps unless discriminant < cases. */
static inline uint32_t withost_lift_case(withost_instance *i, uint32_t discriminant, uint32_t cases) {
  if (WITHOST_UNLIKELY(discriminant >= cases)) withost_trap(i, "invalid variant discriminant");
  return discriminant;
}

/* ---- Calls: what they have in common ----------------------------------------------------------------------------------- */

typedef enum withost_call_kind { WITHOST_CALL_EXPORT, WITHOST_CALL_IMPORT, WITHOST_CALL_IMPORT_SYNC } withost_call_kind;

/* First member of tasks and subtasks; on its own, on the C stack, for a sync import. */
struct withost_call {
  const withost_function *function;
  withost_instance *instance;
  withost_task *super; /* imports: the guest's task. Exports: the task that caused it, NULL at the root */
  withost_call_kind kind;
};

/*
 * Guest code that blocks while its frames are on the stack needs a stack of its own. Whoever may block takes this table as
 * an argument: NULL is the async-lowered form, which never blocks; &withost_can_block the sync form. Only a program that
 * names it links the stacks, and only such a program runs its tasks on them.
 */
typedef struct withost_blocking {
  /* Runs `body` on a stack of the pool until it returns or parks. */
  void (*run)(withost_store *store, void (*body)(withost_thread *thread), withost_thread *thread);
  /* Goes on with a parked thread until it returns or parks again. */
  void (*resume)(withost_thread *thread);
  /* Parks the running thread until someone queues it as ready. Traps where it may not block. */
  void (*park)(withost_thread *thread);
  /* Gives a parked thread's stack back; its frames are forgotten. */
  void (*forget)(withost_thread *thread);
  /* Frees the pool. */
  void (*close)(withost_store *store);
} withost_blocking;

extern const withost_blocking withost_can_block;

/* ---- Sync exports ------------------------------------------------------------------------------------------------------ */

/*
 * int hello_add(hello_instance *i, uint32_t a, uint32_t b, uint32_t *result) {
 *   withost_sync s;
 *   int error = withost_sync_enter(&i->base, &add_function, NULL, &s);
 *   if (error) return error;
 *   if (!WITHOST_TRY(&s.entry)) return withost_sync_trapped(&s);
 *   *result = i->core.add(i->base.core, a, b);
 *   return withost_sync_leave(&s);
 * }
 */
typedef struct withost_sync {
  withost_entry entry;
  void *thread[27]; /* room for a task and its thread, where the instance's is in use: see sync.c */
} withost_sync;

/* EPOISONED, EREENTER (law 8). Sync-typed functions ignore lock and backpressure. */
int withost_sync_enter(withost_instance *instance, const withost_function *function, withost_group *group, withost_sync *sync);
int withost_sync_leave(withost_sync *sync);
int withost_sync_trapped(withost_sync *sync);
/* Around post-return, which may not leave the instance. */
static inline void withost_post_return_begin(withost_instance *i) { i->may_leave = false; }
static inline void withost_post_return_end(withost_instance *i) { i->may_leave = true; }

/* ---- Async exports ------------------------------------------------------------------------------------------------------- */

/* Starts a call, now if the instance lets it in, else later: then `params` is copied (flat: law 4). *call (or call NULL)
 * becomes NULL if `done` has run already. EPOISONED, ENOMEM: `done` never runs. */
int withost_task_call(withost_instance *instance, const withost_export *function, withost_group *group, const void *params,
                      withost_done done, void *user, withost_call **call);
/* From [task-return]: checks that `function` has the current task's result type, then hands the lifted result to the
 * host. Traps. */
void withost_task_return(withost_instance *instance, const withost_function *function, const void *result);
/* First thing in [task-return], before lifting: may_leave, and one return per task. Traps. */
void withost_task_return_begin(withost_instance *instance, const withost_function *function);

/* ---- Imports --------------------------------------------------------------------------------------------------------- */

/* A sync import: no allocation, no handle. Traps if the guest may not leave (realloc, post-return). */
static inline withost_call *withost_import_enter(withost_instance *i, const withost_function *function, withost_call *call) {
  if (WITHOST_UNLIKELY(!i->may_leave)) withost_trap(i, "cannot leave component instance");
  call->function = function;
  call->instance = i;
  call->super = *(withost_task *const *)i->running; /* a thread's first member is its task */
  call->kind = WITHOST_CALL_IMPORT_SYNC;
  return call;
}
/* What was lifted has reached its owner; what was lent to a sync import is given back. Traps as withost_import_leave. */
void withost_import_settle(withost_instance *instance);
/* The author's imports struct has no such function. Traps. */
WITHOST_NORETURN WITHOST_COLD void withost_import_missing(withost_instance *instance, const withost_function *function);
/* The guest has no such export: ELINK, with a message. */
WITHOST_COLD int withost_export_missing(withost_instance *instance, const withost_function *function);
/* After host code ran (G2). Traps if the instance did in the meantime. */
static inline void withost_import_leave(withost_instance *i) {
  if (WITHOST_UNLIKELY(i->poisoned | i->unsettled)) withost_import_settle(i);
}

/*
 * An async import. Trampoline:                              The author answers, now or later:
 *
 *   withost_call *call = withost_subtask_begin(i, &wait, out);   int hello_timer_wait_return(withost_call *call) {
 *   imports->timer_wait(host, call, ms);                           withost_answer a;
 *   return withost_subtask_end(call);  // packed status            int error = withost_answer_begin(call, &wait, &a);
 *                                                                  if (error) return error;
 *                                                                  if (!WITHOST_TRY(&a.entry)) return withost_answer_trapped(&a);
 *                                                                  ... lower to withost_answer_out(&a, size, align) ...
 *                                                                  return withost_answer_end(&a);
 *                                                                }
 * An answer inside the implementation never gets a handle.
 */
/* What [async-lower] of a sync function returns: the state of a subtask that has returned, and no handle. */
#define WITHOST_RETURNED 2u
withost_call *withost_subtask_begin(withost_instance *instance, const withost_function *function, uint32_t out);
uint32_t withost_subtask_end(withost_call *call);
/* Instead of _begin, for a sync-lowered async import: `out` is for a result that does not fit in one flat value, else 0. */
withost_call *withost_subtask_begin_sync(withost_instance *instance, const withost_function *function, uint32_t out);
/* Instead of _end, for a sync-lowered async import: waits until it is answered, on a stack of its own if need be. Returns the
 * flat result, if it has one. Traps where the guest may not block. */
uint64_t withost_subtask_block(withost_call *call, const withost_blocking *block);

typedef struct withost_answer {
  withost_entry entry;
  withost_subtask *subtask;
  bool may_leave; /* before it */
  void *thread[27];
} withost_answer;

/* EANSWERED, EINVAL (another function's call), EPOISONED (the instance is gone: the call is released). */
int withost_answer_begin(withost_call *call, const withost_function *function, withost_answer *answer);
/* All of it for a function without a result. */
int withost_answer_nothing(withost_call *call, const withost_function *function);
int withost_answer_end(withost_answer *answer);
int withost_answer_trapped(withost_answer *answer);
/* Where the result goes in guest memory; checked. Traps. */
uint8_t *withost_answer_out(withost_answer *answer, uint32_t size, uint32_t align);
/* True if the caller lowered it sync: a result of one flat value then goes to _flat, not to memory. */
bool withost_answer_is_flat(const withost_answer *answer);
void withost_answer_flat(withost_answer *answer, uint64_t value);

/* ---- Handles of resources ---------------------------------------------------------------------------------------------- */

/* One per resource of a world, static and constant: its address is the type. */
struct withost_resource_type {
  const char *name;             /* "demo:hello/files#file" */
  /* Host-defined: the author's destructor. Guest-defined: calls the guest's [dtor]. Or NULL. */
  void (*drop)(withost_instance *instance, uint32_t rep);
  bool guest_defined;
  withost_function destructor;  /* guest-defined, for messages: {.interface = "demo:hello/files", .name = "[dtor]file"} */
};

/*
 * A resource towards the host is one uint32_t, the `rep` below. Host-defined: the author's representation. Guest-defined: a
 * handle of the store's own table, which is live from lifting an own until lowering one or withost_held_drop; the
 * generated type is a withost_resource {instance, rep}. The guest's own representation never leaves the library.
 */

/* The guest's [resource-new], [resource-rep], [resource-drop]. Trap. */
uint32_t withost_resource_new(withost_instance *instance, const withost_resource_type *type, uint32_t rep);
uint32_t withost_resource_rep(withost_instance *instance, const withost_resource_type *type, uint32_t handle);
void withost_resource_drop(withost_instance *instance, const withost_resource_type *type, uint32_t handle);
/* Lifting: own leaves the guest's table, borrow stays and is lent until the call is answered. call: of
 * withost_subtask_begin; else NULL: the sync import that runs, or the async one that begins next. Traps. If anything traps
 * before the host has got what was lifted, it counts as never lifted. */
uint32_t withost_lift_own(withost_instance *instance, const withost_resource_type *type, uint32_t handle);
uint32_t withost_lift_borrow(withost_instance *instance, withost_call *call, const withost_resource_type *type, uint32_t handle);
/* Lowering: host-defined makes a handle; a borrow must be dropped before the running task returns. Guest-defined: an own
 * goes back, a borrow becomes the guest's representation, and is lent until the call ends. Traps. */
uint32_t withost_lower_own(withost_instance *instance, const withost_resource_type *type, uint32_t rep);
uint32_t withost_lower_borrow(withost_instance *instance, const withost_resource_type *type, uint32_t rep);
/* The representation of a guest-defined resource that goes to `instance`. Traps if another instance defines it. */
static inline uint32_t withost_check_owner(withost_instance *instance, const withost_instance *owner, uint32_t rep) {
  if (WITHOST_UNLIKELY(instance != owner)) withost_trap(instance, "the host passed a resource of another instance");
  return rep;
}
/* The generated <resource>_drop of a guest-defined resource: runs the guest's destructor, now or, if the instance is
 * running, in a later turn. EINVAL: not a live handle, also a zeroed one (instance NULL: no message); EBUSY: lent to an
 * unfinished call; ETRAP: in the destructor, and the handle is gone. */
int withost_held_drop(withost_instance *instance, const withost_resource_type *type, uint32_t rep);

/* Error contexts as values. Lifting gives a view: law 5, or withost_error_context_keep. NULL is lowered as an empty one.
 * Both trap. */
withost_error_context *withost_lift_error_context(withost_instance *instance, uint32_t handle);
uint32_t withost_lower_error_context(withost_instance *instance, withost_error_context *context);

/* ---- Streams and futures ------------------------------------------------------------------------------------------------- */

/* One per distinct payload type of a world. */
typedef struct withost_stream_type {
  uint32_t size, align; /* of an element in guest memory; 0: no payload */
  size_t host_size;     /* of an element here */
  bool is_number;       /* may be copied within one instance */
  bool is_plain;        /* same bytes on both sides: memcpy, and views of the guest's own memory */
  uint64_t identity;    /* of the WIT type: equal for equal types of any world; 0: known by its layout only */
  /* Not plain: elements one by one, inside an entry of `instance`. Trap. */
  void (*lift)(withost_instance *instance, const uint8_t *from, void *to, size_t count);
  void (*lower)(withost_instance *instance, const void *from, uint8_t *to, size_t count);
  /* Frees what a lifted element owns. NULL: nothing. */
  void (*release)(void *elements, size_t count);
} withost_stream_type;

/* Of the intrinsics that belong to no function of the world: [stream-new-unit] in $root, and so on. */
extern const withost_stream_type withost_unit;

/* The guest's intrinsics; block: NULL for [async-lower]. All trap. */
uint64_t withost_stream_new(withost_instance *i, const withost_stream_type *type);
uint32_t withost_stream_copy_in(withost_instance *i, const withost_stream_type *type, const withost_blocking *block, uint32_t end, uint32_t ptr,
                                uint32_t count); /* stream.read */
uint32_t withost_stream_copy_out(withost_instance *i, const withost_stream_type *type, const withost_blocking *block, uint32_t end, uint32_t ptr,
                                 uint32_t count); /* stream.write */
uint32_t withost_stream_cancel_copy(withost_instance *i, const withost_stream_type *type, const withost_blocking *block, bool writable,
                                    uint32_t end);
void withost_stream_drop_end(withost_instance *i, const withost_stream_type *type, bool writable, uint32_t end);
void withost_stream_forward(withost_instance *i, const withost_stream_type *type, uint32_t readable, uint32_t writable);
uint64_t withost_future_new(withost_instance *i, const withost_stream_type *type);
uint32_t withost_future_copy_in(withost_instance *i, const withost_stream_type *type, const withost_blocking *block, uint32_t end, uint32_t ptr);
uint32_t withost_future_copy_out(withost_instance *i, const withost_stream_type *type, const withost_blocking *block, uint32_t end, uint32_t ptr);
uint32_t withost_future_cancel_copy(withost_instance *i, const withost_stream_type *type, const withost_blocking *block, bool writable,
                                    uint32_t end);
void withost_future_drop_end(withost_instance *i, const withost_stream_type *type, bool writable, uint32_t end);
void withost_future_forward(withost_instance *i, const withost_stream_type *type, uint32_t readable, uint32_t writable);

/* Readable ends that pass through a function: the handle leaves or enters the guest's table. Trap. */
withost_stream *withost_lift_stream(withost_instance *i, const withost_stream_type *type, uint32_t end);
uint32_t withost_lower_stream(withost_instance *i, const withost_stream_type *type, withost_stream *stream);
withost_future *withost_lift_future(withost_instance *i, const withost_stream_type *type, uint32_t end);
uint32_t withost_lower_future(withost_instance *i, const withost_stream_type *type, withost_future *future);
/* The host makes a pair: keeps one end, passes the readable one on. ENOMEM. */
int withost_stream_pair(withost_store *store, const withost_stream_type *type, withost_stream **readable,
                        withost_stream **writable);
int withost_future_pair(withost_store *store, const withost_stream_type *type, withost_future **readable,
                        withost_future **writable);

/* ---- Built-ins of $root ($root and [export]$root; names in wasm2c.h). All trap. ------------------------------------------- */

void withost_task_cancel(withost_instance *i);
uint32_t withost_subtask_cancel(withost_instance *i, const withost_blocking *block, uint32_t subtask);
void withost_subtask_drop(withost_instance *i, uint32_t subtask);
uint32_t withost_waitable_set_new(withost_instance *i);
uint32_t withost_waitable_set_wait(withost_instance *i, const withost_blocking *block, uint32_t set, uint32_t event);
uint32_t withost_waitable_set_poll(withost_instance *i, uint32_t set, uint32_t event);
void withost_waitable_set_drop(withost_instance *i, uint32_t set);
void withost_waitable_join(withost_instance *i, uint32_t waitable, uint32_t set);
void withost_backpressure_inc(withost_instance *i);
void withost_backpressure_dec(withost_instance *i);
uint32_t withost_context_get(withost_instance *i, uint32_t slot);
void withost_context_set(withost_instance *i, uint32_t slot, uint32_t value);
uint32_t withost_thread_index(withost_instance *i);
uint32_t withost_thread_yield(withost_instance *i, const withost_blocking *block);
uint32_t withost_thread_suspend(withost_instance *i, const withost_blocking *block);
/* start: what the table holds at the index that the guest gave, and what it is a closure over; NULL traps. */
uint32_t withost_thread_new(withost_instance *i, void (*start)(void *self, uint32_t argument), void *self, uint32_t argument);
void withost_thread_resume_later(withost_instance *i, uint32_t thread);
uint32_t withost_thread_suspend_then_resume(withost_instance *i, const withost_blocking *block, uint32_t thread);
uint32_t withost_thread_yield_then_resume(withost_instance *i, const withost_blocking *block, uint32_t thread);
uint32_t withost_thread_suspend_then_promote(withost_instance *i, const withost_blocking *block, uint32_t thread);
uint32_t withost_thread_yield_then_promote(withost_instance *i, const withost_blocking *block, uint32_t thread);
uint32_t withost_thread_get_task(withost_instance *i);
void withost_thread_set_task(withost_instance *i, uint32_t task);
void withost_task_drop(withost_instance *i, uint32_t task);
uint32_t withost_error_context_new(withost_instance *i, withost_encoding encoding, uint32_t ptr, uint32_t units);
void withost_error_context_debug_message(withost_instance *i, withost_encoding encoding, uint32_t context, uint32_t out);
void withost_error_context_drop(withost_instance *i, uint32_t context);

#ifdef __cplusplus
}
#endif
#endif

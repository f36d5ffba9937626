/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * withost: hosts WebAssembly components from C, many calls at once in one instance.
 *
 * A *store* is one single-threaded world: instances, calls, streams. A *program* is a guest's code and the glue that
 * witgen made for its world. An *instance* is a program with memory. Typed functions to instantiate and to call are in
 * the generated <world>_host.h; everything that has no type of your world in it is here.
 *
 *   withost_store *store;                  withost_store_new(NULL, &store);
 *   hello_instance *guest;                 hello_instantiate(store, hello_program(), &imports, host, &guest);
 *   hello_greeter_greet(guest, NULL, name, 100, on_greeting, user, NULL);
 *   while (my_loop_waits_for_something()) withost_store_run(store);
 *   withost_store_close(store);
 *
 * Laws (each has a test named after it)
 *
 *  1. A store and all that is in it belong to one thread at a time. Different stores share nothing.
 *  2. Nothing here blocks. withost_store_run runs what can run and returns.
 *  3. The callback of a call runs exactly once if the function that started the call returned WITHOST_OK, and never if
 *     it returned an error. It may run before that function returns.
 *  4. Arguments of a sync call are borrowed until it returns; arguments of an async call until its callback runs or
 *     withost_call_has_started() says true. Nothing is copied unless it must be.
 *  5. What a callback or an import implementation is given lives until it returns, except handles, streams and
 *     futures, which are owned and have one named release each.
 *  6. A result that you send is borrowed until the send function returns.
 *  7. A withost_call of an import is yours from the implementation's start until you have answered it, exactly once,
 *     also after its cancel callback has run. Of an export: until its callback runs.
 *  8. Inside an import implementation or a callback you may start async calls (they wait their turn if the instance is
 *     busy), answer calls, use streams and cancel. You may not turn the store (WITHOST_EREENTER), close anything
 *     (WITHOST_EBUSY), nor call a sync export of the instance that is running (WITHOST_EREENTER).
 *  9. A trap ends one instance: its calls end with WITHOST_ETRAP, later ones are refused with WITHOST_EPOISONED, imports
 *     that it had called are told to cancel. Everything else in the store is unharmed.
 * 10. Closing with work unfinished changes nothing and returns WITHOST_EBUSY.
 */
#ifndef WITHOST_WITHOST_H
#define WITHOST_WITHOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Errors ------------------------------------------------------------------------------------------------------ */

/* Every function that can fail returns WITHOST_OK or one of these. withost_store_message() has the details. */
#define WITHOST_ERRORS(X)                                                      \
  X(ENOMEM, -1, "out of memory")                                               \
  X(EINVAL, -2, "invalid argument")                                            \
  X(EABI, -3, "glue and library are of different versions")                    \
  X(ELINK, -4, "the guest does not fit the world")                             \
  X(ETRAP, -5, "the guest trapped")                                            \
  X(EPOISONED, -6, "the instance trapped earlier")                             \
  X(EREENTER, -7, "not from inside this instance or store")                    \
  X(EBUSY, -8, "work is unfinished")                                           \
  X(ECANCELLED, -9, "the call was cancelled")                                  \
  X(EDEADLINE, -10, "the deadline has passed")                                 \
  X(EDEADLOCK, -11, "nothing in the store can make progress")                  \
  X(EANSWERED, -12, "the call was answered before")                            \
  X(EDROPPED, -13, "the other end is gone")                                    \
  X(EUNSUPPORTED, -14, "this engine or this version cannot do that")

typedef enum withost_error {
  WITHOST_OK = 0,
#define WITHOST_ERROR_ENUM(name, value, text) WITHOST_##name = value,
  WITHOST_ERRORS(WITHOST_ERROR_ENUM)
#undef WITHOST_ERROR_ENUM
} withost_error;

/* The text of an error above; "unknown error" for anything else. Static. */
const char *withost_error_text(int error);

typedef struct withost_store withost_store;
typedef struct withost_program withost_program;
typedef struct withost_instance withost_instance;
typedef struct withost_call withost_call;
typedef struct withost_stream withost_stream;
typedef struct withost_future withost_future;
typedef struct withost_resource_type withost_resource_type;
typedef struct withost_error_context withost_error_context;

/* ---- Groups: whose work is this? ------------------------------------------------------------------------------------ */

/*
 * A root call (one that you start) belongs to a group, and so does all that it causes. The memory is yours; it must
 * outlive the group's finish hook, or without hooks the end of the last call. One group may hold many root calls.
 */
typedef struct withost_group {
  uint64_t tag;   /* yours */
  void *pointer;  /* yours */
  uint32_t tasks; /* private: start at 0. How many tasks are alive. */
} withost_group;

/* Told when a group gets its first task, when guest code starts and stops running for it, and when its last task is
 * gone: of an instance that trapped, when that is closed at the latest. Enter and exit are balanced on return, cancel and trap.
 * Any of them may be NULL. They are called in the middle of the library's work: they take note, and call nothing of it. */
typedef struct withost_hooks {
  void (*start)(void *user, withost_group *group);
  void (*enter)(void *user, withost_group *group);
  void (*exit)(void *user, withost_group *group);
  void (*finish)(void *user, withost_group *group);
  void *user;
} withost_hooks;

/* ---- Stores --------------------------------------------------------------------------------------------------------- */

/* All memory comes from here: `resize(user, NULL, 0, n)` allocates, `resize(user, p, old, 0)` frees. NULL is failure. */
typedef struct withost_allocator {
  void *(*resize)(void *user, void *old, size_t old_size, size_t new_size);
  void *user;
} withost_allocator;

typedef struct withost_config {
  withost_allocator allocator; /* resize NULL: malloc */
  withost_hooks hooks;
  size_t guest_stack;          /* native stack that guest code may use, a chain of guests that call each other through the host
                                * together; who is at its end traps with "call stack exhausted". Your functions run on the
                                * same stack: where guests may block it is the library's, and 32 KiB are left for them, or
                                * more if the guest used less. 0: 256 KiB */
  /* An idle store got work: call withost_store_run soon, but not from here, where nothing of the library may be called. Or
   * NULL. */
  void (*on_ready)(void *user, withost_store *store);
  void *user;
} withost_config;

/* Makes a store. config: NULL for the defaults; copied. *store: own, release with withost_store_close. ENOMEM. */
int withost_store_new(const withost_config *config, withost_store **store);
/* Frees the store and its instances. EBUSY: calls, streams or futures are unfinished; the store lives on. */
int withost_store_close(withost_store *store);

/*
 * Runs everything that is ready, once. Returns 1 if something is ready again (a guest yielded), 0 if all that is left waits
 * for you, or EREENTER.
 */
int withost_store_run(withost_store *store);
/* True if that would run something. */
bool withost_store_is_ready(const withost_store *store);

/* What the last error on this store was about; "" before the first. Valid until the next error. */
const char *withost_store_message(const withost_store *store);

/* EDEADLOCK with a report as the message (which task waits on which waitable) if guests wait for nothing but each other;
 * OK otherwise. */
int withost_store_check_deadlock(withost_store *store);

/* Time is yours: any unit, never going back. Calls whose deadline is <= now are cancelled. */
int withost_store_set_now(withost_store *store, uint64_t now);
/* The nearest deadline, or UINT64_MAX. */
uint64_t withost_store_next_deadline(const withost_store *store);

/* ---- Instances ------------------------------------------------------------------------------------------------------ */

/* The store that it is in. */
withost_store *withost_instance_store(const withost_instance *instance);
/* OK, or ETRAP once it has trapped. */
int withost_instance_status(const withost_instance *instance);
/* The first trap: "demo:hello/greeter#greet: unreachable"; "" if none. */
const char *withost_instance_trap(const withost_instance *instance);
/* Frees the instance and runs the destructors of the resources it still holds. EBUSY: it has calls; nothing happened. */
int withost_instance_close(withost_instance *instance);
/* Ends all its calls as a trap would, so that it can be closed. */
void withost_instance_abort(withost_instance *instance, const char *reason);

/* ---- Calls ---------------------------------------------------------------------------------------------------------- */

/* Of an export (you called) or an import (the guest called you). See law 7 for how long a call lives. */
withost_group *withost_call_group(const withost_call *call);       /* whose work it is; never NULL: the store has one of tag 0 */
withost_instance *withost_call_instance(const withost_call *call); /* the guest's instance */
const char *withost_call_function(const withost_call *call);       /* its name in the WIT: "wait" */
const char *withost_call_interface(const withost_call *call);      /* its interface: "demo:hello/timer", or NULL: the world itself */
const char *withost_call_label(const withost_call *call);          /* a named import's name, else the interface, or NULL */
const char *withost_call_external_id(const withost_call *call);    /* its external id in the WIT, or NULL */
/* The next outer entry of the async call stack, or NULL at the root. A step is a call of an export. */
const withost_call *withost_call_caller(const withost_call *call);

/* Exports: true once the arguments have been read. */
bool withost_call_has_started(const withost_call *call);
/* Exports: asks the guest to stop. The callback still runs: with ECANCELLED, or with a result if the guest had one anyway.
 * May run it before returning. Asking twice does nothing. */
void withost_call_cancel(withost_call *call);
/* Exports: cancels when withost_store_set_now reaches `at`, unless it was cancelled before; the callback then gets EDEADLINE,
 * or a result if the guest had one anyway. UINT64_MAX: none. ENOMEM, EINVAL (an import's call). */
int withost_call_set_deadline(withost_call *call, uint64_t at);

/* Imports: run once when the guest, or the end of its instance, wants the call to stop. Answer it soon, with a result or
 * with withost_call_answer_cancelled. */
void withost_call_on_cancel(withost_call *call, void (*cancel)(void *user, withost_call *call), void *user);
/* Imports: ends a call that was asked to stop. EINVAL if it was not asked. */
int withost_call_answer_cancelled(withost_call *call);
/*
 * Imports: you answer this call with the result of `inner`, a call of an export that you made for it, of another guest in the
 * store. From then on the two go together: the guest's call counts as started when inner has, and is cancelled by cancelling
 * inner. `done` of inner still answers it: with the result, or withost_call_answer_cancelled, or withost_call_trap. Instead
 * of withost_call_on_cancel, which undoes it. inner: NULL, which the call of the export gave because it is over, does
 * nothing. EINVAL: not such calls, or not the first time; EANSWERED.
 */
int withost_call_pass_on(withost_call *call, withost_call *inner);
/* Imports: memory for the result of a sync import; it is freed after the result was read. NULL: out of memory. */
void *withost_call_alloc(withost_call *call, size_t size);
/* Imports: ends the guest instance with a trap, as if the import had trapped. The call counts as answered. */
void withost_call_trap(withost_call *call, const char *reason);

/* ---- Streams and futures -------------------------------------------------------------------------------------------- */

/*
 * The host's end of a stream. Typed functions in the generated glue make them and convert elements; here is what they
 * have in common. A *rendezvous* happens when both sides have offered a buffer.
 *
 *  S1. At most one operation is active on an end. It is over after one rendezvous: fewer elements than you offered is
 *      normal, and the next operation goes on with the rest. Its callback runs exactly once, never inside the function that
 *      started it (but inside withost_store_run, or inside a guest's call), and carries how many elements moved and why
 *      it stopped: OK; EDROPPED, the other end is gone (elements may have moved before); ECANCELLED.
 *  S2. Your buffer belongs to the stream from the start of the operation until its callback.
 *  S3. A view (withost_stream_read_view, _write_view) is the guest's own buffer: it is valid inside `ready` only, and
 *      there only until you call something that runs that guest (a call, an answer). What `ready` returns is how many
 *      elements it took or filled. It is called for each buffer that the other side offers; the operation goes on until
 *      you cancel it or the stream ends, and `done` then carries the sum. After 0 the operation is parked, and
 *      so is the other side, until withost_stream_resume: back-pressure. Payloads with another layout in guest
 *      memory are shown in copies, some at a time: read-only, memory in them lives until `ready` returns, handles are
 *      yours in the elements that it took and the guest's in the others. Such a view to fill begins zeroed; memory that
 *      you put into it stays yours, and must live until `ready` or `done` runs the next time.
 *  S4. Dropping an end ends the peer's operation with DROPPED. An end must be dropped exactly once, after its callback.
 *  S5. A future's writer must write or be told that the reader is gone before it is dropped. If the host drops it
 *      anyway, because it has no value to give, the reader is told DROPPED; most guests trap on that.
 *
 * Between two ends of the host each side owns its own memory: elements with strings or lists are copied. Text that is not
 * UTF-8, resources of a guest beside such memory, and no memory end both operations with EINVAL, and the store's message says
 * why; two views, which have no memory between them, with EUNSUPPORTED.
 * Starting an operation fails with EBUSY (one is active), EDROPPED (the last one said so, or the future is done), EINVAL
 * (the wrong end, or one that was passed on).
 */
typedef void (*withost_copy_done)(void *user, withost_stream *stream, int status, size_t count);
typedef size_t (*withost_view_ready)(void *user, withost_stream *stream, void *elements, size_t count);

/* Start an operation (S1, S2). */
int withost_stream_read(withost_stream *stream, void *buffer, size_t count, withost_copy_done done, void *user);
int withost_stream_write(withost_stream *stream, const void *buffer, size_t count, withost_copy_done done, void *user);
/* Start an operation on the guest's own buffers (S3). */
int withost_stream_read_view(withost_stream *stream, withost_view_ready ready, withost_copy_done done, void *user);
int withost_stream_write_view(withost_stream *stream, withost_view_ready ready, withost_copy_done done, void *user);
/* Goes on with a view that returned 0; `ready` runs in the next turn if the other side still waits. */
int withost_stream_resume(withost_stream *stream);
/* Ends the operation: its callback runs with ECANCELLED, or with what had happened before. EINVAL: none is active. */
int withost_stream_cancel(withost_stream *stream);
/* Ends the stream from this side (S4). */
void withost_stream_drop(withost_stream *stream);

typedef void (*withost_future_done)(void *user, withost_future *future, int status);
/* As those of streams, with one value and no view (S5). */
int withost_future_read(withost_future *future, void *value, withost_future_done done, void *user);
int withost_future_write(withost_future *future, const void *value, withost_future_done done, void *user);
int withost_future_cancel(withost_future *future);
void withost_future_drop(withost_future *future);

/* ---- Resources ------------------------------------------------------------------------------------------------------ */

/*
 * Host-defined: a representation (yours, 32 bits: an index or a table key) behind a handle. The destructor that you bind in
 * the imports struct runs exactly once per representation that the guest owned: when the guest drops it, or when its
 * instance ends, by a trap or by its close. What an own parameter of an import or an own result of an export brings is
 * yours again: no destructor runs.
 *
 * Guest-defined: an opaque handle that you own until you pass it to a call as an own argument, or drop it with the
 * generated <resource>_drop, which runs the guest's destructor. An instance with a handle that is not dropped does not
 * close: EBUSY. After a trap drop it all the same; no destructor runs then. A call that fails keeps the own arguments that it
 * had not read yet: withost_call_has_started.
 */
typedef struct withost_resource {
  withost_instance *instance; /* that defines it */
  uint32_t rep;               /* of the handle, not the guest's */
} withost_resource;

/* ---- Error contexts -------------------------------------------------------------------------------------------------- */

/* A debug message, in UTF-8. Shared: keep and release count. *context: own. ENOMEM, EINVAL: not UTF-8. */
int withost_error_context_create(withost_store *store, const char *text, size_t length, withost_error_context **context);
/* The message, as long as the context is kept. */
const char *withost_error_context_text(const withost_error_context *context, size_t *length);
/* One reference more, one less; the last one frees it. */
withost_error_context *withost_error_context_keep(withost_error_context *context);
void withost_error_context_release(withost_error_context *context);

#ifdef __cplusplus
}
#endif
#endif

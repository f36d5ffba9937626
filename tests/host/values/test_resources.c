/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Resources: the host's are destroyed once however their guest ends; the guest's are destroyed by the guest, once, when the
 * host drops its handle, and a handle that the host forgets is reported.
 */
#include "bench.h"

/* ---- The host's ---- */

static void host_defined(bench *b) {
  bench_begin(b);
  ask(b->bad, OP_file_drop, FILE_10, 0);
  check(b, b->host.destroyed[10] == 1 && !b->host.destroyed[11], "a drop runs the destructor");
  ask(b->bad, OP_take_own, FILE_11, 0);
  check(b, b->host.owned[11] && !b->host.destroyed[11], "what the host has got back is not destroyed");
  check(b, bench_end(b) && b->host.destroyed[20] == 1, "closing destroys the rest, once each");

  bench_begin(b);
  values_call(b->bad, OP_character, 0xd800, 0, 0, NULL);
  check(b, b->host.destroyed[10] == 1 && b->host.destroyed[20] == 1, "a trap destroys at once");
  check(b, bench_end(b), "and closing not again");

  bench_begin(b);
  withost_instance_abort(&b->bad->base, "enough");
  check(b, b->host.destroyed[10] == 1 && b->host.destroyed[20] == 1, "so does an abort");
  check(b, bench_end(b), "and closing not again");

  bench_begin(b);
  bool closed = withost_instance_close(&b->bad->base) == WITHOST_OK;
  check(b, closed && b->host.destroyed[10] == 1 && bench_end(b), "so does the close of the instance alone");
}

static void slots_are_reused(bench *b) {
  bench_begin(b);
  ask(b->bad, OP_file_drop, FILE_10, 0);
  ask(b->bad, OP_file_drop, FILE_11, 0);
  uint32_t first = ask(b->bad, OP_make_file, 1, 0), second = ask(b->bad, OP_make_file, 2, 0);
  check(b, first == FILE_11 && second == FILE_10 && bench_end(b), "handles are reused, last in first out");
}

static void many_calls(bench *b) {
  bench_begin(b);
  size_t live = 0;
  for (int n = 0; n < 100000; n++) {
    uint32_t h = ask(b->bad, OP_make_file, 9, 0);
    ask(b->bad, OP_take_borrow, h, 0);
    ask(b->bad, n & 1 ? OP_file_drop : OP_take_own, h, 0);
    if (n == 10) live = b->live;
  }
  check(b, b->live == live && b->host.destroyed[9] == 50000, "10^5 resources leave memory where it was");
  check(b, bench_end(b), "and close");
}

/* ---- The guest's ---- */

static void guest_defined(bench *b) {
  withost_resource thing;
  bench_begin(b);
  check(b, ask(b->bad, OP_thing_rep, THING_30, 0) == 30, "the guest gets its representation back");
  ask(b->bad, OP_thing_drop, THING_30, 0);
  check(b, ask(b->bad, OP_destroyed, 0, 0) == 1, "a drop by the guest runs its destructor");
  values_take_thing(b->bad, 31, &thing);
  bool busy = withost_store_close(b->store) == WITHOST_EBUSY && withost_instance_close(&b->bad->base) == WITHOST_EBUSY &&
              strstr(withost_store_message(b->store), "test:values/guest#thing");
  check(b, busy, "a handle that the host holds keeps the instance open, and the message names its resource");
  check(b, ask(b->bad, OP_destroyed, 0, 0) == 1, "which has changed nothing");
  check(b, values_thing_drop(thing) == WITHOST_OK && ask(b->bad, OP_destroyed, 0, 0) == 2, "a drop by the host destroys");
  check(b, values_thing_drop(thing) == WITHOST_EINVAL && ask(b->bad, OP_destroyed, 0, 0) == 2, "once");
  check(b, bench_end(b), "closes");
}

static void guest_gets_back(bench *b) {
  withost_resource thing;
  bench_begin(b);
  values_take_thing(b->bad, 32, &thing);
  b->host.thing = thing.rep;
  ask(b->bad, OP_give_thing, 512, 0);
  uint32_t handle = withost_load_u32(withost_memory(&b->bad->base) + 512);
  check(b, ask(b->bad, OP_thing_rep, handle, 0) == 32, "what goes back to the guest is its own again");
  check(b, values_thing_drop(thing) == WITHOST_EINVAL, "and not the host's");
  memset(&thing, 0, sizeof thing);
  check(b, values_thing_drop(thing) == WITHOST_EINVAL, "a zeroed one, as after a call that failed, is nobody's");
  bool refused = values_call(b->bad, OP_give_thing, 512, 0, 0, NULL) == WITHOST_ETRAP &&
                 trap_is(b, "test:values/guest#export: the host gave an unknown handle of test:values/guest#thing");
  check(b, refused && bench_end(b), "nor can it be given twice");

  bench_begin(b);
  values_take_thing(b->good, 33, &thing);
  b->host.thing = thing.rep;
  bool foreign = values_call(b->bad, OP_give_thing, 512, 0, 0, NULL) == WITHOST_ETRAP;
  check(b, foreign && ask(b->good, OP_destroyed, 0, 0) == 0, "a handle of another instance is refused");
  check(b, values_thing_drop(thing) == WITHOST_OK && bench_end(b), "and stays what it was");
}

static void traps_in_destructors(bench *b) {
  withost_resource thing;
  bench_begin(b);
  ask(b->bad, OP_mode, 0, 1);
  bool right = values_call(b->bad, OP_thing_drop, THING_30, 0, 0, NULL) == WITHOST_ETRAP &&
               trap_is(b, "test:values/guest#[dtor]thing: wasm `unreachable` instruction executed");
  check(b, right && bench_end(b), "a trap in a destructor that the guest caused");

  bench_begin(b);
  values_take_thing(b->bad, 31, &thing);
  ask(b->bad, OP_mode, 0, 1);
  right = values_thing_drop(thing) == WITHOST_ETRAP &&
          trap_is(b, "test:values/guest#[dtor]thing: wasm `unreachable` instruction executed");
  check(b, right && values_thing_drop(thing) == WITHOST_EINVAL && bench_end(b), "and in one that the host caused");

  bench_begin(b);
  values_call(b->bad, OP_mode, 0, 3, FILE_10, NULL);
  right = values_call(b->bad, OP_thing_drop, THING_30, 0, 0, NULL) == WITHOST_ETRAP && b->host.asked_to_cancel == 1;
  values_lend_return(b->host.lent);
  check(b, right && bench_end(b), "and in one that has called an import");

  bench_begin(b);
  values_call(b->bad, OP_mode, 0, 2, THING_30, NULL);
  uint32_t outer = ask(b->bad, OP_thing_new, 34, 0);
  ask(b->bad, OP_thing_drop, outer, 0);
  check(b, ask(b->bad, OP_destroyed, 0, 0) == 2 && bench_end(b), "a destructor may drop another resource");

  bench_begin(b);
  values_take_thing(b->bad, 31, &thing);
  values_call(b->bad, OP_character, 0xd800, 0, 0, NULL);
  check(b, withost_store_close(b->store) == WITHOST_EBUSY, "after a trap the host still has to drop its handles");
  check(b, values_thing_drop(thing) == WITHOST_OK && bench_end(b), "which runs nothing");
}

/* ---- Dropping inside a callback, and lending to a call ---- */

typedef struct user { withost_resource thing; int calls, status, dropped; } user;

static void drops_inside(void *data, withost_call *call, int status) {
  user *u = data;
  (void)call;
  u->calls++;
  u->status = status;
  u->dropped = values_thing_drop(u->thing);
}

static void inside_callbacks(bench *b) {
  user u = {0};
  bench_begin(b);
  values_take_thing(b->bad, 31, &u.thing);
  values_task(b->bad, (values_task_params){.mode = 0, .file = 7}, drops_inside, &u, NULL);
  check(b, u.calls == 1 && u.dropped == WITHOST_OK, "a handle can be dropped while its instance runs");
  while (withost_store_run(b->store) > 0) {}
  check(b, ask(b->bad, OP_destroyed, 0, 0) == 1 && bench_end(b), "the destructor runs in a later turn");

  bench_begin(b);
  u = (user){0};
  values_take_thing(b->bad, 31, &u.thing);
  values_task(b->bad, (values_task_params){4, 7, u.thing}, drops_inside, &u, NULL);
  check(b, values_thing_drop(u.thing) == WITHOST_EBUSY, "what is lent to a call cannot be dropped");
  while (withost_store_run(b->store) > 0) {}
  check(b, u.calls == 1 && u.status == WITHOST_OK && u.dropped == WITHOST_OK, "it can when the call has ended");
  check(b, ask(b->bad, OP_destroyed, 0, 0) == 1 && bench_end(b), "and is destroyed once");

  bench_begin(b);
  u = (user){0};
  values_take_thing(b->bad, 31, &u.thing);
  values_task(b->bad, (values_task_params){4, 7, u.thing}, drops_inside, &u, NULL);
  withost_instance_abort(&b->bad->base, "enough");
  check(b, u.calls == 1 && u.status == WITHOST_ETRAP && u.dropped == WITHOST_OK && bench_end(b), "also when it ended by a trap");
}

/* ---- Error contexts ---- */

static void error_contexts(bench *b) {
  withost_error_context *c;
  size_t length;
  bench_begin(b);
  memcpy(withost_memory(&b->bad->base) + 256, "h\0i\0", 4);
  uint32_t handle = ask(b->bad, OP_context_new, WITHOST_UTF16, 256);
  check(b, handle == SET + 1, "an error context is a handle");
  values_call(b->bad, OP_context_new, WITHOST_UTF16, 256, 2, &handle);
  values_call(b->bad, OP_context_message, WITHOST_UTF8, handle, 512, NULL);
  const uint8_t *m = withost_memory(&b->bad->base);
  uint32_t at = withost_load_u32(m + 512);
  check(b, withost_load_u32(m + 516) == 2 && memcmp(m + at, "hi", 2) == 0, "its message is what it was made of");
  check(b, withost_error_context_create(b->store, "\xff", 1, &c) == WITHOST_EINVAL && !c, "the host's must be UTF-8");
  withost_error_context_create(b->store, "oh", 2, &c);
  withost_error_context *kept = withost_error_context_keep(c);
  withost_error_context_release(c);
  check(b, strncmp(withost_error_context_text(kept, &length), "oh", 2) == 0 && length == 2, "and is shared");
  withost_error_context_release(kept);
  check(b, bench_end(b), "closing frees those that are left");
}

int main(void) {
  bench b = {0};
  host_defined(&b);
  slots_are_reused(&b);
  many_calls(&b);
  guest_defined(&b);
  guest_gets_back(&b);
  traps_in_destructors(&b);
  inside_callbacks(&b);
  error_contexts(&b);
  return bench_tap(&b);
}

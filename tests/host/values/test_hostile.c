/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Hostile guests: each does one forbidden thing and must end with the right message, alone, with its resources destroyed
 * once and no memory left. Texts are those of Wasmtime where it has one; the rules are the reference model's (load_*, lift_*,
 * canon_resource_*).
 */
#include "bench.h"

/* ---- One call ---- */

typedef struct hostile {
  const char *name;
  values_op first;       /* done before, and fine; OP_nothing for none */
  uint32_t first_a, first_b;
  values_op op;
  uint32_t a, b, c;
  const char *reason;
} hostile;

#define ONE(op, a, b, c) OP_nothing, 0, 0, OP_##op, a, b, c
#define TWO(first, first_a, first_b, op, a, b, c) OP_##first, first_a, first_b, OP_##op, a, b, c
#define OUT "string content out-of-bounds"

/* Where text_write puts what is not text. */
enum { BYTES = 256, CUT = 272, OVERLONG = 288, SURROGATE = 304, TOO_HIGH = 320, HIGH = 336, LOW = 352, HIGH_A = 368, FINE = 384 };

static const hostile cases[] = {
  {"a string that ends outside memory", ONE(string, 0, 65530, 100), OUT},
  {"a string at the end of the address space", ONE(string, 0, 0xffffffff, 2), OUT},
  {"a string of 2^28 bytes", ONE(string, 0, 0, 1u << 28), OUT},
  {"a UTF-16 string at an odd address", ONE(string, 1, 101, 1), "unaligned pointer"},
  {"a UTF-16 string that ends outside memory", ONE(string, 1, 65532, 3), OUT},
  {"a UTF-16 string whose size does not fit in 32 bits", ONE(string, 1, 0, 1u << 31), OUT},
  {"a Latin-1 string at an odd address", ONE(string, 2, 101, 1), "unaligned pointer"},
  {"a Latin-1 string that ends outside memory", ONE(string, 2, 65530, 100), OUT},
  {"a tagged UTF-16 string that ends outside memory", ONE(string, 2, 65532, 3u | 1u << 31), OUT},
  {"bad UTF-8", ONE(string, 0, BYTES, 4), "invalid utf-8 sequence from index 2"},
  {"UTF-8 that is cut off", ONE(string, 0, CUT, 4), "incomplete utf-8 byte sequence from index 2"},
  {"UTF-8, overlong", ONE(string, 0, OVERLONG, 2), "invalid utf-8 sequence from index 0"},
  {"UTF-8 of a surrogate", ONE(string, 0, SURROGATE, 3), "invalid utf-8 sequence from index 0"},
  {"UTF-8 beyond Unicode", ONE(string, 0, TOO_HIGH, 4), "invalid utf-8 sequence from index 0"},
  {"UTF-16 that ends with a high surrogate", ONE(string, 1, HIGH, 1), "unpaired surrogate found: d800"},
  {"UTF-16 with a low surrogate first", ONE(string, 1, LOW, 1), "unpaired surrogate found: dc00"},
  {"UTF-16 with a letter after a high surrogate", ONE(string, 1, HIGH_A, 2), "unpaired surrogate found: d800"},
  {"tagged UTF-16 with a lone surrogate", ONE(string, 2, HIGH_A, 2u | 1u << 31), "unpaired surrogate found: d800"},
  {"a list at a misaligned address", ONE(list, 2, 1, 0), "unaligned pointer"},
  {"an empty list at a misaligned address", ONE(list, 2, 0, 0), "unaligned pointer"},
  {"a list that ends outside memory", ONE(list, 65532, 2, 0), "list content out-of-bounds"},
  {"an empty list outside memory", ONE(list, 65540, 0, 0), "list content out-of-bounds"},
  {"a list of 2^28 bytes", ONE(list, 0, 1u << 26, 0), "list content out-of-bounds"},
  {"a list whose size does not fit in 32 bits", ONE(list, 0, 1u << 30, 0), "list content out-of-bounds"},
  {"a char that is a high surrogate", ONE(character, 0xd800, 0, 0), "invalid `char` bit pattern"},
  {"a char that is a low surrogate", ONE(character, 0xdfff, 0, 0), "invalid `char` bit pattern"},
  {"a char beyond Unicode", ONE(character, 0x110000, 0, 0), "invalid `char` bit pattern"},
  {"a char of 32 bits", ONE(character, 0xffffffff, 0, 0), "invalid `char` bit pattern"},
  {"a discriminant too high by one", ONE(variant, 3, 0, 0), "invalid variant discriminant"},
  {"a discriminant of 32 bits", ONE(variant, 0xffffffff, 0, 0), "invalid variant discriminant"},
  {"a record at a misaligned address", ONE(record, 2, 0, 0), "unaligned pointer"},
  {"a record that ends outside memory", ONE(record, 65532, 0, 0), "pointer out-of-bounds"},
  {"a record at the end of the address space", ONE(record, 0xfffffffc, 0, 0), "pointer out-of-bounds"},
  {"dropping handle 0", ONE(file_drop, 0, 0, 0), "unknown handle index 0"},
  {"dropping a handle that never was", ONE(file_drop, 99, 0, 0), "unknown handle index 99"},
  {"dropping the highest handle", ONE(file_drop, 0xffffffff, 0, 0), "unknown handle index 4294967295"},
  {"dropping twice", TWO(file_drop, FILE_10, 0, file_drop, FILE_10, 0, 0), "unknown handle index 1"},
  {"passing on what was dropped", TWO(file_drop, FILE_10, 0, take_own, FILE_10, 0, 0), "unknown handle index 1"},
  {"passing on what was passed on", TWO(take_own, FILE_10, 0, take_own, FILE_10, 0, 0), "unknown handle index 1"},
  {"lending what was passed on", TWO(take_own, FILE_10, 0, take_borrow, FILE_10, 0, 0), "unknown handle index 1"},
  {"dropping a resource as another one", ONE(file_drop, OTHER_20, 0, 0),
   "handle index 3 used with the wrong type, expected host-defined resource but found a different host-defined resource"},
  {"passing on a resource as another one", ONE(take_own, OTHER_20, 0, 0),
   "handle index 3 used with the wrong type, expected host-defined resource but found a different host-defined resource"},
  {"lending one's own resource as the host's", ONE(take_borrow, THING_30, 0, 0),
   "handle index 4 used with the wrong type, expected host-defined resource but found a guest-defined resource"},
  {"asking for the representation of the host's resource", ONE(thing_rep, FILE_10, 0, 0),
   "handle index 1 used with the wrong type, expected guest-defined resource but found a host-defined resource"},
  {"dropping the host's resource as one's own", ONE(thing_drop, FILE_10, 0, 0),
   "handle index 1 used with the wrong type, expected guest-defined resource but found a host-defined resource"},
  {"dropping an error context as a resource", ONE(file_drop, CONTEXT, 0, 0), "handle index 5 is not a resource"},
  {"dropping a waitable set as a resource", ONE(file_drop, SET, 0, 0), "handle index 6 is not a resource"},
  {"dropping a resource as an error context", ONE(context_drop, FILE_10, 0, 0), "handle index 1 is not an error context"},
  {"asking a set for its message", ONE(context_message, 0, SET, 0), "handle index 6 is not an error context"},
  {"a message to a misaligned address", ONE(context_message, 0, CONTEXT, 2), "unaligned pointer"},
  {"an error context with bad UTF-8", ONE(context_new, 0, BYTES, 4), "invalid utf-8 sequence from index 2"},
  {"dropping an error context twice", TWO(context_drop, CONTEXT, 0, context_drop, CONTEXT, 0, 0), "unknown handle index 5"},
  {"passing on what the same call borrows", ONE(take_both, FILE_10, FILE_10, 0),
   "cannot remove owned resource while borrowed"},
  {"an own, then bad UTF-8: the own was not given", ONE(own_and_string, FILE_10, BYTES, 4),
   "invalid utf-8 sequence from index 2"},
  {"a realloc that returns a misaligned address", TWO(mode, 1, 0, give_string, 1, 512, 0),
   "realloc return: result not aligned"},
  {"a realloc that returns an address outside memory", TWO(mode, 2, 0, give_string, 0, 512, 0),
   "realloc return: beyond end of memory"},
  {"a realloc that traps", TWO(mode, 3, 0, give_string, 2, 512, 0), "wasm `unreachable` instruction executed"},
  {"a realloc that leaves the instance", TWO(mode, 4, 0, give_string, 0, 512, 0), "cannot leave component instance"},
  {"a result to a misaligned address", ONE(give_string, 0, 513, 0), "unaligned pointer"},
  {"dropping a subtask as a resource's borrow", ONE(subtask_drop, FILE_10, 0, 0), "handle is not a subtask"},
};

static void text_write(values *i) {
  uint8_t *m = withost_memory(&i->base);
  memcpy(m + BYTES, "ab\xff" "d", 4);
  memcpy(m + CUT, "ab\xe2\x82", 4);
  memcpy(m + OVERLONG, "\xc0\x80", 2);
  memcpy(m + SURROGATE, "\xed\xa0\x80", 3);
  memcpy(m + TOO_HIGH, "\xf4\x90\x80\x80", 4);
  memcpy(m + HIGH, "\x00\xd8", 2);
  memcpy(m + LOW, "\x00\xdc\x00\xdc", 4);
  memcpy(m + HIGH_A, "\x00\xd8" "A\0", 4);
  memcpy(m + FINE, "fine", 4);
}

static void run_case(bench *b, const hostile *h) {
  bench_begin(b);
  text_write(b->bad);
  b->host.give = (const uint8_t *)"caf\xc3\xa9";
  b->host.give_length = 5;
  ask(b->bad, h->first, h->first_a, h->first_b);
  int error = values_call(b->bad, h->op, h->a, h->b, h->c, NULL);
  char expected[256];
  snprintf(expected, sizeof expected, "test:values/guest#export: %s", h->reason);
  bool right = error == WITHOST_ETRAP && trap_is(b, expected);
  bool poisoned = values_call(b->bad, OP_nothing, 0, 0, 0, NULL) == WITHOST_EPOISONED;
  bool clean = bench_end(b);
  check(b, right && poisoned && clean, h->name);
}

/* ---- Lending to calls that are not answered ---- */

static void lent_then(bench *b, values_op lend, values_op op, const char *name) {
  bench_begin(b);
  text_write(b->bad);
  uint32_t status = 0;
  values_call(b->bad, lend, FILE_10, FINE, 4, &status);
  int error = values_call(b->bad, op, FILE_10, 0, 0, NULL);
  bool right = (status & 0xf) == 1 && error == WITHOST_ETRAP &&
               trap_is(b, "test:values/guest#export: cannot remove owned resource while borrowed");
  bool busy = withost_store_close(b->store) == WITHOST_EBUSY && b->host.asked_to_cancel == 1;
  bool answered = values_lend_return(b->host.lent) == WITHOST_EPOISONED;
  check(b, right && busy && answered && bench_end(b), name);
}

/* The answer alone is not enough: the guest has to hear of it (Subtask.deliver_resolve). */
static void lent_until_delivery(bench *b) {
  bench_begin(b);
  uint32_t subtask = ask(b->bad, OP_lend, FILE_10, 0) >> 4;
  ask(b->bad, OP_join, subtask, SET);
  values_lend_return(b->host.lent);
  bool told = ask(b->bad, OP_set_poll, SET, 512) == 1;
  ask(b->bad, OP_subtask_drop, subtask, 0);
  ask(b->bad, OP_file_drop, FILE_10, 0);
  check(b, told && b->host.destroyed[10] == 1 && bench_end(b), "a lent handle may go once the guest has heard the answer");
  bench_begin(b);
  ask(b->bad, OP_lend, FILE_10, 0);
  values_lend_return(b->host.lent);
  int error = values_call(b->bad, OP_file_drop, FILE_10, 0, 0, NULL);
  check(b, error == WITHOST_ETRAP && bench_end(b), "and not before");
}

static void lent_many_times(bench *b) {
  withost_call *calls[5];
  bench_begin(b);
  uint32_t subtasks[5];
  for (int n = 0; n < 5; n++) {
    subtasks[n] = ask(b->bad, OP_lend, FILE_10, 0) >> 4;
    calls[n] = b->host.lent;
    ask(b->bad, OP_join, subtasks[n], SET);
  }
  for (int n = 0; n < 5; n++) {
    values_lend_return(calls[n]);
    ask(b->bad, OP_set_poll, SET, 512);
    ask(b->bad, OP_subtask_drop, subtasks[n], 0);
    if (n == 3) check(b, !b->host.destroyed[10], "lent to five calls, four answered");
  }
  ask(b->bad, OP_file_drop, FILE_10, 0);
  check(b, b->host.destroyed[10] == 1 && bench_end(b), "all answered: it may go");
}

/* A trap between begin and the host's function: nobody owes an answer. */
static void begun_and_trapped(bench *b) {
  bench_begin(b);
  int error = values_call(b->bad, OP_lend, 99, 0, 0, NULL);
  bool right = error == WITHOST_ETRAP && trap_is(b, "test:values/guest#export: unknown handle index 99");
  check(b, right && !b->host.lent && bench_end(b), "an async import that traps while its arguments are lifted owes nothing");
  bench_begin(b);
  text_write(b->bad);
  error = values_call(b->bad, OP_lend_and_string, FILE_10, BYTES, 4, NULL);
  check(b, error == WITHOST_ETRAP && !b->host.lent && bench_end(b), "also after it has lent a handle");
}

/* ---- Post-return ---- */

static void post_returns(bench *b) {
  bench_begin(b);
  bool right = values_post(b->bad, 0) == WITHOST_OK && values_post(b->bad, 1) == WITHOST_ETRAP &&
               trap_is(b, "test:values/guest#export: wasm `unreachable` instruction executed");
  check(b, right && bench_end(b), "a trap inside post-return");
  bench_begin(b);
  right = values_post(b->bad, 2) == WITHOST_ETRAP && trap_is(b, "test:values/guest#export: cannot leave component instance");
  check(b, right && bench_end(b), "a post-return that leaves the instance");
}

/* ---- Async exports ---- */

typedef struct ended { int calls, status; } ended;

static void task_done(void *user, withost_call *call, int status) {
  ended *e = user;
  (void)call;
  e->calls++;
  e->status = status;
}

static void run_task(bench *b, uint32_t mode, int status, const char *reason, const char *name) {
  ended e = {0};
  bench_begin(b);
  int error = values_task(b->bad, (values_task_params){.mode = mode, .file = 7}, task_done, &e, NULL);
  while (withost_store_run(b->store) > 0) {}
  char expected[256];
  snprintf(expected, sizeof expected, "test:values/guest#task: %s", reason);
  bool right = error == WITHOST_OK && e.calls == 1 && e.status == status && trap_is(b, *reason ? expected : "");
  if (b->host.lent) values_lend_return(b->host.lent);
  check(b, right && !b->host.destroyed[7] && bench_end(b), name);
}

int main(void) {
  bench b = {0};
  for (size_t n = 0; n < sizeof cases / sizeof *cases; n++) run_case(&b, &cases[n]);
  lent_then(&b, OP_lend, OP_file_drop, "dropping what is lent to an unanswered call");
  lent_then(&b, OP_lend, OP_take_own, "passing on what is lent to an unanswered call");
  lent_then(&b, OP_lend_and_string, OP_file_drop, "dropping what was lent before the call began");
  lent_until_delivery(&b);
  lent_many_times(&b);
  begun_and_trapped(&b);
  post_returns(&b);
  run_task(&b, 0, WITHOST_OK, "", "a borrow that is dropped before the return");
  run_task(&b, 4, WITHOST_OK, "", "also in a later step");
  run_task(&b, 3, WITHOST_ETRAP, "borrow handles still remain at the end of the call", "a borrow that is left at the return");
  run_task(&b, 5, WITHOST_ETRAP, "cannot remove owned resource while borrowed", "a borrow that is dropped while it is lent");
  run_task(&b, 6, WITHOST_ETRAP, "cannot lift own resource from a borrow", "a borrow that is passed on as an own");
  run_task(&b, 1, WITHOST_OK, "`task.return` or `task.cancel` called more than once for current task", "a double return");
  run_task(&b, 2, WITHOST_ETRAP, "async-lifted export failed to produce a result", "a missing return");
  return bench_tap(&b);
}

/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What <witguest/debug.h> reports when something is forgotten, word for word, and that it reports nothing when all is well. Lines are
 * those of the #line directives in guest.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "debug_host.h"

#define OP(name) EXPORTS_TEST_DEBUG_GUEST_OP_##name

typedef struct rig {
  withost_store *store;
  debug_instance *guest;
  withost_call *waiting[2];
  unsigned waits;
  char told[1024]; /* lines */
  bool may_trap;
} rig;

static int number, failures;

static void note(void *host, withost_call *call) { (void)host, (void)call; }
static void wait(void *host, withost_call *call) {
  rig *r = host;
  r->waiting[r->waits++ % 2] = call;
}

static void tell(void *host, withost_call *call, debug_string_t line) {
  rig *r = host;
  (void)call;
  size_t used = strlen(r->told);
  snprintf(r->told + used, sizeof r->told - used, "%.*s\n", (int)line.len, (const char *)line.ptr);
}

/* Three blocks in the guest: the list, and each word. */
static debug_list_string_t words(debug_string_t two[2]) {
  two[0] = debug_string_of("one");
  two[1] = debug_string_of("two");
  return (debug_list_string_t){two, 2};
}

static debug_list_string_t find(void *host, withost_call *call, debug_string_t key) {
  static debug_string_t two[2];
  (void)host, (void)call, (void)key;
  return words(two);
}

static void find_later(void *host, withost_call *call, debug_string_t key) {
  (void)key;
  wait(host, call);
}
static void done(void *user, withost_call *call, int status) {
  rig *r = user;
  (void)call;
  if (status && !r->may_trap) printf("# run: %s\n", withost_store_message(r->store)), failures++;
}

static void settle(rig *r) {
  while (withost_store_run(r->store) > 0) {}
}

static void run(rig *r, int op) {
  if (debug_test_debug_guest_run(r->guest, NULL, (exports_test_debug_guest_op_t)op, done, r, NULL)) failures++;
  settle(r);
}

/* name: of the case. The report is exactly that. */
static void reports(rig *r, const char *name, const char *expected) {
  debug_string_t text = {NULL, 0};
  int error = debug_test_debug_guest_report(r->guest, NULL, &text);
  bool good = !error && text.len == strlen(expected) && (!text.len || !memcmp(text.ptr, expected, text.len));
  printf("%sok %d - %s\n", good ? "" : "not ", ++number, name);
  if (!good) printf("# reported:\n%.*s# expected:\n%s# %s\n", (int)text.len, (const char *)text.ptr, expected, withost_store_message(r->store));
  failures += !good;
  if (!error) debug_string_free(&text);
}

static void captures_and_scopes(rig *r, bool is_affine) {
  run(r, OP(CLEAN));
  reports(r, "nothing was forgotten", "");
  run(r, OP(CAPTURE));
  reports(r, "a capture", "task 1: capture never released, guest.c:200\n");
  run(r, OP(FOREIGN));
  reports(r, "work under a foreign task: in affine mode only",
          is_affine ? "task 1: capture never released, guest.c:200\ntask 2: work under a foreign task, guest.c:400\n"
                    : "task 1: capture never released, guest.c:200\n");
  reports(r, "which is told once", "task 1: capture never released, guest.c:200\n");
  run(r, OP(RELEASE));
  reports(r, "the capture is released; its task has had work", "");
}

static void waits(rig *r) {
  run(r, OP(AWAIT));
  reports(r, "an await of the host is no deadlock", "task 1: waits for a subtask, guest.c:500\n");
  run(r, OP(RECEIVE));
  reports(r, "nor is a goroutine beside it", "task 1: waits for a subtask, guest.c:500\ntask 2: waits for a value on a channel, guest.c:600\n");
  debug_test_debug_host_wait_return(r->waiting[0]);
  settle(r);
  reports(r, "alone it is", "deadlock: only a new call can wake those who wait\ntask 1: waits for a value on a channel, guest.c:600\n");
  run(r, OP(SEND));
  reports(r, "a new call has woken it", "");
}

static void owned(rig *r) {
  run(r, OP(KEEP));
  reports(r, "a borrow and a result, by their WIT names",
          "task 1: borrow not dropped test:debug/shop.item, guest.c:700\ntask 1: result not freed test:debug/shop.find, guest.c:701\n");
  run(r, OP(GONE));
  reports(r, "both are gone", "");
}

/* Both ends are the guest's, but the host delivers the events: so it is not called a deadlock. */
static void streams(rig *r) {
  run(r, OP(READ));
  reports(r, "a goroutine in a read, and a read to the end with a callback",
          "task 1: waits for the end of a stream, guest.c:1101\ntask 1: waits for a read of a stream, guest.c:1001\n");
  run(r, OP(CLOSE));
  reports(r, "when the writers are gone, nobody waits", "");
}

/* ---- What the glue of --debug-hooks sees ---- */

#define FOUND(n) "task " #n ": result not freed test:debug/shop#find, guest.c:801\n"
#define LATER(n) "task " #n ": result not freed test:debug/shop#find-later, guest.c:900\n"

/* Each result is three blocks: the list, and each of its two words. */
static void results(rig *r) {
  debug_string_t two[2];
  run(r, OP(FIND));
  reports(r, "of two sync calls one result is not freed", FOUND(1) FOUND(1) FOUND(1));
  run(r, OP(FIND_LATER));
  debug_test_debug_shop_find_later_return(r->waiting[0], words(two));
  settle(r);
  reports(r, "an async one, however late its memory came",  FOUND(1) FOUND(1) FOUND(1) LATER(2) LATER(2) LATER(2));
  run(r, OP(DROP_FOUND));
  reports(r, "all are freed", "");
}

static int look(rig *r, exports_test_debug_guest_lapse_t forget) {
  debug_string_t two[2];
  test_debug_shop_borrow_item_t items[2] = {{11}, {12}};
  return debug_test_debug_guest_look(r->guest, NULL, items[0], (exports_test_debug_guest_list_borrow_item_t){items, 2}, words(two), forget);
}

static void told(rig *r, const char *name, const char *expected) {
  bool good = strcmp(r->told, expected) == 0;
  printf("%sok %d - %s\n", good ? "" : "not ", ++number, name);
  if (!good) printf("# told:\n%s# expected:\n%s# %s\n", r->told, expected, withost_store_message(r->store));
  failures += !good;
  r->told[0] = 0;
}

#define WORD "parameter not freed test:debug/guest#look, world.wit:26\n"
#define LOST(line) "borrow not dropped when its call returns test:debug/shop.item, world.wit:" #line "\n"

static void parameters(rig *r) {
  failures += look(r, EXPORTS_TEST_DEBUG_GUEST_LAPSE_NONE) != 0;
  reports(r, "borrows in a parameter and in a list are dropped, memory is freed", "");
  failures += look(r, EXPORTS_TEST_DEBUG_GUEST_LAPSE_MEMORY) != 0;
  reports(r, "a list of two words is not freed", WORD WORD WORD);
  told(r, "nothing traps", "");
}

/* The host traps then, so it is told before: the parameter, and the second in the list. */
static void borrows(rig *r) {
  int error = look(r, EXPORTS_TEST_DEBUG_GUEST_LAPSE_BORROWS);
  failures += error != WITHOST_ETRAP;
  told(r, "two borrows are not dropped", LOST(26) LOST(27));
}

/* Two calls at a time, and only the second forgets. */
static void async_borrows(rig *r) {
  test_debug_shop_borrow_item_t item = {13};
  for (int i = 0; i < 2; i++)
    failures += debug_test_debug_guest_look_later(r->guest, NULL, item, i ? EXPORTS_TEST_DEBUG_GUEST_LAPSE_BORROWS : EXPORTS_TEST_DEBUG_GUEST_LAPSE_NONE,
                                                  done, r, NULL) != 0;
  settle(r);
  debug_test_debug_host_wait_return(r->waiting[0]);
  settle(r);
  told(r, "the call that drops its borrow is not blamed for the other's", "");
  r->may_trap = true;
  debug_test_debug_host_wait_return(r->waiting[1]);
  settle(r);
  told(r, "the other is", "task 1: " LOST(29));
}

static void rig_open(rig *r) {
  static const debug_imports imports = {.test_debug_host_note = note, .test_debug_host_wait = wait, .test_debug_host_tell = tell,
                                        .test_debug_shop_find = find, .test_debug_shop_find_later = find_later};
  if (withost_store_new(NULL, &r->store)) abort();
  if (debug_instantiate(r->store, debug_program_wasm2c(), &imports, r, &r->guest)) abort();
}

/* Last: the scope stays open for good. */
static void scope_left_open(rig *r) {
  run(r, OP(SCOPE));
  reports(r, "a scope", "task 1: capture never released, guest.c:300\ntask 1: scope never left, guest.c:301\n");
}

static void rig_close(rig *r) {
  withost_instance_abort(debug_as_instance(r->guest), "the end");
  withost_store_close(r->store);
}

/* A test that ends with a trap has a guest of its own. */
static void with_rig(void (*test)(rig *r)) {
  rig r = {0};
  rig_open(&r);
  test(&r);
  rig_close(&r);
}

int main(int argc, char **argv) {
  rig r = {0};
  bool is_affine = argc && strstr(argv[0], "affine") != NULL;
  rig_open(&r);
  captures_and_scopes(&r, is_affine);
  owned(&r);
  waits(&r);
  scope_left_open(&r);
  rig_close(&r);
  with_rig(streams);
  with_rig(results);
  with_rig(parameters);
  with_rig(borrows);
  with_rig(async_borrows);
  printf("1..%d\n", number);
  return failures != 0;
}

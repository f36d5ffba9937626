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
  withost_call *waiting;
} rig;

static int number, failures;

static void note(void *host, withost_call *call) { (void)host, (void)call; }
static void wait(void *host, withost_call *call) { ((rig *)host)->waiting = call; }
static void done(void *user, withost_call *call, int status) {
  rig *r = user;
  (void)call;
  if (status) printf("# run: %s\n", withost_store_message(r->store)), failures++;
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
  debug_test_debug_host_wait_return(r->waiting);
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

static void rig_open(rig *r) {
  static const debug_imports imports = {.test_debug_host_note = note, .test_debug_host_wait = wait};
  if (withost_store_new(NULL, &r->store)) abort();
  if (debug_instantiate(r->store, debug_program_wasm2c(), &imports, r, &r->guest)) abort();
}

/* Last: the scope stays open for good. */
static void scope_left_open(rig *r) {
  run(r, OP(SCOPE));
  reports(r, "a scope", "task 1: capture never released, guest.c:300\ntask 1: scope never left, guest.c:301\n");
}

int main(int argc, char **argv) {
  rig r = {0};
  bool is_affine = argc && strstr(argv[0], "affine") != NULL;
  rig_open(&r);
  captures_and_scopes(&r, is_affine);
  owned(&r);
  waits(&r);
  scope_left_open(&r);
  withost_instance_abort(debug_as_instance(r.guest), "the end");
  withost_store_close(r.store);
  printf("1..%d\n", number);
  return failures != 0;
}

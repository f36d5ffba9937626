/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * One interface under two names on both sides. A box is a resource of the callee, and of the host for the runner. Types of
 * named exports are called like those of named imports: here the callee's get other names.
 */
#define left_hand_own_box_t callee_left_hand_own_box_t
#define left_hand_borrow_box_t callee_left_hand_borrow_box_t
#define right_own_box_t callee_right_own_box_t
#define right_borrow_box_t callee_right_borrow_box_t
#include "callee_host.h"
#undef left_hand_own_box_t
#undef left_hand_borrow_box_t
#undef right_own_box_t
#undef right_borrow_box_t

#include "pair.h"

#define CALLEE(name) callee_##name
#define RUNNER(name) runner_##name

static void free_text(void *text) { callee_string_free(text); }


static callee_left_hand_own_box_t left_hand_box(pair *p, left_hand_own_box_t box) {
  return (callee_left_hand_own_box_t){callee_as_instance(p->callee), box.rep};
}

static void on_left_hand_box_destructor(void *host, left_hand_own_box_t box) {
  CALLEE(left_hand_box_drop)(left_hand_box(host, box));
}

static left_hand_own_box_t on_left_hand_constructor_box(void *host, withost_call *call, runner_string_t s) {
  callee_left_hand_own_box_t box = {0};
  wire_called(host, call, CALLEE(left_hand_constructor_box)(TO_CALLEE(host, call), SAME(callee_string_t, s), &box));
  return (left_hand_own_box_t){box.rep};
}

static runner_string_t on_left_hand_method_box_text(void *host, withost_call *call, left_hand_borrow_box_t self) {
  callee_string_t result = {0};
  wire_called(host, call, CALLEE(left_hand_method_box_text)(TO_CALLEE(host, call), left_hand_box(host, self), &result));
  wire_keep_result(host, &result, sizeof result, free_text);
  return SAME(runner_string_t, result);
}

static runner_option_u32_t on_left_hand_put(void *host, withost_call *call, runner_string_t key, uint32_t value) {
  callee_option_u32_t result = {0};
  wire_called(host, call, CALLEE(left_hand_put)(TO_CALLEE(host, call), SAME(callee_string_t, key), value, &result));
  return SAME(runner_option_u32_t, result);
}

static void left_hand_wait_done(void *user, withost_call *inner, int status, const callee_string_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(left_hand_wait_return)(call, SAME(runner_string_t, *result));
}

static void on_left_hand_wait(void *host, withost_call *call, uint32_t turns) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(left_hand_wait)(TO_CALLEE(host, call), turns, left_hand_wait_done, w, wire_inner(w)));
}

static uint32_t on_left_hand_heap(void *host, withost_call *call) {
  uint32_t result = 0;
  wire_called(host, call, CALLEE(left_hand_heap)(TO_CALLEE(host, call), &result));
  return result;
}

static callee_right_own_box_t right_box(pair *p, right_own_box_t box) {
  return (callee_right_own_box_t){callee_as_instance(p->callee), box.rep};
}

static void on_right_box_destructor(void *host, right_own_box_t box) {
  CALLEE(right_box_drop)(right_box(host, box));
}

static right_own_box_t on_right_constructor_box(void *host, withost_call *call, runner_string_t s) {
  callee_right_own_box_t box = {0};
  wire_called(host, call, CALLEE(right_constructor_box)(TO_CALLEE(host, call), SAME(callee_string_t, s), &box));
  return (right_own_box_t){box.rep};
}

static runner_string_t on_right_method_box_text(void *host, withost_call *call, right_borrow_box_t self) {
  callee_string_t result = {0};
  wire_called(host, call, CALLEE(right_method_box_text)(TO_CALLEE(host, call), right_box(host, self), &result));
  wire_keep_result(host, &result, sizeof result, free_text);
  return SAME(runner_string_t, result);
}

static runner_option_u32_t on_right_put(void *host, withost_call *call, runner_string_t key, uint32_t value) {
  callee_option_u32_t result = {0};
  wire_called(host, call, CALLEE(right_put)(TO_CALLEE(host, call), SAME(callee_string_t, key), value, &result));
  return SAME(runner_option_u32_t, result);
}

static void right_wait_done(void *user, withost_call *inner, int status, const callee_string_t *result) {
  withost_call *call = wire_done(user, inner, status);
  if (call) RUNNER(right_wait_return)(call, SAME(runner_string_t, *result));
}

static void on_right_wait(void *host, withost_call *call, uint32_t turns) {
  wire *w = wire_open(host, call);
  wire_sent(w, CALLEE(right_wait)(TO_CALLEE(host, call), turns, right_wait_done, w, wire_inner(w)));
}

static uint32_t on_right_heap(void *host, withost_call *call) {
  uint32_t result = 0;
  wire_called(host, call, CALLEE(right_heap)(TO_CALLEE(host, call), &result));
  return result;
}

static const runner_imports imports = {
  .left_hand_box_destructor = on_left_hand_box_destructor,
  .left_hand_constructor_box = on_left_hand_constructor_box,
  .left_hand_method_box_text = on_left_hand_method_box_text,
  .left_hand_put = on_left_hand_put,
  .left_hand_wait = on_left_hand_wait,
  .left_hand_heap = on_left_hand_heap,
  .right_box_destructor = on_right_box_destructor,
  .right_constructor_box = on_right_constructor_box,
  .right_method_box_text = on_right_method_box_text,
  .right_put = on_right_put,
  .right_wait = on_right_wait,
  .right_heap = on_right_heap,
};

static int callee_blocks(void *guest, uint32_t *blocks) { return CALLEE(left_hand_heap)(guest, NULL, blocks); }
static void open(case_run *c) { pair_open(c, &imports, callee_blocks); }

/* What the callee keeps is 0 before each round, which it takes for nothing. */
static void one_round(case_run *c) {
  pair *p = c->state;
  callee_option_u32_t old;
  case_called(c, CALLEE(left_hand_put)(p->callee, NULL, callee_string_of("key"), 0, &old), "the host puts to the one");
  case_called(c, CALLEE(right_put)(p->callee, NULL, callee_string_of("key"), 0, &old), "and to the other");
  pair_round(c);
}

int main(void) {
  return case_main(&(case_plan){.name = "named", .worlds = {CASE_WORLD(runner), CASE_WORLD(callee)},
                                .state_size = sizeof(pair), .open = open, .round = one_round});
}

/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * The same interface implemented twice; the two differ in what they put before every text. */
#include <stdlib.h>
#include "callee.h"
#include "rt.h"

static callee_string_t join(const char *prefix, const callee_string_t *s) {
  rt_text text = {0};
  rt_put(&text, prefix);
  rt_put_n(&text, s->ptr, s->len);
  return (callee_string_t){(uint8_t *)text.ptr, text.len};
}

static callee_callback_code_t wait_for(uint32_t turns) {
  uint32_t *left = malloc(sizeof *left);
  if (!left) abort();
  *left = turns;
  callee_context_set_0(left);
  return CALLEE_CALLBACK_CODE_YIELD;
}

/* True when the turns of this call are over. */
static bool waited(void) {
  uint32_t *left = callee_context_get_0();
  if (*left && --*left) return false;
  free(left);
  return true;
}

struct left_hand_box_t { callee_string_t text; };
struct right_box_t { callee_string_t text; };
static uint32_t left_value, right_value;

left_hand_own_box_t left_hand_constructor_box(callee_string_t *s) {
  left_hand_box_t *box = malloc(sizeof *box);
  if (!box) abort();
  box->text = join("left ", s);
  callee_string_free(s);
  return left_hand_box_new(box);
}

void left_hand_method_box_text(left_hand_box_t *self, callee_string_t *ret) { *ret = join("", &self->text); }

void left_hand_box_destructor(left_hand_box_t *box) {
  callee_string_free(&box->text);
  free(box);
}

bool left_hand_put(callee_string_t *key, uint32_t value, uint32_t *ret) {
  bool had = left_value != 0;
  *ret = left_value;
  left_value = value;
  callee_string_free(key);
  return had;
}

callee_callback_code_t left_hand_wait(uint32_t turns) { return wait_for(turns); }

callee_callback_code_t left_hand_wait_callback(callee_event_t *event) {
  (void)event;
  if (!waited()) return CALLEE_CALLBACK_CODE_YIELD;
  callee_string_t text;
  callee_string_set(&text, "left is done");
  left_hand_wait_return(text);
  return CALLEE_CALLBACK_CODE_EXIT;
}

uint32_t left_hand_heap(void) { return rt_heap_blocks(); }

right_own_box_t right_constructor_box(callee_string_t *s) {
  right_box_t *box = malloc(sizeof *box);
  if (!box) abort();
  box->text = join("right ", s);
  callee_string_free(s);
  return right_box_new(box);
}

void right_method_box_text(right_box_t *self, callee_string_t *ret) { *ret = join("", &self->text); }

void right_box_destructor(right_box_t *box) {
  callee_string_free(&box->text);
  free(box);
}

bool right_put(callee_string_t *key, uint32_t value, uint32_t *ret) {
  bool had = right_value != 0;
  *ret = right_value;
  right_value = value;
  callee_string_free(key);
  return had;
}

callee_callback_code_t right_wait(uint32_t turns) { return wait_for(turns); }

callee_callback_code_t right_wait_callback(callee_event_t *event) {
  (void)event;
  if (!waited()) return CALLEE_CALLBACK_CODE_YIELD;
  callee_string_t text;
  callee_string_set(&text, "right is done");
  right_wait_return(text);
  return CALLEE_CALLBACK_CODE_EXIT;
}

uint32_t right_heap(void) { return rt_heap_blocks(); }

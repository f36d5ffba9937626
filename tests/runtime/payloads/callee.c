/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * Reads and writes streams of many kinds; waits inside its calls. */
#include <stdlib.h>
#include "callee.h"
#include "rt.h"

#define IO(name) exports_test_payloads_io_##name
#define BLOCKED CALLEE_WAITABLE_STATUS_BLOCKED
#define UNUSED_CALLBACK(name) \
  callee_callback_code_t IO(name##_callback)(callee_event_t *event) { (void)event; abort(); }

UNUSED_CALLBACK(tokens)
UNUSED_CALLBACK(take_tokens)
UNUSED_CALLBACK(lists)
UNUSED_CALLBACK(options)
UNUSED_CALLBACK(wide)
UNUSED_CALLBACK(bools)
UNUSED_CALLBACK(pairs)
UNUSED_CALLBACK(streams)
UNUSED_CALLBACK(result_later)

static uint32_t settled(uint32_t waitable, callee_waitable_status_t status) {
  if (status != BLOCKED) return status;
  callee_waitable_set_t set = callee_waitable_set_new();
  callee_event_t event;
  callee_waitable_join(waitable, set);
  callee_waitable_set_wait(set, &event);
  callee_waitable_join(waitable, 0);
  callee_waitable_set_drop(set);
  return event.code;
}

/* Reads a stream to its end, two elements at a time; `use` sees each as *e. */
#define READ_ALL(stream, type, s, use)                                     \
  do {                                                                     \
    type two[2];                                                           \
    uint32_t status;                                                       \
    do {                                                                   \
      status = settled(s, IO(stream##_read)(s, two, 2));                   \
      for (uint32_t n = 0; n < CALLEE_WAITABLE_COUNT(status); n++) {       \
        type *e = &two[n];                                                 \
        use;                                                               \
      }                                                                    \
    } while (CALLEE_WAITABLE_STATE(status) == CALLEE_WAITABLE_COMPLETED);  \
    IO(stream##_drop_readable)(s);                                         \
  } while (0)

struct IO(token_t) { uint32_t n; };
static uint32_t alive;

static IO(own_token_t) token_new(uint32_t n) {
  IO(token_t) *t = malloc(sizeof *t);
  if (!t) abort();
  t->n = n;
  alive++;
  return IO(token_new)(t);
}

void IO(token_destructor)(IO(token_t) *t) {
  alive--;
  free(t);
}

IO(own_token_t) IO(constructor_token)(uint32_t n) { return token_new(n); }
uint32_t IO(method_token_n)(IO(token_t) *self) { return self->n; }
uint32_t IO(alive)(void) { return alive; }

callee_callback_code_t IO(tokens)(uint32_t count) {
  IO(stream_own_token_writer_t) writer;
  IO(tokens_return)(IO(stream_own_token_new)(&writer));
  for (uint32_t i = 0; i < count; i++) {
    IO(own_token_t) token = token_new(i + 1);
    settled(writer, IO(stream_own_token_write)(writer, &token, 1));
  }
  IO(stream_own_token_drop_writable)(writer);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(take_tokens)(IO(stream_own_token_t) s) {
  uint32_t sum = 0;
  READ_ALL(stream_own_token, IO(own_token_t), s, sum += IO(token_rep)(*e)->n; IO(token_drop_own)(*e));
  IO(take_tokens_return)(sum);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(lists)(IO(stream_list_u16_t) s) {
  uint64_t sum = 0;
  READ_ALL(stream_list_u16, callee_list_u16_t, s, for (size_t i = 0; i < e->len; i++) sum += e->ptr[i];
           callee_list_u16_free(e));
  IO(lists_return)(sum);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(options)(IO(stream_option_string_t) s) {
  rt_text text = {0};
  READ_ALL(stream_option_string, callee_option_string_t, s,
           if (e->is_some) rt_put_n(&text, e->val.ptr, e->val.len); else rt_put(&text, "-");
           callee_option_string_free(e));
  callee_string_t result = {(uint8_t *)text.ptr, text.len};
  IO(options_return)(result);
  free(text.ptr);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(wide)(IO(stream_u64_t) s) {
  uint64_t sum = 0;
  READ_ALL(stream_u64, uint64_t, s, sum += *e);
  IO(wide_return)(sum);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(bools)(IO(stream_bool_t) s) {
  uint32_t yes = 0;
  READ_ALL(stream_bool, bool, s, yes = yes * 2 + *e);
  IO(bools_return)(yes);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(pairs)(IO(stream_tuple3_color_f64_perm_t) s) {
  double sum = 0;
  READ_ALL(stream_tuple3_color_f64_perm, IO(tuple3_color_f64_perm_t), s, sum += e->f0 * 100 + e->f1 + e->f2 * 1000);
  IO(pairs_return)(sum);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(streams)(IO(stream_stream_u8_t) s) {
  uint32_t sum = 0;
  READ_ALL(stream_stream_u8, IO(stream_u8_t), s, {
    IO(stream_u8_t) inner = *e;
    uint8_t byte;
    while (CALLEE_WAITABLE_COUNT(settled(inner, IO(stream_u8_read)(inner, &byte, 1)))) sum += byte;
    IO(stream_u8_drop_readable)(inner);
  });
  IO(streams_return)(sum);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(result_later)(bool good) {
  IO(future_result_list_string_color_writer_t) writer;
  IO(result_later_return)(IO(future_result_list_string_color_new)(&writer));
  IO(result_list_string_color_t) result = {.is_err = !good};
  callee_string_t words[2];
  callee_string_set(&words[0], "first");
  callee_string_set(&words[1], "second");
  if (good) result.val.ok = (callee_list_string_t){words, 2};
  else result.val.err = EXPORTS_TEST_PAYLOADS_IO_COLOR_BLUE;
  settled(writer, IO(future_result_list_string_color_write)(writer, &result));
  IO(future_result_list_string_color_drop_writable)(writer);
  return CALLEE_CALLBACK_CODE_EXIT;
}

static IO(stream_u8_writer_t) bag_bytes;
static IO(future_string_writer_t) bag_later;

void IO(pack)(IO(bag_t) *ret) {
  callee_string_dup(&ret->label, "a bag");
  ret->first = token_new(1);
  ret->bytes = IO(stream_u8_new)(&bag_bytes);
  ret->later = IO(future_string_new)(&bag_later);
  ret->extra.is_some = true;
  ret->extra.val = token_new(2);
  ret->more.len = 3;
  ret->more.ptr = malloc(3 * sizeof *ret->more.ptr);
  if (!ret->more.ptr) abort();
  for (uint32_t i = 0; i < 3; i++) ret->more.ptr[i] = token_new(3 + i);
  ret->either.is_err = false;
  ret->either.val.ok = token_new(6);
}

bool IO(bag_is_empty)(void) {
  uint8_t byte = 1;
  callee_string_t text;
  callee_string_set(&text, "too late");
  bool gone = CALLEE_WAITABLE_STATE(IO(stream_u8_write)(bag_bytes, &byte, 1)) == CALLEE_WAITABLE_DROPPED;
  gone = CALLEE_WAITABLE_STATE(IO(future_string_write)(bag_later, &text)) == CALLEE_WAITABLE_DROPPED && gone;
  IO(stream_u8_drop_writable)(bag_bytes);
  IO(future_string_drop_writable)(bag_later);
  return gone;
}

uint32_t IO(heap)(void) { return rt_heap_blocks(); }

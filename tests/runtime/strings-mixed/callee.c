/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <stdlib.h>
#include "callee.h"
#include "rt.h"

#define IO(name) exports_test_strings_mixed_io_##name

void IO(echo)(callee_string_t *s, callee_tuple2_string_bool_t *ret) {
  ret->f0 = *s; /* given to us, given on */
  ret->f1 = !CALLEE_STRING_IS_UTF16(s);
}

void IO(reverse)(callee_list_string_t *all, callee_list_string_t *ret) {
  for (size_t i = 0; i < all->len / 2; i++) {
    callee_string_t last = all->ptr[all->len - 1 - i];
    all->ptr[all->len - 1 - i] = all->ptr[i];
    all->ptr[i] = last;
  }
  *ret = *all;
}

callee_callback_code_t IO(later)(callee_string_t *s) {
  callee_option_string_t result = {.is_some = CALLEE_STRING_UNITS(s) > 0, .val = *s};
  IO(later_return)(result);
  callee_string_free(s);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(later_callback)(callee_event_t *event) {
  (void)event;
  abort();
}

/* Latin-1 and UTF-16 in turn. */
callee_callback_code_t IO(words)(uint32_t total) {
  IO(stream_string_writer_t) writer;
  IO(words_return)(IO(stream_string_new)(&writer));
  for (uint32_t i = 0; i < total; i++) {
    callee_string_t word;
    if (i % 2) callee_string_dup(&word, u"\u03a9\u00eb");
    else callee_string_dup_latin1(&word, "\xeb!");
    if (IO(stream_string_write)(writer, &word, 1) == CALLEE_WAITABLE_STATUS_BLOCKED) {
      callee_waitable_set_t set = callee_waitable_set_new();
      callee_event_t event;
      callee_waitable_join(writer, set);
      callee_waitable_set_wait(set, &event);
      callee_waitable_join(writer, 0);
      callee_waitable_set_drop(set);
    }
    callee_string_free(&word);
  }
  IO(stream_string_drop_writable)(writer);
  return CALLEE_CALLBACK_CODE_EXIT;
}

callee_callback_code_t IO(words_callback)(callee_event_t *event) {
  (void)event;
  abort();
}

uint32_t IO(heap)(void) { return rt_heap_blocks(); }

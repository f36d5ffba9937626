/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "hello.h"

hello_callback_code_t exports_hello_hello(hello_string_t *name, hello_stream_u8_t body) {
  hello_stream_u8_drop_readable(body);
  exports_hello_hello_return(*name);
  hello_string_free(name);
  return HELLO_CALLBACK_CODE_EXIT;
}

hello_callback_code_t exports_hello_hello_callback(hello_event_t *event) {
  (void)event;
  return HELLO_CALLBACK_CODE_EXIT;
}
